"""What staff see when something fails: a page that says what to do; a script gets JSON."""

import httpx
import pytest

from tests.web.staff.conftest import MakeSite
from tests.web.staff.person import Person, words
from web.server.site import Site

PAGE = {"accept": "text/html,*/*"}


def fails(*_: object) -> None:
    raise RuntimeError("what ann typed")


@pytest.fixture
def broken(site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch) -> httpx.Response:
    """Open a page of staff whose work fails."""
    monkeypatch.setattr(site.staff.users, "all", fails)
    return admin.client.get("/admin/users", headers=PAGE)


def test_a_fault_is_answered_by_a_page_that_says_what_to_do(broken: httpx.Response) -> None:
    assert broken.status_code == 500
    assert broken.headers["content-type"].startswith("text/html")
    assert "Something went wrong on our side" in words(broken)
    assert "please tell one of the admins" in words(broken)
    assert "default-src 'none'" in broken.headers["content-security-policy"]


def test_what_was_typed_stands_neither_on_that_page_nor_is_it_a_members(
    broken: httpx.Response,
) -> None:
    assert "what ann typed" not in broken.text
    assert "0300" not in broken.text


def test_a_script_gets_json(site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site.staff.users, "all", fails)
    response = admin.client.get("/admin/users", headers={"accept": "application/json"})
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "unexpected"


def test_a_fault_of_a_members_page_keeps_its_answer(
    site: Site, visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site.advice_line, "expect", fails)
    response = visitor.client.get("/wording/en.json", headers=PAGE)
    assert response.status_code == 500
    assert response.json()["contact"]


def test_an_address_of_staff_that_is_no_page_is_said_so_to_staff(admin: Person) -> None:
    response = admin.client.get("/editor/no/such/page", headers=PAGE)
    assert response.status_code == 404
    assert "There is no such page" in words(response)
    assert "Advice bot – staff" in words(response)


def test_where_there_are_no_pages_of_staff_nothing_tells_of_them(make_site: MakeSite) -> None:
    from starlette.testclient import TestClient

    from tests.web.staff.person import OWN
    from web.server.app import create_app

    site = make_site(staff_addresses="10.0.0.0/8")
    client = TestClient(create_app(site), base_url=OWN, client=("192.0.2.1", 50))
    response = client.get("/editor", headers=PAGE)
    assert response.status_code == 404
    assert "staff" not in words(response)

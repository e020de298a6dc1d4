"""Forms: only a page of ours, in the same session, can change something."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from people.accounts import Role, User
from people.audit import Actor
from tests.web.staff.conftest import MakeSite
from tests.web.staff.person import OWN, Person
from web.server.app import create_app
from web.server.site import Site
from web.staff.auth.cookies import form_token

ADD = {"do": "add", "name": "bob", "role": "adviser"}


def names(site: Site) -> set[str]:
    return {user.name for user in site.staff.users.all()}


def test_a_form_of_our_own_page_is_taken(site: Site, admin: Person) -> None:
    assert admin.send("/admin/users", ADD).status_code == 200
    assert names(site) == {"boss", "bob"}


@pytest.mark.parametrize("token", ["", "made up", "\u2603", form_token("another session")])
def test_a_form_without_the_sessions_token_is_refused(
    site: Site, admin: Person, token: str
) -> None:
    response = admin.send("/admin/users", {**ADD, "form_token": token})
    assert response.status_code == 403
    assert "Nothing was changed" in response.text
    assert names(site) == {"boss"}


@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example", f"{OWN}:81"])
def test_a_form_of_another_page_is_refused_even_with_the_token(
    site: Site, admin: Person, origin: str | None
) -> None:
    assert admin.send("/admin/users", ADD, origin).status_code == 403
    assert names(site) == {"boss"}


def test_a_website_that_may_embed_the_chat_may_not_send_for_staff(make_site: MakeSite) -> None:
    site = make_site(origins="https://school.example")
    site.staff.users.add("ann", "admin", Actor("test"))
    person = Person(TestClient(create_app(site), base_url=OWN, follow_redirects=False))
    person.keep(site.staff.sessions.begin(User("ann", "admin")))
    assert person.send("/admin/users", ADD, "https://school.example").status_code == 403
    assert names(site) == {"ann"}


def test_a_form_token_is_of_one_session(
    site: Site, admin: Person, member_of_staff: Callable[[str, Role], Person]
) -> None:
    other = member_of_staff("other", "admin")
    response = admin.send("/admin/users", {**ADD, "form_token": form_token(other.session)})
    assert response.status_code == 403
    assert "bob" not in names(site)


def test_a_json_body_has_no_token(site: Site, admin: Person) -> None:
    response = admin.client.post("/admin/users", json=ADD, headers={"origin": OWN})
    assert response.status_code == 403


def test_nothing_of_a_members_page_knows_of_staff_cookies(admin: Person) -> None:
    assert admin.open("/").status_code == 200
    assert "boss" not in admin.open("/").text

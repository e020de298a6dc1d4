"""Sign-in by password: what a browser keeps, what an attacker learns, and how one leaves."""

from http.cookies import SimpleCookie

import httpx
import pytest
from starlette.testclient import TestClient

from people.accounts import User
from people.audit import Actor, Filters
from tests.people.clock import Clock
from tests.web.staff.conftest import MakeSite
from tests.web.staff.person import OWN, PASSWORD, Person
from web.server.app import create_app
from web.server.site import Site
from web.staff.auth.cookies import COOKIE

WRONG = "The name or the password is not right"


def cookie(response: httpx.Response) -> dict[str, str]:
    morsel = SimpleCookie(response.headers["set-cookie"])[COOKIE]
    return {**{key: str(value) for key, value in morsel.items() if value}, "value": morsel.value}


def acts(site: Site) -> list[str]:
    return [row.act.action for row in site.staff.audit.rows(Filters(), 100)]


def test_the_right_password_signs_in(visitor: Person, site: Site, with_password: str) -> None:
    response = visitor.sign_in("Ann")
    assert (response.status_code, response.headers["location"]) == (303, "/staff")
    assert "Hello, ann" in visitor.open("/staff").text
    assert acts(site)[0] == "signed_in"


@pytest.mark.parametrize("name", ["ann", "nobody", "", "no name at all", "\u2603", "x" * 5000])
def test_a_wrong_password_and_an_unknown_name_look_the_same(
    visitor: Person, with_password: str, name: str
) -> None:
    response = visitor.sign_in(name, "not the password")
    assert response.status_code == 403
    assert WRONG in response.text
    assert "set-cookie" not in response.headers


def test_an_account_that_is_off_looks_the_same_too(
    visitor: Person, site: Site, with_password: str
) -> None:
    site.staff.users.switch_off("ann", Actor("test"))
    response = visitor.sign_in("ann")
    assert response.status_code == 403
    assert WRONG in response.text


def test_an_account_without_a_password_cannot_sign_in(visitor: Person, site: Site) -> None:
    site.staff.users.add("ann", "editor", Actor("test"))
    assert visitor.sign_in("ann", "").status_code == 403


def test_a_paused_account_waits_even_with_the_right_password(
    visitor: Person, site: Site, with_password: str
) -> None:
    clock = site.staff.pauses.now = Clock()
    statuses = [visitor.sign_in("ann", "wrong").status_code for _ in range(5)]
    assert statuses == [403, 403, 403, 403, 429]
    response = visitor.sign_in("ann")
    assert response.status_code == 429
    assert response.headers["retry-after"] == "2"
    clock.later(seconds=2)
    assert visitor.sign_in("ann").status_code == 303


def test_a_whole_school_behind_one_address_signs_in(visitor: Person, with_password: str) -> None:
    for number in range(9):
        visitor.sign_in(f"colleague{number}", "wrong")
    assert visitor.sign_in("ann").status_code == 303


def test_one_address_cannot_try_without_end(visitor: Person) -> None:
    statuses = {visitor.client.get("/staff/sign-in").status_code}
    for _ in range(130):
        statuses.add(visitor.sign_in("x y").status_code)
        if 429 in statuses:
            break
    assert 429 in statuses


def test_a_failed_attempt_is_in_the_audit_under_names_that_exist_alone(
    visitor: Person, site: Site, with_password: str
) -> None:
    visitor.sign_in("ann", "wrong")
    visitor.sign_in("my-secret-by-mistake", "wrong")
    rows = site.staff.audit.rows(Filters(action="sign_in_failed"), 100)
    assert [row.actor.name for row in rows] == ["ann"]


def test_the_cookie_is_for_our_pages_alone(visitor: Person, with_password: str) -> None:
    found = cookie(visitor.sign_in("ann"))
    assert found["httponly"] == "True"
    assert (found["samesite"], found["path"]) == ("lax", "/")
    assert "secure" not in found  # plain HTTP on loopback


@pytest.mark.parametrize("address", ["https://advice.example.org", "http://advice.example.org"])
def test_the_cookie_asks_for_tls_anywhere_but_on_loopback(
    site: Site, with_password: str, address: str
) -> None:
    client = TestClient(create_app(site), base_url=address, follow_redirects=False)
    values = {"name": "ann", "password": PASSWORD}
    response = client.post("/staff/sign-in", data=values, headers={"origin": address})
    assert cookie(response)["secure"] == "True"
    page = client.get("/staff/sign-in").text
    assert ("without encryption" in page) is address.startswith("http:")


def test_under_a_folder_the_cookie_and_every_link_are_of_the_folder(make_site: MakeSite) -> None:
    site = make_site(root_path="/advice")
    site.staff.users.add("ann", "admin", Actor("test"))
    person = Person(TestClient(create_app(site), base_url=OWN, follow_redirects=False))
    assert person.open("/advice/staff").headers["location"] == "/advice/staff/sign-in?next=/staff"
    person.keep(site.staff.sessions.begin(User("ann", "admin")))
    page = person.open("/advice/staff").text
    assert 'href="/advice/admin/users"' in page
    assert 'href="/admin' not in page
    assert 'action="/staff' not in page
    assert cookie(person.send("/advice/staff/sign-out"))["path"] == "/advice"


def test_each_sign_in_has_a_token_of_its_own_and_ends_the_one_before(
    visitor: Person, site: Site, with_password: str
) -> None:
    visitor.sign_in("ann")
    first = visitor.session
    visitor.sign_in("ann")
    assert visitor.session != first
    assert site.staff.sessions.find(first) is None


def test_a_token_that_somebody_planted_is_not_taken_over(
    visitor: Person, with_password: str
) -> None:
    visitor.keep("planted")
    assert cookie(visitor.sign_in("ann"))["value"] != "planted"


def test_signing_out_ends_the_session(visitor: Person, site: Site, with_password: str) -> None:
    visitor.sign_in("ann")
    token = visitor.session
    response = visitor.send("/staff/sign-out")
    assert response.headers["location"] == "/staff/sign-in?done=out"
    assert site.staff.sessions.find(token) is None
    assert visitor.open("/staff").status_code == 303


def test_signing_out_everywhere_ends_every_session(
    visitor: Person, site: Site, with_password: str
) -> None:
    elsewhere = site.staff.sessions.begin(User("ann", "editor"))
    visitor.sign_in("ann")
    visitor.send("/staff/sign-out-everywhere")
    assert site.staff.sessions.find(elsewhere) is None


def test_after_sign_in_one_goes_on_where_one_wanted_to(visitor: Person, with_password: str) -> None:
    path = visitor.open("/admin/audit?who=ann").headers["location"]
    assert path == "/staff/sign-in?next=/admin/audit%3Fwho%3Dann"
    assert 'value="/admin/audit?who=ann"' in visitor.open(path).text
    response = visitor.sign_in("ann", path="/admin/audit?who=ann")
    assert response.headers["location"] == "/admin/audit?who=ann"


@pytest.mark.parametrize(
    "path",
    ["https://elsewhere.example", "//elsewhere.example/staff", "/\\elsewhere.example", "/", "staff",
     "/staff\\..", "/staffx", "/staff\r\nx: y", "javascript:alert(1)"],
)  # fmt: skip
def test_after_sign_in_nobody_is_sent_elsewhere(
    visitor: Person, with_password: str, path: str
) -> None:
    assert visitor.sign_in("ann", path=path).headers["location"] == "/staff"


@pytest.mark.parametrize("origin", [None, "https://elsewhere.example", "null"])
def test_another_website_cannot_sign_a_browser_in(
    visitor: Person, with_password: str, origin: str | None
) -> None:
    values = {"name": "ann", "password": PASSWORD}
    response = visitor.client.post(
        "/staff/sign-in", data=values, headers={"origin": origin} if origin else {}
    )
    assert response.status_code == 403
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("path", ["/staff/sign-in", "/staff", "/staff/password/none"])
def test_pages_are_kept_by_nobody_and_run_nothing_of_others(visitor: Person, path: str) -> None:
    headers = visitor.open(path).headers
    assert headers["cache-control"] == "no-store"
    policy = headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy


def test_there_is_no_account_to_begin_with(visitor: Person, site: Site) -> None:
    assert site.staff.users.all() == []
    for name in ("admin", "root", "staff"):
        assert visitor.sign_in(name, name).status_code == 403


def test_nothing_that_was_typed_is_logged(
    visitor: Person, with_password: str, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.sign_in("ann", "my wrong password")
    visitor.sign_in("ann")
    assert "password" not in caplog.text
    assert visitor.session not in caplog.text

"""From where the pages of staff can be reached, and on which port."""

import pytest
from starlette.testclient import TestClient

from people.accounts import User
from people.audit import Actor
from tests.web.staff.conftest import MakeSite
from tests.web.staff.person import OWN, Person
from web.server.app import create_app, create_staff_app
from web.server.site import Site

PATHS = ["/staff", "/staff/sign-in", "/staff/password/x", "/admin/users", "/admin/audit.csv"]


def at(site: Site, address: str, **options: str) -> Person:
    app = create_app(site)
    return Person(
        TestClient(app, base_url=OWN, follow_redirects=False, client=(address, 1), **options)
    )


@pytest.mark.parametrize("path", PATHS)
def test_from_elsewhere_it_is_as_if_there_were_no_staff_pages(
    make_site: MakeSite, path: str
) -> None:
    site = make_site(staff_addresses="10.0.0.0/8, 192.0.2.7, fd00::/8")
    site.staff.users.add("ann", "admin", Actor("test"))
    person = at(site, "192.0.2.8")
    person.keep(site.staff.sessions.begin(User("ann", "admin")))
    assert person.open(path).status_code == 404
    assert person.send(path).status_code in (404, 405)
    assert person.open("/").status_code == 200


@pytest.mark.parametrize("address", ["10.1.2.3", "192.0.2.7", "fd00::1", "::ffff:10.1.2.3"])
def test_from_the_allowed_addresses_they_can_be_reached(make_site: MakeSite, address: str) -> None:
    site = make_site(staff_addresses="10.0.0.0/8, 192.0.2.7, fd00::/8")
    assert at(site, address).open("/staff/sign-in").status_code == 200


def test_a_forwarded_address_counts_from_a_trusted_proxy_alone(make_site: MakeSite) -> None:
    site = make_site(staff_addresses="10.0.0.0/8", trusted_proxies="192.0.2.1")
    headers = {"x-forwarded-for": "10.0.0.5"}
    for proxy, status in (("192.0.2.1", 200), ("192.0.2.2", 404)):
        person = at(site, proxy)
        assert person.client.get("/staff/sign-in", headers=headers).status_code == status
    assert at(site, "192.0.2.1").open("/staff/sign-in").status_code == 404


@pytest.mark.parametrize("path", [*PATHS, "/staff/static/staff.css"])
def test_with_a_port_of_their_own_they_are_not_on_the_public_one(
    make_site: MakeSite, path: str
) -> None:
    site = make_site(staff_port=9000)
    assert at(site, "127.0.0.1").open(path).status_code == 404


def test_their_own_port_has_nothing_for_members(make_site: MakeSite) -> None:
    client = TestClient(
        create_staff_app(make_site(staff_port=9000)), base_url=OWN, follow_redirects=False
    )
    assert client.get("/staff/sign-in").status_code == 200
    assert client.get("/staff/static/staff.css").status_code == 200
    for path in ("/", "/health", "/widget.js", "/openapi.json"):
        assert client.get(path).status_code == 404
    assert client.post("/chat", json={"message": "hello"}).status_code == 404


def test_one_signs_in_on_that_port_behind_the_members_address(make_site: MakeSite) -> None:
    site = make_site(staff_port=9000, public_url="https://advice.example.org")
    site.staff.users.add("ann", "admin", Actor("test"))
    client = TestClient(create_staff_app(site), base_url=OWN, follow_redirects=False)
    person = Person(client)
    person.keep(site.staff.sessions.begin(User("ann", "admin")))
    page = person.send("/admin/users", {"do": "add", "name": "bob", "role": "adviser"})
    assert f'value="{OWN}/staff/password/' in page.text

"""Sign-in at the organisation's own provider, a real one: whom it lets in, and what it refuses."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from people.accounts import User
from people.audit import Actor
from tests.web.staff.conftest import MakeSite
from tests.web.staff.person import OWN, Person
from tests.web.staff.provider import go_to_provider, provider, say_who, sign_in_at
from web.server.app import create_app
from web.server.site import Site
from web.staff.auth.oidc import mapped_role

ROLES = "groups=advice editors:editor, groups=advice-admins:admin"
ANN = {"sub": "1", "preferred_username": "Ann", "groups": ["advice editors", "cooks"]}
BOB = {"sub": "2", "email": "bob@example.org", "groups": "advice-admins"}
EVE = {"sub": "3", "preferred_username": "eve", "groups": ["cooks"]}
MALLORY = {"sub": "4", "preferred_username": "boss", "groups": ["advice editors"]}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with provider(ANN, BOB, EVE, MALLORY) as address:
        yield address


@pytest.fixture
def site(make_site: MakeSite, issuer: str) -> Site:
    return make_site(
        oidc_issuer=issuer, oidc_client_id="advice", oidc_client_secret="s", oidc_roles=ROLES
    )


def names(site: Site) -> list[str]:
    return [user.name for user in site.staff.users.all()]


def test_the_first_sign_in_makes_an_account_with_the_mapped_role(
    site: Site, visitor: Person
) -> None:
    response = sign_in_at(visitor, "1", "/staff")
    assert (response.status_code, response.headers["location"]) == (303, "/staff")
    assert "Hello, ann" in visitor.open("/staff").text
    assert site.staff.users.all() == [User("ann", "editor", elsewhere=True)]


def test_the_same_person_keeps_the_account(site: Site, visitor: Person) -> None:
    for _ in range(2):
        assert sign_in_at(visitor, "2").status_code == 303
    assert site.staff.users.all() == [User("bob@example.org", "admin", elsewhere=True)]


def test_somebody_without_a_mapped_role_gets_no_account(site: Site, visitor: Person) -> None:
    response = sign_in_at(visitor, "3")
    assert response.status_code == 403
    assert "gives you no role" in response.text
    assert names(site) == []


def test_nobody_gets_an_account_by_its_name(site: Site, visitor: Person) -> None:
    site.staff.users.add("boss", "admin", Actor("test"))
    response = sign_in_at(visitor, "4")
    assert response.status_code == 403
    assert visitor.session == ""


def test_an_account_that_is_off_stays_out(site: Site, visitor: Person) -> None:
    sign_in_at(visitor, "1")
    site.staff.users.switch_off("ann", Actor("test"))
    response = sign_in_at(visitor, "1")
    assert response.status_code == 403
    assert "switched off" in response.text


def test_the_way_there_has_state_nonce_and_a_challenge(visitor: Person, issuer: str) -> None:
    address = go_to_provider(visitor)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{issuer}/")
    assert asked["redirect_uri"] == f"{OWN}/staff/oidc/callback"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert len(asked["code_challenge"]) >= 40


def test_a_way_back_that_began_in_another_browser_is_refused(site: Site, visitor: Person) -> None:
    back = say_who(go_to_provider(visitor), "1")
    other = Person(TestClient(create_app(site), base_url=OWN, follow_redirects=False))
    assert other.open(back).status_code == 403
    go_to_provider(other)
    assert other.open(back).status_code == 403
    assert names(site) == []


def test_a_way_back_works_once(site: Site, visitor: Person) -> None:
    back = say_who(go_to_provider(visitor), "1")
    kept = dict(visitor.client.cookies)
    assert visitor.open(back).status_code == 303
    for name, value in kept.items():
        visitor.client.cookies.set(name, value)
    assert visitor.open(back).status_code == 403


@pytest.mark.parametrize(
    "query", ["", "?code=made-up&state=made-up", "?error=access_denied", "?state=&code="]
)
def test_a_made_up_way_back_signs_nobody_in(visitor: Person, query: str) -> None:
    for _ in range(2):
        response = visitor.open(f"/staff/oidc/callback{query}")
        assert response.status_code == 403
        assert "did not work" in response.text
        go_to_provider(visitor)
    assert visitor.session == ""


def test_nobody_is_sent_elsewhere_afterwards(visitor: Person) -> None:
    response = sign_in_at(visitor, "1", "https://elsewhere.example")
    assert response.headers["location"] == "/staff"


def test_the_sign_in_page_offers_the_provider(visitor: Person) -> None:
    assert "/staff/oidc?next=" in visitor.open("/staff/sign-in").text


def test_without_a_provider_nothing_is_offered(make_site: MakeSite) -> None:
    person = Person(TestClient(create_app(make_site()), base_url=OWN, follow_redirects=False))
    assert "/staff/oidc" not in person.open("/staff/sign-in").text
    assert person.open("/staff/oidc").status_code == 404


def test_a_provider_that_is_away_is_said(make_site: MakeSite) -> None:
    site = make_site(oidc_issuer="http://127.0.0.1:9", oidc_client_id="x", oidc_roles=ROLES)
    person = Person(TestClient(create_app(site), base_url=OWN, follow_redirects=False))
    response = person.open("/staff/oidc")
    assert response.status_code == 503
    assert "cannot be reached" in response.text


def test_no_secret_or_claim_is_logged(
    site: Site, visitor: Person, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in_at(visitor, "1")
    go_to_provider(visitor)
    visitor.open("/staff/oidc/callback?code=secret-code&state=secret-state")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("web.")]
    assert ours
    assert not any("secret" in words or "Ann" in words for words in ours)


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"groups": ["advice editors"]}, "editor"),
        ({"groups": ["advice editors", "advice-admins"]}, "admin"),
        ({"groups": "advice-admins"}, "admin"),
        ({"groups": ["advice-admins x"]}, None),
        ({"groups": None}, None),
        ({"other": ["advice-admins"]}, None),
        ({}, None),
    ],
)
def test_the_highest_mapped_role_is_given(
    site: Site, claims: dict[str, object], role: str | None
) -> None:
    assert mapped_role(site.settings, claims) == role

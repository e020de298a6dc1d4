"""The page behind a one-time link."""

import pytest

from people.audit import Actor
from tests.web.staff.person import PASSWORD, Person
from web.server.site import Site


@pytest.fixture
def link(site: Site) -> str:
    return f"/staff/password/{site.staff.users.add('ann', 'editor', Actor('test'))}"


def both(password: str) -> dict[str, str]:
    return {"password": password, "again": password}


def test_a_link_sets_the_password_and_one_signs_in_with_it(visitor: Person, link: str) -> None:
    assert "ann" in visitor.open(link).text
    response = visitor.send(link, both(PASSWORD))
    assert response.headers["location"] == "/staff/sign-in?done=password"
    assert "Your password is set" in visitor.open(response.headers["location"]).text
    assert visitor.sign_in("ann").status_code == 303


def test_a_link_that_was_used_says_what_to_do(visitor: Person, link: str) -> None:
    visitor.send(link, both(PASSWORD))
    for response in (visitor.open(link), visitor.send(link, both("another long one"))):
        assert response.status_code == 404
        assert "does not work any more" in response.text
    assert visitor.sign_in("ann").status_code == 303


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (both("short"), "too short"),
        (both(""), "too short"),
        ({"password": PASSWORD, "again": "another long one"}, "not the same"),
        ({}, "too short"),
    ],
)
def test_a_password_that_cannot_be_used_leaves_the_link_good(
    visitor: Person, link: str, values: dict[str, str], said: str
) -> None:
    response = visitor.send(link, values)
    assert response.status_code == 422
    assert said in response.text
    assert visitor.open(link).status_code == 200


def test_opening_the_link_does_not_use_it_up(visitor: Person, link: str) -> None:
    """Mail programs open links to look at them."""
    for _ in range(3):
        assert visitor.open(link).status_code == 200


def test_another_website_cannot_set_a_password(visitor: Person, link: str) -> None:
    response = visitor.send(link, both(PASSWORD), "https://elsewhere.example")
    assert response.status_code == 403
    assert visitor.sign_in("ann").status_code == 403


def test_a_new_password_ends_the_pause(visitor: Person, link: str) -> None:
    for _ in range(5):
        visitor.sign_in("ann", "wrong")
    visitor.send(link, both(PASSWORD))
    assert visitor.sign_in("ann").status_code == 303

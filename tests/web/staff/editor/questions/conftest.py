"""A site over three small documents, with the real models, and people who are signed in to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from people.accounts import Role
from people.audit import Actor
from tests.small import SmallService
from tests.web.staff.person import OWN, Person
from web.server.app import create_app
from web.server.site import Site

SignIn = Callable[[str, Role], Person]


@pytest.fixture
def guidance(small: SmallService, folder: Path) -> SmallService:
    """Give a service that answers from three small documents."""
    small.library.add([folder])
    small.dialogue()
    return small


@pytest.fixture
def guided(guidance: SmallService) -> Iterator[Site]:
    """Give a site over them."""
    site = Site(guidance.settings, guidance)
    yield site
    site.staff.close()
    site.tracker.dispose()


@pytest.fixture
def sign_in(guided: Site) -> SignIn:
    """Make an account, and give the person at their browser."""

    def make(name: str, role: Role) -> Person:
        guided.staff.users.add(name, role, Actor("test"))
        person = Person(TestClient(create_app(guided), base_url=OWN, follow_redirects=False))
        user = guided.staff.users.find(name)
        assert user
        person.keep(guided.staff.sessions.begin(user))
        return person

    return make


@pytest.fixture
def editor(sign_in: SignIn) -> Person:
    return sign_in("ann", "editor")


@pytest.fixture
def adviser(sign_in: SignIn) -> Person:
    return sign_in("cat", "adviser")

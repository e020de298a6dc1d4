"""A site with small documents, on a day of the test's own, and an editor at it."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from knowledge.service import Service
from people.accounts import User
from people.audit import Actor
from tests.small import SmallService
from tests.web.staff.person import OWN, Person
from web.server.app import create_app
from web.server.site import Site

NOON = dt.datetime(2027, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def guidance(tmp_path: Path, service: Service, folder: Path) -> Iterator[SmallService]:
    """Give a service over three small documents; "leave" falls due in 40 days."""
    small = SmallService(tmp_path / "home", service, now=lambda: NOON)
    small.library.add([folder], bundled=True)
    yield small
    small.close()


@pytest.fixture
def guided_site(guidance: SmallService) -> Iterator[Site]:
    site = Site(guidance.settings, guidance)
    yield site
    site.staff.close()
    site.tracker.dispose()


@pytest.fixture
def sign_in(guided_site: Site) -> Callable[[str], Person]:
    """Make an editor who is signed in."""

    def make(name: str) -> Person:
        guided_site.staff.users.add(name, "editor", Actor("test"))
        client = TestClient(create_app(guided_site), base_url=OWN, follow_redirects=False)
        person = Person(client)
        person.keep(guided_site.staff.sessions.begin(User(name, "editor")))
        return person

    return make


@pytest.fixture
def editor(sign_in: Callable[[str], Person]) -> Person:
    return sign_in("ann")

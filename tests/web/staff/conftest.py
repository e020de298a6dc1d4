"""A site without Rasa and guidance, and people who are signed in to it."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from knowledge.service import Service
from knowledge.settings import Settings
from people.accounts import Role
from people.audit import Actor
from tests.web.staff.person import OWN, PASSWORD, Person
from web.server.app import create_app
from web.server.site import Site

MakeSite = Callable[..., Site]


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[MakeSite]:
    """Make a site with settings of the test's own; no model is loaded."""
    sites: list[Site] = []

    def make(**settings: object) -> Site:
        chosen = Settings(home=tmp_path, rasa_port=1, **settings)  # type: ignore[arg-type]
        site = Site(chosen, Service(chosen))
        sites.append(site)
        return site

    yield make
    for site in sites:
        site.staff.close()
        site.tracker.dispose()
        site.service.close()


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site()


@pytest.fixture
def visitor(site: Site) -> Person:
    """Give somebody who is not signed in."""
    return Person(TestClient(create_app(site), base_url=OWN, follow_redirects=False))


@pytest.fixture
def member_of_staff(site: Site) -> Callable[[str, Role], Person]:
    """Make an account that has a session, and give the person at their browser."""

    def make(name: str, role: Role) -> Person:
        site.staff.users.add(name, role, Actor("test"))
        person = Person(TestClient(create_app(site), base_url=OWN, follow_redirects=False))
        user = site.staff.users.find(name)
        assert user
        person.keep(site.staff.sessions.begin(user))
        return person

    return make


@pytest.fixture
def admin(member_of_staff: Callable[[str, Role], Person]) -> Person:
    return member_of_staff("boss", "admin")


@pytest.fixture
def with_password(site: Site) -> str:
    """Make the account `ann` with a password; give its name."""
    token = site.staff.users.add("ann", "editor", Actor("test"))
    site.staff.users.set_password(token, asyncio.run(site.staff.passwords.hash(PASSWORD)))
    return "ann"

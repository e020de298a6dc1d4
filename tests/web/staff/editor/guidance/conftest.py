"""An editor at a site: one whose guidance was only saved, without a model, and one that answers."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from people.accounts import Role, User
from people.audit import Actor
from tests.editions import made, publish
from tests.small import SmallService
from tests.web.staff.person import OWN, Person
from web.server.app import create_app
from web.server.site import Site

QUESTION = "How much travel leave can leaders take before a school trip?"

LEAVE = made(
    "leave",
    "Leaders can take two days of travel leave.\n• before a trip\n• after it",
    "Ask the governing board.",
    title="Leave for school trips",
    headings=["How much", "How to ask"],
    publisher="The union",
    published="2026-01-10",
    review_by="2031-06-10",
    owner="Travel team",
    topics=["employment"],
)
LEAVE_THEN = made(
    "leave",
    "Leaders can take three days of travel leave.\n• before a trip\n• after it",
    "Ask the governing board.",
    title="Leave for school trips",
    headings=["How much", "How to ask"],
    publisher="The union",
    published="2026-01-10",
    review_by="2032-06-10",
    owner="Travel team",
    topics=["employment"],
)
KEYS = made("keys", "The site manager keeps the keys.", title="Keys to the building")
BELLS = made("bells", "The bell rings.", title="School bells", review_by="2020-01-01")


@pytest.fixture
def editor(member_of_staff: Callable[[str, Role], Person]) -> Person:
    return member_of_staff("ann", "editor")


@pytest.fixture
def published(site: Site) -> Site:
    """Publish three editions: one changed leave and withdrew the keys, the last added bells."""
    store = site.service.store
    publish(store, LEAVE, KEYS, by="ann", note="Added from guidance.")
    publish(store, LEAVE_THEN, by="bob", note="The law <changed>.", withdrawn=["keys"])
    publish(store, LEAVE_THEN, BELLS, by="cat", note="Bells.", withdrawn=["keys"])
    return site


@pytest.fixture
def guidance(small: SmallService, folder: Path) -> SmallService:
    """Give a service that answers from three small documents."""
    small.library.add([folder])
    small.dialogue()
    return small


@pytest.fixture
def answering(guidance: SmallService) -> Iterator[Site]:
    """Give a site around that service."""
    site = Site(guidance.settings, guidance)
    yield site
    site.staff.close()
    site.tracker.dispose()


@pytest.fixture
def ann(answering: Site) -> Person:
    """Give an editor at that site."""
    answering.staff.users.add("ann", "editor", Actor("test"))
    person = Person(TestClient(create_app(answering), base_url=OWN, follow_redirects=False))
    person.keep(answering.staff.sessions.begin(User("ann", "editor")))
    return person

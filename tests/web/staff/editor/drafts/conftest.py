"""A site with three small documents published, and its editors."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from knowledge.service import Service
from people.accounts import Role
from tests.small import SmallService
from tests.web.staff.person import Person
from web.server.site import Site


@pytest.fixture
def site(tmp_path: Path, rules: Service, folder: Path) -> Iterator[Site]:
    small = SmallService(tmp_path / "home", rules)
    small.library.add([folder], bundled=True)
    site = Site(small.settings, small)
    yield site
    site.staff.close()
    site.tracker.dispose()
    small.close()


@pytest.fixture
def ann(member_of_staff: Callable[[str, Role], Person]) -> Person:
    return member_of_staff("ann", "editor")


@pytest.fixture
def bob(member_of_staff: Callable[[str, Role], Person]) -> Person:
    return member_of_staff("bob", "editor")


def finished(person: Person, answer: httpx.Response) -> str:
    """Wait until the job is done that an answer sent somebody to; give the path it goes on to."""
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    for _ in range(600):
        page = person.open(path)
        if page.status_code == 303:
            return str(page.headers["location"])
        assert 'role="alert"' not in page.text, page.text
        time.sleep(0.02)
    raise AssertionError("the job did not end")


def value(page: httpx.Response, name: str) -> str:
    """Give the value of a field of a page."""
    found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*value="([^"]*)"', page.text)
    assert found, f"no field {name}"
    return found[1]


def fields(page: httpx.Response, **changes: object) -> dict[str, object]:
    """Give what a draft's form would send, with some fields changed."""
    text = re.search(r'<textarea id="text"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)
    assert text
    names = ("title", "publisher", "published", "reviewed", "review_by", "owner")
    sent: dict[str, object] = {name: value(page, name) for name in (*names, "version")}
    return {**sent, "text": text[1], "do": "save", **changes}


def begun(person: Person, document_id: str) -> str:
    """Begin a draft of a document; give its path."""
    answer = person.send(f"/editor/documents/{document_id}/draft")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])

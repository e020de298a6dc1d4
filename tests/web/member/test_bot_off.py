"""While the bot is off, members read so before they type, with whom to contact."""

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from people.audit import Actor
from web.server.site import Site
from web.staff.switching import Target, switch_off, switch_on

OFF = "The bot is switched off for now"
ANN = Actor("ann", "editor")


@pytest.fixture
def off(site: Site) -> Site:
    switch_off(site.service, Target(), "the rules changed", ANN)
    return site


def test_the_first_page_says_so_and_shows_the_contact_first(off: Site, client: TestClient) -> None:
    page = client.get("/").text
    assert page.index(OFF) < page.index("0300 30 30 333") < page.index("<textarea")
    assert page.count("0300 30 30 333") == page[page.index(OFF) :].count("0300 30 30 333")
    assert "You could start with" not in page
    assert "the rules changed" not in page


def test_the_widget_is_told_so(off: Site, client: TestClient) -> None:
    words = client.get("/wording/en.json").json()
    assert words["off"] is True
    assert words["widget"]["welcome"].startswith(OFF)
    assert words["contact"]["phone"]


def test_when_it_is_on_again_the_page_is_as_before(off: Site, client: TestClient) -> None:
    switch_on(off.service, Target(), ANN)
    assert OFF not in client.get("/").text
    assert client.get("/wording/en.json").json()["off"] is False


def test_a_document_or_topic_that_is_off_leaves_the_first_page_as_it_is(
    site: Site, client: TestClient
) -> None:
    switch_off(site.service, Target("topic", "send"), "the rules changed", ANN)
    assert OFF not in client.get("/").text


def test_the_first_page_opens_also_when_the_database_fails(
    site: Site, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("disk I/O error"))

    monkeypatch.setattr(site.service.store, "standing", broken)
    assert client.get("/").status_code == 200

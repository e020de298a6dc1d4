"""Urgent help is given whatever else does not work, and at once."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from knowledge.answers.replies import Reply
from tests.web.faults import cannot_write, locked
from web.member.first_aid import FirstAid
from web.member.sessions import Sessions
from web.server.app import create_app
from web.server.guard import Rates
from web.server.rasa import Rasa
from web.server.site import Site

URGENT = "I want to kill myself"
SAMARITANS = "116 123"
FOREIGN = Sessions("another secret", hours=24)
# Rasa is waited for far longer than this, and so is a locked database.
AT_ONCE = 4.0


def is_urgent(answer: dict[str, Any]) -> bool:
    """Say whether a reply is the one for `URGENT`."""
    (reply,) = answer["replies"]
    return bool(reply["status"] == "urgent" and reply["contact"]["phone"] == SAMARITANS)


def ask(client: TestClient, message: str = URGENT, **more: Any) -> dict[str, Any]:
    response = client.post("/chat", json={"message": message, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def warm(client: TestClient) -> None:
    """Load the rules, which the product does before its port opens."""
    ask(client)


@pytest.fixture
def mute() -> Iterator[int]:
    """Give the port of a Rasa that takes every connection and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        yield listening.getsockname()[1]


def test_a_dead_rasa_is_not_needed(client: TestClient) -> None:
    assert is_urgent(ask(client))


def test_a_rasa_that_never_answers_is_not_waited_for(
    client: TestClient, site: Site, mute: int
) -> None:
    warm(client)
    site.turns.rasa = Rasa(f"http://127.0.0.1:{mute}", 30)
    begun = time.monotonic()
    assert is_urgent(ask(client))
    assert time.monotonic() - begun < AT_ONCE


def test_a_dead_rasa_still_gives_nothing_but_contact_details_to_a_message_that_can_wait(
    client: TestClient,
) -> None:
    assert ask(client, "How much notice must I give?")["replies"][0]["status"] == "unavailable"


def test_a_locked_database_is_not_waited_for(client: TestClient, site: Site) -> None:
    warm(client)
    with locked(site):
        begun = time.monotonic()
        assert is_urgent(ask(client))
        assert is_urgent(ask(client, session=site.sessions.token(site.sessions.new_id())))
        assert time.monotonic() - begun < AT_ONCE


def test_the_page_without_scripts_does_not_wait_for_it_either(
    client: TestClient, site: Site
) -> None:
    warm(client)
    with locked(site):
        begun = time.monotonic()
        page = client.post("/", data={"message": URGENT, "session": ""})
        assert time.monotonic() - begun < AT_ONCE
    assert SAMARITANS in page.text


@pytest.mark.parametrize("pragma", ["max_page_count = 1", "query_only = ON"])
def test_a_full_or_read_only_disk_is_not_needed(
    client: TestClient, site: Site, pragma: str, caplog: pytest.LogCaptureFixture
) -> None:
    cannot_write(site, pragma)
    answer = ask(client, message_id="m-1")
    assert is_urgent(answer)
    page = client.post("/", data={"message": URGENT, "session": ""})
    assert SAMARITANS in page.text
    assert "kill" not in caplog.text


def test_no_store_at_all_is_needed(client: TestClient, site: Site) -> None:
    with site.conversations.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE turns"))
        connection.execute(sa.text("DROP TABLE cases"))
    assert is_urgent(ask(client))
    assert SAMARITANS in client.post("/", data={"message": URGENT, "session": ""}).text


def test_no_limit_stands_in_the_way(client: TestClient, site: Site) -> None:
    site.rates = Rates(a_conversation=1, an_address=2)
    session = ask(client)["session"]
    assert all(is_urgent(ask(client, session=session)) for _ in range(5))
    assert client.post("/chat", json={"message": "hello"}).status_code == 429
    assert SAMARITANS in client.post("/", data={"message": URGENT, "session": session}).text


def test_what_is_over_a_limit_is_not_kept(client: TestClient, site: Site) -> None:
    site.rates = Rates(a_conversation=2, an_address=100)
    session = site.sessions.new_id()
    with TestClient(create_app(site)) as own:
        for _ in range(5):
            ask(own, session=site.sessions.token(session))
    assert len(site.conversations.turns(session)) == 2


@pytest.mark.parametrize("length", [1177, 5000, 20000])
@pytest.mark.parametrize("first", [True, False])
def test_a_message_that_is_too_long_still_gets_its_contacts(
    client: TestClient, length: int, first: bool
) -> None:
    words = "The timetable was changed again and we had a long staff meeting. "
    story = (words * (length // len(words) + 1))[: length - len(URGENT) - 2]
    message = f"{URGENT}. {story}" if first else f"{story}. {URGENT}"
    assert is_urgent(ask(client, message))


def test_a_long_message_without_anything_urgent_is_too_long(client: TestClient) -> None:
    response = client.post("/chat", json={"message": "What is directed time? " * 60})
    assert response.json()["error"]["code"] == "too_long"


@pytest.mark.parametrize("session", ["made-up", FOREIGN.token(FOREIGN.new_id()), 5, ["a"], ""])
def test_a_session_that_is_not_ours_gets_help_in_a_new_one(
    client: TestClient, site: Site, session: object
) -> None:
    answer = ask(client, session=session)
    assert is_urgent(answer)
    assert site.sessions.read(answer["session"])


@pytest.mark.parametrize("message_id", ["", "x" * 65, 5, ["m"]])
def test_an_identifier_that_cannot_be_kept_does_not_matter(
    client: TestClient, message_id: object
) -> None:
    assert is_urgent(ask(client, message_id=message_id))


def test_the_turn_is_kept_once_and_says_what_decided(site: Site) -> None:
    session = site.sessions.new_id()
    with TestClient(create_app(site)) as client:
        for _ in range(2):
            ask(client, session=site.sessions.token(session), message_id="m-1")
    (turn,) = site.conversations.turns(session)
    assert (turn.message, turn.replies[0]["status"]) == (URGENT, "urgent")
    assert turn.decided is not None
    assert (turn.decided["status"], turn.decided["reason"]) == ("urgent", "urgent.self_harm")


def test_when_the_model_fails_patterns_find_what_a_life_may_depend_on(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_text: str) -> tuple[Reply, ...] | None:
        raise RuntimeError("the model is broken")

    site.first_aid = FirstAid(broken, site.service.safety)
    with TestClient(create_app(site)) as client:
        assert is_urgent(ask(client))
        answer = ask(client, "a pupil told me that her stepfather hits her at home")
        assert answer["replies"][0]["reason"] == "urgent.child_at_risk"
        assert ask(client, "How much notice must I give?")["replies"][0]["status"] == "unavailable"

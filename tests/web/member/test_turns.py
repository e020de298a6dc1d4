"""A turn is answered once, one after the other, and shown even when it cannot be kept."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from tests.web.faults import StandIn, cannot_write, locked
from web.server.site import Site

FIRST = "5f2c91d07ab34e68c1f09d37e4b8a265"


def ask(client: TestClient, message: str = "hello", **more: Any) -> dict[str, Any]:
    response = client.post("/chat", json={"message": message, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_a_turn_that_cannot_be_kept_is_shown(
    client: TestClient, site: Site, rasa: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    cannot_write(site, "max_page_count = 1")
    assert ask(client, "a secret matter", message_id="m-1")["replies"][0]["text"] == "Hello."
    assert "OperationalError" in caplog.text
    assert "secret" not in caplog.text
    page = client.post("/", data={"message": "a secret matter", "session": ""})
    assert "a secret matter" in page.text
    assert "Hello." in page.text


def test_a_turn_that_cannot_be_looked_up_is_answered(
    client: TestClient, site: Site, rasa: StandIn
) -> None:
    with site.conversations.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE turns"))
    answer = ask(client, message_id=FIRST)
    assert answer["replies"][0]["text"] == "Hello."
    again = ask(client, session=answer["session"], message_id="m-2")
    assert again["replies"][0]["text"] == "Hello."


def test_a_database_locked_for_three_seconds_stands_still_for_its_own_request_only(
    client: TestClient, site: Site, rasa: StandIn
) -> None:
    ask(client, "I want to kill myself")  # loads the rules
    with locked(site) as lock, ThreadPoolExecutor(20) as pool:
        threading.Timer(3, lock.execute, ["ROLLBACK"]).start()
        waiting = [pool.submit(ask, client, message_id=f"m-{number}") for number in range(15)]
        time.sleep(0.5)
        begun = time.monotonic()
        assert client.get("/health/live").json() == {"state": "live"}
        assert ask(client, "I want to kill myself")["replies"][0]["status"] == "urgent"
        assert time.monotonic() - begun < 2
        assert not any(one.done() for one in waiting)
        answers = [one.result(60) for one in waiting]
    kept = [site.conversations.turns(site.sessions.read(answer["session"])) for answer in answers]
    assert [len(turns) for turns in kept] == [1] * 15


def test_members_are_not_sent_what_is_for_staff(
    client: TestClient, site: Site, rasa: StandIn
) -> None:
    decided = {"step": "coverage", "status": "answered", "reason": "covered", "passages": ["a#b"]}
    rasa.replies = [
        {"text": "Hello.", "status": "answered", "decided": decided},
        {"text": "And more.", "status": "answered"},
    ]
    answer = ask(client)
    shown = client.get("/conversation", headers={"x-session": answer["session"]}).json()
    for replies in (answer["replies"], shown["turns"][0]["replies"]):
        assert [reply["text"] for reply in replies] == ["Hello.", "And more."]
        assert not any("decided" in reply for reply in replies)
    (turn,) = site.conversations.turns(site.sessions.read(answer["session"]))
    assert turn.decided == decided


def test_a_turn_that_rasa_decided_says_so(client: TestClient, site: Site, rasa: StandIn) -> None:
    answer = ask(client)
    (turn,) = site.conversations.turns(site.sessions.read(answer["session"]))
    assert turn.decided is not None
    assert (turn.decided["step"], turn.decided["reason"]) == ("rasa", "greet")


def test_a_retry_is_answered_once(client: TestClient, rasa: StandIn) -> None:
    rasa.seconds = 0.5
    session = ask(client)["session"]
    with ThreadPoolExecutor(4) as pool:
        sending = [pool.submit(ask, client, "one", session=session, message_id="m") for _ in "1234"]
        answers = [one.result(60)["replies"] for one in sending]
    assert all(replies == answers[0] for replies in answers)
    assert rasa.heard == ["hello", "one"]


def test_the_first_message_sent_again_goes_on_with_its_conversation(
    client: TestClient, site: Site, rasa: StandIn
) -> None:
    one, two = (ask(client, message_id=FIRST)["session"] for _ in range(2))
    assert site.sessions.read(one) == site.sessions.read(two)
    assert rasa.heard == ["hello"]


@pytest.mark.parametrize(
    ("message_id", "message"), [("a" * 32, "hello"), (FIRST, "hello you"), ("word" * 8, "hello")]
)
def test_a_guessed_first_message_opens_nobodys_conversation(
    client: TestClient, site: Site, rasa: StandIn, message_id: str, message: str
) -> None:
    mine = ask(client, message_id=message_id if message == "hello" else FIRST)["session"]
    theirs = ask(client, message, message_id=message_id)["session"]
    assert site.sessions.read(mine) != site.sessions.read(theirs)


def test_rasa_hears_of_an_urgent_message_afterwards(
    client: TestClient, site: Site, rasa: StandIn
) -> None:
    session = ask(client, "I want to kill myself")["session"]
    ask(client, "thank you", session=session)
    assert rasa.heard == ["I want to kill myself", "thank you"]
    kept = site.conversations.turns(site.sessions.read(session))
    assert [turn.message for turn in kept] == ["I want to kill myself", "thank you"]


def test_deleting_a_conversation_deletes_the_urgent_message_that_was_still_to_be_kept(
    client: TestClient, site: Site, rasa: StandIn
) -> None:
    rasa.seconds = 1
    session = ask(client, "I want to kill myself")["session"]
    assert client.delete("/conversation", headers={"x-session": session}).json()["deleted"]
    assert rasa.heard == ["I want to kill myself"]
    assert site.conversations.turns(site.sessions.read(session)) == []

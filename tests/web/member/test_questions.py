"""What is asked is kept for staff after the reply: masked, and without who asked."""

import asyncio
import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from database import utc_now
from people.asked import Asked, asked_table
from tests.web.faults import StandIn, cannot_write, locked
from web.member.conversations import Turn
from web.member.questions import Questions
from web.server.site import Site

MESSAGE = "Can Jayden Smith at Oakfield Primary School park here? Ring 07700 900123"
MASKED = "Can [name] at [school] park here? Ring [phone]"
NAMES = ("Jayden", "Oakfield", "07700")
DECIDED = {
    "step": "coverage",
    "status": "not_covered",
    "reason": "not_covered",
    "probability": 0.1,
    "passages": ["keys#introduction", "bells#introduction"],
    "asks": "own",
    "edition": 3,
}
SOURCE = {"passage_id": "keys#introduction"}


@pytest.fixture
def unanswering(rasa: StandIn) -> StandIn:
    """Give a Rasa whose guidance covers nothing."""
    rasa.replies = [{"text": "Sorry.", "status": "not_covered", "decided": DECIDED}]
    return rasa


def ask(client: TestClient, message: str = MESSAGE, **more: Any) -> str:
    response = client.post("/chat", json={"message": message, **more})
    assert response.status_code == 200, response.text
    return str(response.json()["session"])


def kept(site: Site) -> list[Any]:
    """Give the questions that are kept, once none waits any more."""
    until = time.monotonic() + 20
    while (site.turns._later or site.questions._waiting) and time.monotonic() < until:
        time.sleep(0.02)
    with site.asked.engine.connect() as connection:
        return list(connection.execute(sa.select(asked_table).order_by(asked_table.c.number)))


def files_with(folder: Path, word: str) -> list[str]:
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and word.encode() in path.read_bytes():
            found.append(path.name)
    return found


def test_a_question_is_kept_masked_with_what_decided(
    client: TestClient, site: Site, unanswering: StandIn
) -> None:
    session = ask(client, message_id="m-1")
    (row,) = kept(site)
    assert (row.wording, row.status, row.lack) == (MASKED, "not_covered", "not_covered")
    assert (row.step, row.reason, row.edition) == ("coverage", "not_covered", 3)
    assert (row.probability, row.considered) == (0.1, DECIDED["passages"])
    named = site.sessions.read(session)
    assert named not in (row.conversation, row.message)


def test_when_the_conversation_has_expired_its_names_are_in_no_file(
    client: TestClient, site: Site, unanswering: StandIn, tmp_path: Path
) -> None:
    ask(client)
    assert kept(site)
    assert all(files_with(tmp_path, name) for name in NAMES)
    site.conversations.kept = dt.timedelta(0)
    assert site.conversations.delete_expired() == 1
    assert [files_with(tmp_path, name) for name in NAMES] == [[], [], []]
    assert files_with(tmp_path, "park here")


def test_a_conversation_that_is_cleared_takes_its_questions_along(
    client: TestClient, site: Site, unanswering: StandIn, tmp_path: Path
) -> None:
    other = ask(client, "Where do visitors park their zebra?")
    session = ask(client, "Who feeds the aardvark?")
    kept(site)
    ask(client, "Who feeds the aardvark now?", session=session)  # this one waits to be kept
    assert client.delete("/conversation", headers={"x-session": session}).json() == {
        "deleted": True
    }
    assert [row.wording for row in kept(site)] == ["Where do visitors park their zebra?"]
    assert files_with(tmp_path, "aardvark") == []
    assert other != session


@pytest.mark.parametrize(
    ("status", "reason", "step"),
    [
        ("urgent", "urgent.suspension", "urgent"),
        ("chat", "greet", "action_chat"),
        ("out_of_scope", "out_of_scope", "scope"),
        ("handoff", "asked", "person"),
        ("handoff", "off", "action_answer"),
        ("unavailable", "unavailable", "action_answer"),
    ],
)
def test_what_is_no_question_about_guidance_is_only_counted(
    client: TestClient, site: Site, rasa: StandIn, status: str, reason: str, step: str
) -> None:
    decided = {**DECIDED, "status": status, "reason": reason, "step": step}
    rasa.replies = [{"text": "…", "status": status, "decided": decided}]
    ask(client)
    (row,) = kept(site)
    assert (row.status, row.wording, row.lack) == (status, None, None)


def test_an_urgent_message_is_counted_without_its_words(client: TestClient, site: Site) -> None:
    ask(client, "I want to kill myself", message_id="m-1")
    (row,) = kept(site)
    assert (row.status, row.step, row.wording) == ("urgent", "first_aid", None)


def test_an_outage_is_counted_as_such(client: TestClient, site: Site) -> None:
    ask(client)  # no Rasa listens
    (row,) = kept(site)
    assert (row.status, row.wording, row.lack) == ("unavailable", None, None)
    assert site.asked.counts(utc_now() - dt.timedelta(hours=1)) == {"unavailable": 1}


@pytest.mark.parametrize(
    ("status", "reason", "others", "lack"),
    [
        ("answered", "covered", [], None),
        ("answered", "covered", [{"text": "…", "status": "not_covered"}], "not_covered"),
        ("not_covered", "nearest", [{"text": "…", "status": "not_covered"}], "nearest"),
        ("handoff", "own_case", [], "handed_off"),
        ("handoff", "own_case", [{"text": "…", "status": "answered"}], None),
        ("handoff", "not_helped", [], "handed_off"),
        ("ambiguous", "which_role", [], None),
    ],
)
def test_a_question_lacks_guidance_when_all_of_it_was_not_answered(
    client: TestClient,
    site: Site,
    rasa: StandIn,
    status: str,
    reason: str,
    others: list[dict[str, Any]],
    lack: str | None,
) -> None:
    decided = {**DECIDED, "status": status, "reason": reason}
    first = {"text": "…", "status": status, "decided": decided, "sources": [SOURCE]}
    rasa.replies = [first, *others]
    ask(client)
    (row,) = kept(site)
    assert (row.wording, row.lack, row.shown) == (MASKED, lack, ["keys#introduction"])


def test_a_no_on_the_page_marks_the_question_it_is_about(
    client: TestClient, site: Site, rasa: StandIn
) -> None:
    decided = {**DECIDED, "status": "answered", "reason": "covered"}
    rasa.replies = [{"text": "…", "status": "answered", "decided": decided}]
    session = ask(client, message_id="m-1")
    ask(client, "Who keeps the keys?", session=session, message_id="m-2")
    values = {"session": session, "passage_ids": [], "helpful": False}
    for message_id in ("m-1", "nobody's", 5):
        response = client.post("/feedback", json={**values, "message_id": message_id})
        assert response.json() == {"stored": True}
    assert [(row.helped, row.lack) for row in kept(site)] == [(False, "not_helped"), (None, None)]
    (feedback,) = {tuple(sorted(row)) for row in site.feedback.all()}
    assert "message_id" not in feedback  # what is said of an answer names no conversation


def test_a_no_in_words_marks_the_question_before_it(
    client: TestClient, site: Site, rasa: StandIn
) -> None:
    decided = {**DECIDED, "status": "answered", "reason": "covered"}
    rasa.replies = [{"text": "…", "status": "answered", "decided": decided}]
    session = ask(client)
    said = {"step": "action_feedback", "status": "handoff", "reason": "not_helped"}
    rasa.replies = [{"text": "…", "status": "handoff", "decided": said}]
    ask(client, "no, Jayden says that is no use", session=session)
    first, second = kept(site)
    assert (first.helped, first.lack) == (False, "not_helped")
    assert (second.wording, second.lack) == (None, None)


def test_without_the_model_that_finds_names_no_wording_is_kept(
    site: Site, unanswering: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: str) -> str:
        raise OSError(f"no model for {MESSAGE}")

    site.questions.mask = broken
    session = site.sessions.new_id()
    site.questions.keep_later(session, Turn(MESSAGE, [], "m-1", DECIDED))
    (row,) = kept(site)
    assert (row.status, row.wording, row.lack) == ("not_covered", None, None)
    assert "OSError" in caplog.text
    assert "Jayden" not in caplog.text


def test_a_reply_does_not_wait_for_its_question_to_be_kept(
    client: TestClient, site: Site, unanswering: StandIn
) -> None:
    ask(client, "What is directed time?", message_id="m-1")
    kept(site)

    def slow(text: str) -> str:
        time.sleep(3)
        return text

    site.questions.mask = slow
    begun = time.monotonic()
    for number in range(3):
        ask(client, "Can I park here?", message_id=f"n-{number}")
    assert time.monotonic() - begun < 2


def test_a_question_that_cannot_be_kept_costs_no_reply(
    client: TestClient, site: Site, unanswering: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    cannot_write(site, "query_only = 1")
    ask(client)
    assert kept(site) == []
    assert "A question could not be kept: OperationalError" in caplog.text
    assert "Jayden" not in caplog.text


def test_a_conversation_can_be_cleared_while_others_wait_for_a_locked_database(
    client: TestClient, site: Site, unanswering: StandIn
) -> None:
    session = ask(client, "Who feeds the aardvark?")
    kept(site)
    with locked(site) as lock:
        for number in range(20):
            site.questions.keep_later(f"other {number}", Turn(MESSAGE, [], None, DECIDED))
        time.sleep(0.5)
        lock.execute("ROLLBACK")
        begun = time.monotonic()
        client.delete("/conversation", headers={"x-session": session})
        assert time.monotonic() - begun < 5
    assert not any("aardvark" in (row.wording or "") for row in kept(site))


def test_questions_that_wait_are_kept_at_the_end_and_known_again_after_a_start(
    site: Site, unanswering: StandIn
) -> None:
    session = site.sessions.new_id()
    site.questions.keep_later(session, Turn("Can I park here?", [], "m-1", DECIDED))
    asyncio.run(site.questions.close())
    assert [row.wording for row in kept(site)] == ["Can I park here?"]
    again = Questions(Asked(site.asked.engine, 90), str, site.secret)
    asyncio.run(again.forget(session))
    assert kept(site) == []


def test_the_privacy_notice_says_that_questions_are_kept_and_how_long(client: TestClient) -> None:
    notice = client.get("/wording/en.json").json()["notice"]
    assert "questions for 90 days" in notice
    assert "that deletes its questions too" in notice

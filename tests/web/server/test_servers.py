"""The product as it runs: both processes, over HTTP."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import psutil
import pytest
import sqlalchemy as sa

from tests.product import Running
from web.member.sessions import Sessions

pytestmark = pytest.mark.servers

QUESTION = "What notice does a head have to give to leave at the end of the summer term?"
STATUSES = {
    *("answered", "not_covered", "ambiguous", "urgent"),
    *("out_of_scope", "handoff", "chat", "unavailable"),
}
SOURCE = {"title", "publisher", "published", "reviewed", "url", "passage_id", "headings"}


def ask(http: httpx.Client, message: str, session: str | None = None, **more: str) -> Any:
    """Send a message as the page does; give what came back."""
    response = http.post("/chat", json={"message": message, "session": session, **more})
    assert response.status_code == 200, response.text
    return response.json()


def passage(http: httpx.Client, source: dict[str, Any]) -> Any:
    """Give the passage that a source names."""
    return http.get(f"/passages/{quote(source['passage_id'])}").json()


def said(http: httpx.Client, session: str) -> list[str]:
    """Give the messages that are kept of a conversation."""
    kept = http.get("/conversation", headers={"x-session": session}).json()
    return [turn["message"] for turn in kept["turns"]]


@pytest.fixture
def rasas(running: Running) -> Iterator[sa.Engine]:
    """Give Rasa's own database."""
    engine = sa.create_engine(f"sqlite:///{running.home / 'conversations.db'}")
    yield engine
    engine.dispose()


def rasa_heard(rasas: sa.Engine, session: str) -> list[str]:
    """Give the messages that Rasa kept of a conversation."""
    query = sa.text("SELECT data FROM events WHERE sender_id = :name AND type_name = 'user'")
    name = session.split(".")[0]
    with rasas.connect() as connection:
        return [json.loads(data)["text"] for data in connection.scalars(query, {"name": name})]


def test_both_processes_are_healthy(http: httpx.Client) -> None:
    response = http.get("/health")
    assert response.status_code == 200
    assert response.json() == {"state": "ready", "not_ready": {}}


def test_an_answer_has_the_agreed_shape(http: httpx.Client) -> None:
    answer = ask(http, QUESTION)
    assert set(answer) == {"session", "replies", "handed_over"}
    assert answer["handed_over"] is False
    reply = answer["replies"][0]
    assert reply["status"] == "answered"
    assert reply["text"]
    assert {"text", "status", "sources", "contact", "notice", "buttons"} <= set(reply)
    assert reply["sources"]
    for source in reply["sources"]:
        assert set(source) >= SOURCE
        assert passage(http, source)["title"] == source["title"]


def test_what_is_quoted_stands_in_the_passage_word_for_word(http: httpx.Client) -> None:
    reply = ask(http, QUESTION)["replies"][0]
    texts = [passage(http, source)["text"] for source in reply["sources"]]
    quoted = [line for line in reply["text"].splitlines() if line.strip() not in ("", "[…]")]
    assert quoted
    assert [line for line in quoted if not any(line in text for text in texts)] == []


@pytest.mark.parametrize(
    ("message", "status", "contact"),
    [
        ("hello", "chat", None),
        ("can I talk to a real person please", "handoff", "advice_line"),
        ("I want to kill myself", "urgent", "samaritans"),
        ("write me a poem about the weather", "out_of_scope", None),
    ],
)
def test_each_kind_of_message_gets_its_kind_of_reply(
    http: httpx.Client, message: str, status: str, contact: str | None
) -> None:
    reply = ask(http, message)["replies"][0]
    assert reply["status"] == status
    if contact is not None:
        assert reply["contact"]["id"] == contact


def test_a_session_of_another_server_is_refused_and_rasa_hears_nothing(
    http: httpx.Client, rasas: sa.Engine
) -> None:
    foreign = Sessions("another secret", hours=24)
    session = foreign.token(foreign.new_id())
    response = http.post("/chat", json={"message": "hello", "session": session})
    assert response.status_code == 403
    assert rasa_heard(rasas, session) == []


def test_what_is_refused_never_reaches_rasa(http: httpx.Client, rasas: sa.Engine) -> None:
    session = ask(http, "hello")["session"]
    for message in ("", "  ", "x" * 1001, None, 5, ["hello"], {"text": "hello"}):
        response = http.post("/chat", json={"message": message, "session": session})
        assert 400 <= response.status_code < 500
        assert response.json()["error"]["message"]
    assert rasa_heard(rasas, session) == ["hello"]


@pytest.mark.parametrize(
    "command", ["/restart", "/greet", "  //ask_person", "\u200b/session_start"]
)
def test_a_message_that_begins_with_a_slash_is_no_command(
    http: httpx.Client, rasas: sa.Engine, command: str
) -> None:
    first = ask(http, "hello")
    answer = ask(http, command, first["session"])
    assert answer["replies"][0]["status"] in STATUSES - {"unavailable"}
    # Rasa heard words, and forgot nothing.
    assert rasa_heard(rasas, answer["session"]) == ["hello", command.strip("\u200b /")]


def test_conversations_do_not_mix(http: httpx.Client) -> None:
    joining = ask(http, "can I join the union?")
    other = ask(http, "hello")
    assert joining["replies"][0]["buttons"]
    ask(http, "thank you", other["session"])
    # Only the first conversation was asked for a role.
    answer = ask(http, "I'm a SENCO", joining["session"])["replies"][0]
    assert answer["status"] == "answered"
    assert said(http, other["session"]) == ["hello", "thank you"]
    assert said(http, joining["session"]) == ["can I join the union?", "I'm a SENCO"]


def test_a_retry_gets_the_stored_replies_and_rasa_hears_it_once(
    http: httpx.Client, rasas: sa.Engine
) -> None:
    session = ask(http, "hello")["session"]
    first = ask(http, QUESTION, session, message_id="m-1")
    again = ask(http, QUESTION, session, message_id="m-1")
    assert again["replies"] == first["replies"]
    assert said(http, session) == ["hello", QUESTION]
    assert rasa_heard(rasas, session) == ["hello", QUESTION]


def test_a_retry_while_the_message_is_being_answered_waits_for_it(
    http: httpx.Client, rasas: sa.Engine
) -> None:
    session = ask(http, "hello")["session"]
    answers: list[Any] = []

    def send() -> None:
        answers.append(ask(http, QUESTION, session, message_id="m-2"))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert all(answer["replies"] == answers[0]["replies"] for answer in answers)
    assert rasa_heard(rasas, session) == ["hello", QUESTION]


def test_deleting_a_conversation_deletes_it_in_both_databases(
    http: httpx.Client, running: Running, rasas: sa.Engine
) -> None:
    message = "what does zanzibarite mean for directed time"
    session = ask(http, message)["session"]
    assert rasa_heard(rasas, session) == [message]
    response = http.delete("/conversation", headers={"x-session": session})
    assert response.json() == {"deleted": True}
    assert said(http, session) == []
    assert rasa_heard(rasas, session) == []
    app = sa.create_engine(f"sqlite:///{running.home / 'advice.db'}")
    for engine, table, column in ((app, "turns", "message"), (rasas, "events", "data")):
        with engine.connect() as connection:
            query = sa.text(f"SELECT count(*) FROM {table} WHERE {column} LIKE '%zanzibarite%'")
            assert connection.scalar(query) == 0
    app.dispose()


def test_nothing_that_a_member_types_is_in_a_log(http: httpx.Client, running: Running) -> None:
    word = "quixoticandra"
    session = ask(http, f"hello {word}")["session"]
    for message in (f"my head {word} has suspended me", f"/{word}", f"what is {word}?", word * 100):
        http.post("/chat", json={"message": message, "session": session})
    http.post("/chat", content=f"not json {word}".encode())
    http.post("/check", json={"message": f"my name is {word}"})
    http.get(f"/passages/{word}")
    logs = list(running.home.rglob("*.log"))
    assert {"app.log", "rasa.log"} <= {path.name for path in logs}
    for path in logs:
        assert word not in path.read_text(encoding="utf-8", errors="replace"), path


def test_rasa_and_the_actions_listen_on_loopback_only(running: Running) -> None:
    parent = psutil.Process(running.process.pid)
    addresses = {
        connection.laddr.port: connection.laddr.ip
        for process in (parent, *parent.children(recursive=True))
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert len(addresses) == 3, "the public port, Rasa's and the actions'"
    assert set(addresses.values()) == {"127.0.0.1"}


def test_only_its_owner_can_read_the_secret(running: Running) -> None:
    key = Path(running.home / "session.key")
    assert key.stat().st_mode & 0o077 == 0

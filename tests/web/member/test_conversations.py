"""Conversations are kept for a while, answered once, and really deleted."""

import datetime as dt
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from database import open_database
from web.member.conversations import Conversations, Turn, _is_random, _turns

REPLIES = [{"text": "Quoted guidance.", "status": "answered"}]


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    app = open_database(f"sqlite:///{tmp_path / 'app.db'}")
    tracker = sa.create_engine(f"sqlite:///{tmp_path / 'rasa.db'}")
    yield Conversations(app, tracker, hours=24)
    app.dispose()
    tracker.dispose()


def add_rasa_events(conversations: Conversations, *events: tuple[str, dt.timedelta]) -> None:
    """Write to a table like Rasa's, for each event its conversation and its age."""
    with conversations.tracker.begin() as connection:
        connection.execute(
            sa.text("CREATE TABLE IF NOT EXISTS events (sender_id VARCHAR(255), timestamp FLOAT)")
        )
        for sender, age in events:
            time = (dt.datetime.now(dt.UTC) - age).timestamp()
            connection.execute(
                sa.text("INSERT INTO events VALUES (:sender, :time)"),
                {"sender": sender, "time": time},
            )


def in_rasa(conversations: Conversations) -> list[str]:
    with conversations.tracker.connect() as connection:
        return sorted(connection.scalars(sa.text("SELECT sender_id FROM events")))


def make_older(conversations: Conversations, session: str, age: dt.timedelta) -> None:
    with conversations.engine.begin() as connection:
        connection.execute(
            _turns.update()
            .where(_turns.c.session == session)
            .values(said=dt.datetime.now(dt.UTC) - age)
        )


def test_turns_come_back_in_the_order_they_were_said(conversations: Conversations) -> None:
    for message in ("first", "second", "third"):
        conversations.add("one", Turn(message, REPLIES))
    assert [turn.message for turn in conversations.turns("one")] == ["first", "second", "third"]
    assert conversations.turns("one")[0].replies == REPLIES


def test_conversations_do_not_mix(conversations: Conversations) -> None:
    conversations.add("one", Turn("mine", REPLIES))
    conversations.add("two", Turn("yours", REPLIES))
    assert [turn.message for turn in conversations.turns("one")] == ["mine"]


def test_a_message_is_found_again_by_its_identifier(conversations: Conversations) -> None:
    conversations.add("one", Turn("hello", REPLIES, "m-1"))
    found = conversations.find("one", "m-1")
    assert found == Turn("hello", REPLIES, "m-1")


def test_a_message_of_another_conversation_is_not_found(conversations: Conversations) -> None:
    conversations.add("one", Turn("hello", REPLIES, "m-1"))
    assert conversations.find("two", "m-1") is None
    assert conversations.find("one", "m-2") is None


def test_messages_without_an_identifier_are_all_kept(conversations: Conversations) -> None:
    conversations.add("one", Turn("hello", REPLIES))
    conversations.add("one", Turn("hello", REPLIES))
    assert len(conversations.turns("one")) == 2


def test_deleting_a_conversation_deletes_it_in_rasa_too(conversations: Conversations) -> None:
    for session in ("one", "two"):
        conversations.add(session, Turn("hello", REPLIES))
    add_rasa_events(conversations, ("one", dt.timedelta()), ("two", dt.timedelta()))
    conversations.delete("one")
    assert conversations.turns("one") == []
    assert len(conversations.turns("two")) == 1
    assert in_rasa(conversations) == ["two"]


def test_a_conversation_can_be_deleted_before_rasa_has_kept_any(
    conversations: Conversations,
) -> None:
    conversations.add("one", Turn("hello", REPLIES))
    conversations.delete("one")
    assert conversations.turns("one") == []


def test_a_conversation_expires_its_hours_after_the_last_message(
    conversations: Conversations,
) -> None:
    conversations.add("one", Turn("hello", REPLIES))
    make_older(conversations, "one", dt.timedelta(hours=10))
    left = conversations.expires("one") - dt.datetime.now(dt.UTC)
    assert dt.timedelta(hours=13, minutes=59) < left <= dt.timedelta(hours=14)


def test_expired_conversations_are_deleted_everywhere(conversations: Conversations) -> None:
    for session in ("old", "new"):
        conversations.add(session, Turn("hello", REPLIES))
    add_rasa_events(conversations, ("old", dt.timedelta(hours=25)), ("new", dt.timedelta()))
    make_older(conversations, "old", dt.timedelta(hours=25))
    assert conversations.delete_expired() == 1
    assert conversations.turns("old") == []
    assert len(conversations.turns("new")) == 1
    assert in_rasa(conversations) == ["new"]


def test_a_conversation_that_goes_on_does_not_expire(conversations: Conversations) -> None:
    conversations.add("one", Turn("yesterday", REPLIES))
    make_older(conversations, "one", dt.timedelta(hours=25))
    conversations.add("one", Turn("now", REPLIES))
    assert conversations.delete_expired() == 0
    assert len(conversations.turns("one")) == 2


def test_what_only_rasa_kept_expires_as_well(conversations: Conversations) -> None:
    add_rasa_events(
        conversations,
        ("never answered", dt.timedelta(hours=30)),
        ("goes on", dt.timedelta(hours=30)),
        ("goes on", dt.timedelta(hours=1)),
    )
    conversations.delete_expired()
    assert in_rasa(conversations) == ["goes on", "goes on"]


FIRST = "5f2c91d07ab34e68c1f09d37e4b8a265"


def begun(conversations: Conversations, message_id: str = FIRST) -> None:
    conversations.add("one", Turn("hello", REPLIES, message_id))


def test_the_first_message_sent_again_soon_finds_its_conversation(
    conversations: Conversations,
) -> None:
    begun(conversations)
    assert conversations.begun_by(FIRST, "hello") == "one"


@pytest.mark.parametrize(
    "guess",
    [
        "a" * 32,
        "0" * 32,
        "1234" * 8,
        "deadbeef" * 4,
        "0123456789abcdef" * 2,
        "00112233445566778899aabbccddeeff",
        "password" * 4,
        FIRST.upper(),
        FIRST[:-1],
        "m-1",
    ],
)
def test_a_first_identifier_that_can_be_guessed_opens_nothing(
    conversations: Conversations, guess: str
) -> None:
    begun(conversations, guess)
    assert conversations.begun_by(guess, "hello") is None


def test_the_right_identifier_with_another_message_opens_nothing(
    conversations: Conversations,
) -> None:
    begun(conversations)
    assert conversations.begun_by(FIRST, "hello there") is None


def test_the_right_identifier_opens_nothing_ten_minutes_later(
    conversations: Conversations,
) -> None:
    begun(conversations)
    make_older(conversations, "one", dt.timedelta(minutes=9))
    assert conversations.begun_by(FIRST, "hello") == "one"
    make_older(conversations, "one", dt.timedelta(minutes=11))
    assert conversations.begun_by(FIRST, "hello") is None


def test_a_conversation_that_has_gone_on_is_not_opened_by_its_first_message(
    conversations: Conversations,
) -> None:
    begun(conversations)
    conversations.add("one", Turn("and then?", REPLIES))
    assert conversations.begun_by(FIRST, "hello") is None


def test_random_identifiers_are_taken_as_random() -> None:
    taken = [_is_random(secrets.token_hex(16)) for _ in range(2000)]
    assert all(taken)


def test_a_turn_is_kept_with_what_decided(conversations: Conversations) -> None:
    decided = {"step": "search", "status": "answered", "reason": "covered", "passages": ["a#b"]}
    conversations.add("one", Turn("hello", REPLIES, "m-1", decided))
    assert conversations.turns("one")[0].decided == decided


def test_a_message_is_kept_once(conversations: Conversations) -> None:
    for _ in range(2):
        conversations.add("one", Turn("hello", REPLIES, "m-1"))
    assert len(conversations.turns("one")) == 1

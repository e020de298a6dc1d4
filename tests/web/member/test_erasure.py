"""What was deleted is in no byte of any file of the data folder."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from database import open_database, open_tracker
from web.member.conversations import Conversations, Turn, _turns

WORD = "aardvark"
# As Rasa makes it (rasa.core.tracker_store.SQLTrackerStore).
EVENTS = """CREATE TABLE events (
    id INTEGER NOT NULL PRIMARY KEY, sender_id VARCHAR(255) NOT NULL, type_name VARCHAR(255),
    timestamp FLOAT, intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT)"""
INSERT = "INSERT INTO events (sender_id, timestamp, data) VALUES (:sender, :time, :data)"


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    """Give two conversations of many turns, in our table and in Rasa's; one says the word."""
    app = open_database(f"sqlite:///{tmp_path / 'app.db'}")
    conversations = Conversations(app, open_tracker(f"sqlite:///{tmp_path / 'rasa.db'}"), hours=24)
    # Rasa opens its file itself, with SQLite's own settings.
    rasa = sa.create_engine(f"sqlite:///{tmp_path / 'rasa.db'}")
    sa.event.listen(rasa, "connect", lambda made, _: made.execute("PRAGMA secure_delete=OFF"))
    with rasa.begin() as connection:
        connection.exec_driver_sql(EVENTS)
        connection.exec_driver_sql("CREATE INDEX ix_events_sender_id ON events (sender_id)")
    time = dt.datetime.now(dt.UTC).timestamp()
    for number in range(40):
        for session, word in (("one", WORD), ("two", "zebra")):
            text = f"{word} {number} " * (number * 7 + 1)
            conversations.add(session, Turn(text, [{"text": text}], f"{session}-{number}"))
            with rasa.begin() as connection:
                row = {"sender": session, "time": time, "data": text}
                connection.execute(sa.text(INSERT), row)
    yield conversations
    for engine in (app, conversations.tracker, rasa):
        engine.dispose()


def files_with(folder: Path, word: str) -> list[str]:
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.is_file() and word.encode() in path.read_bytes()
    )


def test_a_word_is_in_no_file_after_its_conversation_was_cleared(
    conversations: Conversations, tmp_path: Path
) -> None:
    assert "rasa.db" in files_with(tmp_path, WORD)
    conversations.delete("one")
    assert files_with(tmp_path, WORD) == []
    assert files_with(tmp_path, "zebra") == ["app.db", "rasa.db"]


def test_a_word_that_an_earlier_release_only_unlinked_is_in_no_file_after_the_start(
    conversations: Conversations, tmp_path: Path
) -> None:
    rasa = sa.create_engine(f"sqlite:///{tmp_path / 'rasa.db'}")
    with rasa.begin() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete=OFF")
        connection.exec_driver_sql("DELETE FROM events WHERE sender_id = 'one'")
    rasa.dispose()
    conversations.delete("one")
    assert files_with(tmp_path, WORD) == []


def test_a_word_is_in_no_file_after_its_conversation_expired(
    conversations: Conversations, tmp_path: Path
) -> None:
    old = dt.datetime.now(dt.UTC) - dt.timedelta(hours=25)
    with conversations.engine.begin() as connection:
        connection.execute(_turns.update().where(_turns.c.session == "one").values(said=old))
    assert conversations.delete_expired() == 1
    assert files_with(tmp_path, WORD) == []


def test_what_could_not_be_overwritten_is_tried_again(
    conversations: Conversations, tmp_path: Path
) -> None:
    with conversations.engine.connect() as reading:
        reading.exec_driver_sql("PRAGMA busy_timeout=1")
        reading.exec_driver_sql("BEGIN")
        reading.exec_driver_sql("SELECT count(*) FROM turns").one()
        with conversations.engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout=1")
        conversations.delete("one")
    assert files_with(tmp_path, WORD) != []
    conversations.delete_expired()
    assert files_with(tmp_path, WORD) == []


def test_what_rasa_writes_after_its_conversation_was_cleared_is_deleted_too(
    conversations: Conversations, tmp_path: Path
) -> None:
    conversations.delete("one")
    rasa = sa.create_engine(f"sqlite:///{tmp_path / 'rasa.db'}")
    with rasa.begin() as connection:
        row = {"sender": "one", "time": dt.datetime.now(dt.UTC).timestamp(), "data": WORD}
        connection.execute(sa.text(INSERT), row)
    rasa.dispose()
    assert files_with(tmp_path, WORD) == ["rasa.db"]
    conversations.delete_expired()
    assert files_with(tmp_path, WORD) == []

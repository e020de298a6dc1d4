import datetime as dt
import json
from pathlib import Path

from knowledge.editions.store import Store
from knowledge.evaluation.golden_questions import (
    NewGolden,
    add_golden,
    golden_questions,
    remove_golden,
)
from tests.postgres import postgres

NOW = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)


def goes_through_its_life(store: Store) -> None:
    with store.engine.begin() as connection:
        first = add_golden(connection, NewGolden("Who?", "keys#a", "d"), "ann", NOW)
        second = add_golden(connection, NewGolden("Why?", note="none does"), "bob", NOW)
        assert first
        assert second
        assert add_golden(connection, NewGolden("Who?"), "bob", NOW) is None
        newest, oldest = golden_questions(connection)
        assert (oldest.question, oldest.passage_id, oldest.by) == ("Who?", "keys#a", "ann")
        assert (oldest.number, oldest.made) == (first, NOW)
        assert (newest.passage_id, newest.passage_digest, newest.note) == ("", "", "none does")
        assert remove_golden(connection, first) == oldest
        assert remove_golden(connection, first) is None
        assert golden_questions(connection) == [newest]


def test_a_question_is_added_once_and_removed_once(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'advice.db'}")
    goes_through_its_life(store)
    store.close()


def test_a_question_is_added_once_and_removed_once_on_postgres() -> None:
    with postgres() as address:
        store = Store(address)
        goes_through_its_life(store)
        store.close()


def test_a_question_that_nothing_should_answer_is_written_with_null(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'advice.db'}")
    with store.engine.begin() as connection:
        add_golden(connection, NewGolden("Äpfel?"), "ann", NOW)
        (one,) = golden_questions(connection)
    assert json.loads(one.line()) == {"question": "Äpfel?", "passage": None, "note": ""}
    store.close()

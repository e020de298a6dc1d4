"""What was asked is kept without who asked, for a limited time, and can be forgotten."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from people.asked import Asked, asked_table, mark_abandoned
from tests.people.asking import ANSWERED, UNANSWERED
from tests.people.clock import Clock


@pytest.fixture
def asked(engine: sa.Engine, clock: Clock) -> Asked:
    return Asked(engine, days=90, now=clock)


def rows(engine: sa.Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(sa.select(asked_table).order_by(asked_table.c.number)))


def test_a_message_is_kept_once(asked: Asked, engine: sa.Engine) -> None:
    asked.add(replace(ANSWERED, message="m-1"))
    asked.add(replace(ANSWERED, message="m-1"))
    assert len(rows(engine)) == 1


def test_a_question_that_goes_on_is_kept_with_the_one_before_it(
    asked: Asked, engine: sa.Engine
) -> None:
    for wording, asks in (
        ("How much notice does a head give?", "own"),
        ("and a deputy?", "follow_up"),
        ("and a teacher?", "follow_up"),
    ):
        asked.add(replace(ANSWERED, wording=wording, asks=asks))
    asked.add(replace(ANSWERED, conversation="two", wording="and me?", asks="follow_up"))
    assert [row.wording for row in rows(engine)] == [
        "How much notice does a head give?",
        "How much notice does a head give: and a deputy?",
        "How much notice does a head give: and a teacher?",
        "and me?",
    ]


def test_a_choice_is_kept_as_the_question_that_waited_for_it(
    asked: Asked, engine: sa.Engine
) -> None:
    asked.add(replace(ANSWERED, wording="How long is leave?", status="ambiguous"))
    asked.add(replace(UNANSWERED, wording="In my own job", asks="earlier"))
    assert [row.wording for row in rows(engine)] == ["How long is leave?"] * 2


def test_a_no_makes_an_answered_question_a_gap_and_a_yes_takes_it_back(
    asked: Asked, engine: sa.Engine
) -> None:
    asked.add(replace(ANSWERED, message="m-1"))
    asked.judge("two", "m-1", helped=False)  # of another conversation
    assert rows(engine)[0].lack is None
    asked.judge("one", "m-1", helped=False)
    assert (rows(engine)[0].helped, rows(engine)[0].lack) == (False, "not_helped")
    asked.judge("one", "m-1", helped=True)
    assert (rows(engine)[0].helped, rows(engine)[0].lack) == (True, None)


def test_a_no_in_words_is_about_the_last_question(asked: Asked, engine: sa.Engine) -> None:
    asked.add(ANSWERED)
    asked.add(ANSWERED)
    asked.add(replace(ANSWERED, wording=None, status="chat"))
    asked.judge_last("one", helped=False)
    assert [row.lack for row in rows(engine)] == [None, "not_helped", None]


def test_a_choice_that_nobody_makes_is_abandoned(
    asked: Asked, engine: sa.Engine, clock: Clock
) -> None:
    offered = replace(ANSWERED, status="ambiguous", reason="which_role", step="choice", shown=())
    asked.add(offered)
    asked.add(replace(offered, conversation="two"))
    asked.add(replace(ANSWERED, conversation="two", asks="earlier"))
    for minutes, lacks in ((10, [None, None, None]), (25, ["abandoned", None, None])):
        clock.later(minutes=minutes)
        with engine.begin() as connection:
            mark_abandoned(connection, clock())
        assert [row.lack for row in rows(engine)] == lacks


def test_a_turn_without_a_wording_is_counted_and_is_no_gap(
    asked: Asked, engine: sa.Engine, clock: Clock
) -> None:
    asked.add(replace(UNANSWERED, wording=None))
    asked.add(replace(UNANSWERED, wording=None, status="unavailable"))
    asked.judge_last("one", helped=False)
    assert [row.lack for row in rows(engine)] == [None, None]
    assert asked.counts(clock()) == {"not_covered": 1, "unavailable": 1}


def test_what_is_asked_often_is_given_once_the_newest_first(asked: Asked, clock: Clock) -> None:
    since = clock()
    for wording in ("first", "second", "first", None):
        asked.add(replace(ANSWERED, wording=wording))
    assert [kept.wording for kept in asked.recent(since, most=10)] == ["first", "second"]
    assert [kept.wording for kept in asked.recent(since, most=1)] == ["first"]


def files_with(folder: Path, word: str) -> list[str]:
    return [one.name for one in folder.iterdir() if word.encode() in one.read_bytes()]


def test_a_conversation_that_is_forgotten_is_in_no_byte_of_the_file(
    asked: Asked, tmp_path: Path
) -> None:
    for number in range(40):
        asked.add(replace(UNANSWERED, wording=f"aardvark {number} " * (number + 1)))
        asked.add(replace(UNANSWERED, conversation="two", wording=f"zebra {number}"))
    assert files_with(tmp_path, "aardvark")
    asked.forget("one")
    assert files_with(tmp_path, "aardvark") == []
    assert files_with(tmp_path, "zebra")


def test_what_is_kept_for_long_enough_is_in_no_byte_of_the_file(
    asked: Asked, clock: Clock, tmp_path: Path
) -> None:
    asked.add(replace(UNANSWERED, wording="aardvark"))
    clock.later(days=60)
    asked.add(replace(UNANSWERED, wording="zebra"))
    assert asked.delete_expired() == 0
    clock.later(days=31)
    assert asked.delete_expired() == 1
    assert files_with(tmp_path, "aardvark") == []
    assert files_with(tmp_path, "zebra")

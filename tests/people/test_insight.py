"""Insight: everything is counted once, also what is deleted; small numbers are hidden."""

import datetime as dt

import pytest
import sqlalchemy as sa

from people.asked import Asked, Question
from people.insight import Figures, Period, figures
from tests.people.clock import Clock


@pytest.fixture
def asked(engine: sa.Engine, clock: Clock) -> Asked:
    return Asked(engine, days=90, now=clock)


def ask(asked: Asked, times: int, status: str = "answered", helped: bool | None = None) -> None:
    for number in range(times):
        conversation = f"{status}-{helped}-{asked.now()}-{number}"
        shown = ("leave#1", "leave#2", "keys#1") if status == "answered" else ()
        asked.add(Question(conversation, None, "A question?", status, shown=shown))
        if helped is not None:
            asked.judge_last(conversation, helped)


def of(engine: sa.Engine, clock: Clock, days: int = 7) -> Figures:
    last = clock.time.date()
    return figures(engine, Period(last - dt.timedelta(days=days - 1), last))


def test_turns_are_counted_by_day_status_and_document(
    asked: Asked, engine: sa.Engine, clock: Clock
) -> None:
    ask(asked, 6)
    clock.later(days=1)
    ask(asked, 5, "not_covered")
    found = of(engine, clock)
    yesterday, today = found.period.days[-2:]
    assert found.on(yesterday, "turn.status.answered") == 6
    assert found.on(today, "turn.status.not_covered") == 5
    assert found.names("turn.document.") == {"leave": 6, "keys": 6}


def test_nothing_is_lost_or_counted_twice_when_questions_end(
    asked: Asked, engine: sa.Engine, clock: Clock
) -> None:
    ask(asked, 6, helped=True)
    ask(asked, 5, helped=False)
    before = of(engine, clock, days=200)
    asked.forget(f"answered-True-{clock.time}-0")
    assert of(engine, clock, days=200) == before
    clock.later(days=95)
    ask(asked, 5, "urgent")
    assert asked.delete_expired() == 10
    after = of(engine, clock, days=200)
    assert after.total("turn.status.answered") == 11
    assert (after.total("turn.helped.yes"), after.total("turn.helped.no")) == (6, 5)
    assert after.total("turn.status.urgent") == 5


@pytest.mark.parametrize(("times", "seen"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_small_numbers_are_hidden(
    asked: Asked, engine: sa.Engine, clock: Clock, times: int, seen: int | None
) -> None:
    ask(asked, times)
    assert of(engine, clock).total("turn.status.answered") == seen


@pytest.mark.parametrize(("yes", "no", "rate"), [(15, 5, 75), (20, 0, 100), (20, 1, None)])
def test_a_rate_tells_of_nobody(
    asked: Asked, engine: sa.Engine, clock: Clock, yes: int, no: int, rate: int | None
) -> None:
    ask(asked, yes, helped=True)
    ask(asked, no, helped=False)
    assert of(engine, clock).rate("turn.helped.yes", "turn.helped.no") == rate


def test_the_period_before_is_as_long_and_ends_the_day_before() -> None:
    week = Period(dt.date(2026, 5, 4), dt.date(2026, 5, 10))
    assert week.before == Period(dt.date(2026, 4, 27), dt.date(2026, 5, 3))
    assert len(week.days) == len(week.before.days) == 7

"""Questions and gaps on a real PostgreSQL."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from database import open_database, utc_now
from people.asked import Asked
from people.audit import Actor
from people.errors import StaffError
from people.gaps import Ending, Gaps
from people.grouping import Grouping
from tests.people.asking import ANSWERED, asked_by
from tests.people.meanings import by_first_word
from tests.postgres import postgres


@pytest.fixture(scope="module")
def engine() -> Iterator[sa.Engine]:
    with postgres() as url:
        engine = open_database(url)
        yield engine
        engine.dispose()


def test_questions_are_kept_grouped_ended_and_forgotten(engine: sa.Engine) -> None:
    asked, gaps, since = Asked(engine, 90), Gaps(engine), utc_now() - dt.timedelta(hours=1)
    for number in range(5):
        asked.add(asked_by(f"c{number}", f"lunch {number}"))
    asked.add(ANSWERED)
    # Two processes group at once: nothing is grouped twice.
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: Grouping(engine, by_first_word).run(), range(4)))
    assert sum(done) == 5
    (one,) = gaps.listed(since)
    assert (one.conversations, one.lacks) == (5, {"not_covered": 5})

    def end(number: int) -> bool:
        try:
            gaps.end(one.gap.number, 1, Ending("draft"), 1, Actor(f"editor {number}"))
        except StaffError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(end, range(8))) == [False] * 7 + [True]
    assert list(gaps.untested(2)) == [one.gap.number]
    for number in range(5):
        asked.forget(f"c{number}")
    assert gaps.delete_empty() == 1
    assert asked.counts(since) == {"answered": 1}

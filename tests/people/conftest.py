"""A database of the test's own, and a clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from database import open_database
from people.asked import Asked
from people.gaps import Gaps
from people.grouping import Grouping
from tests.people.clock import Clock
from tests.people.meanings import by_first_word


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'app.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asked(engine: sa.Engine, clock: Clock) -> Asked:
    return Asked(engine, days=90, now=clock)


@pytest.fixture
def gaps(engine: sa.Engine, clock: Clock) -> Gaps:
    return Gaps(engine, clock)


@pytest.fixture
def grouping(engine: sa.Engine, clock: Clock) -> Grouping:
    return Grouping(engine, by_first_word, clock)

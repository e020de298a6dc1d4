"""A database of the test's own, and a clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from database import open_database
from tests.people.clock import Clock


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'app.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()

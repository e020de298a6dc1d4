"""A desk with one case on it."""

import pytest
import sqlalchemy as sa

from people.cases import Cases, read_case
from people.desk.desk import Desk
from tests.people.clock import Clock
from tests.people.test_cases import CASE


@pytest.fixture
def desk(engine: sa.Engine, clock: Clock) -> Desk:
    return Desk(engine, idle_hours=8, now=clock)


@pytest.fixture
def cases(engine: sa.Engine) -> Cases:
    return Cases(engine, days=30)


@pytest.fixture
def reference(cases: Cases) -> str:
    return cases.add(read_case(CASE), "session")

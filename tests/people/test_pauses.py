"""Attempts to sign in: growing pauses, the same for every name, and never a lock that stays."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from people.errors import Paused
from people.pauses import Pauses
from tests.people.clock import Clock


@pytest.fixture
def pauses(engine: sa.Engine, clock: Clock) -> Pauses:
    return Pauses(engine, "a secret", clock)


def pause(pauses: Pauses, name: str = "ann") -> int:
    """Give the seconds to wait now; an attempt that may be made is counted."""
    try:
        pauses.count(name)
    except Paused as paused:
        return paused.seconds
    return 0


def test_some_slips_of_the_finger_cost_nothing(pauses: Pauses) -> None:
    assert [pause(pauses) for _ in range(4)] == [0, 0, 0, 0]


def test_pauses_grow_and_are_never_longer_than_a_minute(pauses: Pauses, clock: Clock) -> None:
    waits = []
    while len(waits) < 8:
        if seconds := pause(pauses):
            waits.append(seconds)
            clock.later(seconds=seconds)
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]


def test_who_comes_too_early_does_not_wait_longer(pauses: Pauses) -> None:
    for _ in range(4):
        pause(pauses)
    assert [pause(pauses) for _ in range(20)] == [2] * 20


def test_other_names_do_not_wait(pauses: Pauses) -> None:
    for _ in range(9):
        pause(pauses)
    assert pause(pauses, "bob") == 0


def test_the_right_person_clears_the_attempts(pauses: Pauses) -> None:
    for _ in range(3):
        pause(pauses)
    pauses.clear("ann")
    assert [pause(pauses) for _ in range(4)] == [0, 0, 0, 0]


def test_many_at_once_do_not_slip_through(pauses: Pauses) -> None:
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: pause(pauses), range(40)))
    assert waits.count(0) <= 4


def test_the_database_holds_no_name(pauses: Pauses) -> None:
    pause(pauses, "my password by mistake")
    with pauses.engine.connect() as connection:
        (name,) = connection.scalars(sa.text("SELECT name FROM sign_in_pauses"))
    assert "password" not in name


def test_attempts_are_forgotten_after_a_day(pauses: Pauses, clock: Clock) -> None:
    for _ in range(4):
        pause(pauses)
    assert pauses.delete_old() == 0
    clock.later(hours=25)
    assert pause(pauses) == 0
    assert pause(pauses) == 0
    clock.later(hours=25)
    assert pauses.delete_old() == 1

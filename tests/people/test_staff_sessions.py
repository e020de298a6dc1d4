"""Sessions: found by their token alone, ended by time, by their owner and by an admin."""

import pytest
import sqlalchemy as sa

from people.accounts import User
from people.audit import Actor
from people.staff_sessions import StaffSessions
from people.users import Users
from tests.people.clock import Clock

ANN = User("ann", "editor")


@pytest.fixture
def sessions(engine: sa.Engine, clock: Clock) -> StaffSessions:
    Users(engine, clock).add("ann", "editor", Actor("boss", "admin"))
    return StaffSessions(engine, clock)


def test_a_token_finds_its_account(sessions: StaffSessions) -> None:
    assert sessions.find(sessions.begin(ANN)) == ANN


def test_what_the_database_holds_is_no_token(sessions: StaffSessions) -> None:
    sessions.begin(ANN)
    with sessions.engine.connect() as connection:
        digest = connection.scalar(sa.text("SELECT digest FROM staff_sessions"))
    assert digest
    assert sessions.find(digest) is None


@pytest.mark.parametrize("token", ["", "made up", "\udc80", "x" * 5000])
def test_a_made_up_token_finds_nobody(sessions: StaffSessions, token: str) -> None:
    sessions.begin(ANN)
    assert sessions.find(token) is None


def test_a_session_ends_when_it_is_not_used(sessions: StaffSessions, clock: Clock) -> None:
    token = sessions.begin(ANN)
    clock.later(minutes=119)
    assert sessions.find(token) == ANN
    clock.later(minutes=119)
    assert sessions.find(token) == ANN
    clock.later(minutes=121)
    assert sessions.find(token) is None


def test_a_session_ends_however_much_it_is_used(sessions: StaffSessions, clock: Clock) -> None:
    token = sessions.begin(ANN)
    for _ in range(12):
        assert sessions.find(token) == ANN
        clock.later(minutes=60)
    clock.later(minutes=1)
    assert sessions.find(token) is None


def test_signing_out_ends_one_session(sessions: StaffSessions) -> None:
    here, there = sessions.begin(ANN), sessions.begin(ANN)
    sessions.end(here)
    assert sessions.find(here) is None
    assert sessions.find(there) == ANN


def test_signing_out_everywhere_ends_all_of_one_account(
    sessions: StaffSessions, engine: sa.Engine
) -> None:
    Users(engine).add("bob", "adviser", Actor("boss", "admin"))
    mine = [sessions.begin(ANN) for _ in range(3)]
    other = sessions.begin(User("bob", "adviser"))
    sessions.end_all(ANN)
    assert [sessions.find(token) for token in mine] == [None] * 3
    assert sessions.find(other) == User("bob", "adviser")


def test_sessions_that_are_over_are_deleted(sessions: StaffSessions, clock: Clock) -> None:
    sessions.begin(ANN)
    assert sessions.delete_ended() == 0
    clock.later(hours=3)
    assert sessions.delete_ended() == 1

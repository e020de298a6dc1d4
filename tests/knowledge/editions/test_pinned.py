import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.editions.pinned import (
    NewPin,
    Pin,
    approve_pin,
    approved_pins,
    end_pin,
    find_pin,
    pins,
    propose_pin,
)
from knowledge.editions.store import Store
from tests.postgres import postgres

NOW = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
TODAY, LAST = dt.date(2026, 12, 1), dt.date(2027, 5, 31)
NEW = NewPin("How long is notice?", "notice#length", "d" * 64, LAST)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        store = Store(f"sqlite:///{tmp_path / 'advice.db'}")
    else:
        store = Store(request.getfixturevalue("server"))
    yield store
    store.close()


def propose(store: Store, new: NewPin = NEW) -> Pin:
    with store.engine.begin() as connection:
        number = propose_pin(connection, new, "cat", NOW)
        found = find_pin(connection, number)
    assert found
    return found


def test_a_pin_is_proposed_approved_and_ended_and_each_step_happens_once(store: Store) -> None:
    pin = propose(store)
    assert (pin.question, pin.proposed_by, pin.proposed) == (NEW.question, "cat", NOW)
    with store.engine.begin() as connection:
        assert pin not in approved_pins(connection, TODAY)
        assert approve_pin(connection, pin.number, "ann", NOW)
        assert not approve_pin(connection, pin.number, "bob", NOW)
        assert [one.number for one in approved_pins(connection, TODAY)] == [pin.number]
        assert end_pin(connection, pin.number, "bob", NOW, "wrong")
        assert not end_pin(connection, pin.number, "ann", NOW, "late")
        assert approved_pins(connection, TODAY) == []
        ended = pins(connection)[0]
    assert (ended.approved_by, ended.ended_by, ended.end_reason) == ("ann", "bob", "wrong")


def test_whatever_changes_a_pin_changes_what_a_turn_reads(store: Store) -> None:
    stamps = [store.standing().pins]
    pin = propose(store)
    stamps.append(store.standing().pins)
    with store.engine.begin() as connection:
        assert approve_pin(connection, pin.number, "ann", NOW)
    stamps.append(store.standing().pins)
    with store.engine.begin() as connection:
        assert end_pin(connection, pin.number, "ann", NOW, "why")
    stamps.append(store.standing().pins)
    assert stamps == sorted(set(stamps))


def test_a_pin_holds_until_its_last_day_is_over() -> None:
    proposed = Pin(1, "q", "p", "d", False, "", LAST, "cat", NOW, None, None, None, None, "")
    approved = replace(proposed, approved_by="ann", approved=NOW)
    assert not proposed.holds(TODAY)
    assert approved.holds(LAST)
    assert not approved.holds(LAST + dt.timedelta(days=1))


def test_how_a_pin_stands_follows_from_its_days_and_its_passage() -> None:
    proposed = Pin(1, "q", "p", "d", False, "", LAST, "cat", NOW, None, None, None, None, "")
    approved = replace(proposed, approved_by="ann", approved=NOW)
    ended = replace(approved, ended_by="ann", ended=NOW)
    late = LAST + dt.timedelta(days=1)
    assert proposed.state(TODAY, found=True) == "proposed"
    assert approved.state(TODAY, found=True) == "approved"
    assert approved.state(TODAY, found=False) == "broken"
    assert ended.state(TODAY, found=False) == "ended"
    assert approved.state(late, found=True) == "ended"


def test_a_pin_that_is_over_is_not_read(store: Store) -> None:
    pin = propose(store, replace(NEW, ends=TODAY))
    with store.engine.begin() as connection:
        approve_pin(connection, pin.number, "ann", NOW)
        assert pin.number in [one.number for one in approved_pins(connection, TODAY)]
        tomorrow = TODAY + dt.timedelta(days=1)
        assert pin.number not in [one.number for one in approved_pins(connection, tomorrow)]

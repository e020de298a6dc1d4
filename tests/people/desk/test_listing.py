"""The list of cases: in the order of work, filtered and counted."""

import datetime as dt

import pytest
import sqlalchemy as sa

from people.audit import Actor
from people.cases import Cases, read_case
from people.desk.desk import Desk
from people.desk.listing import CaseFilters, Listing
from people.desk.tables import cases_table
from tests.people.test_cases import CASE

ANN = Actor("ann", "adviser")


@pytest.fixture
def listing(engine: sa.Engine) -> Listing:
    return Listing(engine)


def add(cases: Cases, urgency: str, days: float) -> str:
    """Add a case that was sent some days ago."""
    reference = cases.add(read_case({**CASE, "urgency": urgency}), "session")
    asked = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    with cases.engine.begin() as connection:
        connection.execute(
            cases_table.update().where(cases_table.c.reference == reference).values(asked=asked)
        )
    return reference


def test_the_most_urgent_come_first_and_of_those_the_oldest(cases: Cases, listing: Listing) -> None:
    no_rush, week = add(cases, "no_rush", 20), add(cases, "this_week", 1)
    new, old = add(cases, "today", 0.1), add(cases, "today", 2)
    found = [case.reference for case in listing.page(CaseFilters(), 10)]
    assert found == [old, new, week, no_rush]
    assert [case.reference for case in listing.page(CaseFilters(), 2, 1)] == [new, week]
    assert [case.reference for case in listing.every(CaseFilters())] == found


def test_filters_leave_what_fits(cases: Cases, listing: Listing, desk: Desk) -> None:
    mine, other = add(cases, "today", 2), add(cases, "no_rush", 9)
    desk.take(mine, ANN)
    now = dt.datetime.now(dt.UTC)

    def found(**filters: object) -> list[str]:
        return [one.reference for one in listing.page(CaseFilters(**filters), 9)]  # type: ignore[arg-type]

    assert found(holder="ann") == [mine]
    assert found(holder="") == [other]
    assert found(states=("new",)) == [other]
    assert found(urgency="today") == [mine]
    assert found(until=now - dt.timedelta(days=7)) == [other]
    assert found(states=("closed",)) == []


def test_cases_are_counted_by_state_and_by_age(cases: Cases, listing: Listing, desk: Desk) -> None:
    for days in (0.5, 2, 2.5, 5, 30):
        last = add(cases, "today", days)
    desk.take(last, ANN)
    assert listing.by_state() == {"new": 4, "taken": 1, "waiting": 0, "closed": 0}
    assert listing.by_age(dt.datetime.now(dt.UTC)) == {0: 1, 1: 2, 3: 1, 7: 1}


def test_the_fingerprint_is_another_after_each_change(
    cases: Cases, listing: Listing, desk: Desk
) -> None:
    seen = [listing.fingerprint()]
    reference = add(cases, "today", 1)
    seen.append(listing.fingerprint())
    desk.take(reference, ANN)
    seen.append(listing.fingerprint())
    desk.delete(reference, ANN)
    seen.append(listing.fingerprint())
    assert len(set(seen)) == 3
    assert seen[0] == seen[3]
    assert listing.fingerprint() == seen[3]

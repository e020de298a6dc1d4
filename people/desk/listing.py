"""Which cases there are: filtered, in the order of work, and counted."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from database import aware
from people.desk.case import OPEN, STATES, URGENCIES, DeskCase, State, case_of
from people.desk.tables import cases_table

# The ages by which open cases are counted: at least so many days.
AGES = (0, 1, 3, 7)
_TOGETHER = 500  # cases read at once for a file


@dataclass(frozen=True)
class CaseFilters:
    """Which cases are wanted; what is empty leaves all.

    :param states: those that fit.
    :param holder: the account that has it; None for any, empty for nobody.
    :param until: asked at this moment or before.
    :param since: asked after this moment.
    """

    states: tuple[State, ...] = OPEN
    urgency: str = ""
    holder: str | None = None
    until: dt.datetime | None = None
    since: dt.datetime | None = None


class Listing:
    """Lists the cases of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def page(self, filters: CaseFilters, most: int, begin: int = 0) -> list[DeskCase]:
        """Give cases in the order of work: the most urgent first, of those the oldest."""
        query = (
            sa.select(cases_table)
            .where(*_conditions(filters))
            .order_by(*_ORDER)
            .limit(most)
            .offset(begin)
        )
        with self.engine.connect() as connection:
            return [case_of(row) for row in connection.execute(query)]

    def every(self, filters: CaseFilters) -> Iterator[DeskCase]:
        """Give every case that fits, without holding them all."""
        begin = 0
        while found := self.page(filters, _TOGETHER, begin):
            yield from found
            begin += len(found)

    def oldest(self, filters: CaseFilters) -> dt.datetime | None:
        """Give when the oldest case that fits was sent; None when none fits."""
        query = sa.select(sa.func.min(cases_table.c.asked)).where(*_conditions(filters))
        with self.engine.connect() as connection:
            asked: dt.datetime | None = connection.scalar(query)
        return None if asked is None else aware(asked)

    def by_state(self) -> dict[State, int]:
        """Count the cases of each state."""
        query = sa.select(cases_table.c.state, sa.func.count()).group_by(cases_table.c.state)
        with self.engine.connect() as connection:
            found = {row[0]: row[1] for row in connection.execute(query)}
        return {state: found.get(state, 0) for state in STATES}

    def by_age(self, now: dt.datetime) -> dict[int, int]:
        """Count the open cases by how many days they have been open, in the steps of `AGES`."""
        limits = [now - dt.timedelta(days=days) for days in AGES]
        counts = [sa.func.count().filter(cases_table.c.asked <= limit) for limit in limits]
        query = sa.select(*counts).where(cases_table.c.state.in_(OPEN))
        with self.engine.connect() as connection:
            at_least = [*connection.execute(query).one(), 0]
        return {days: at_least[n] - at_least[n + 1] for n, days in enumerate(AGES)}

    def fingerprint(self) -> str:
        """Give a text that is another one as soon as any case is."""
        last = sa.func.max(sa.func.coalesce(cases_table.c.touched, cases_table.c.asked))
        query = (
            sa.select(cases_table.c.state, sa.func.count(), last)
            .group_by(cases_table.c.state)
            .order_by(cases_table.c.state)
        )
        with self.engine.connect() as connection:
            rows = [tuple(map(str, row)) for row in connection.execute(query)]
        return hashlib.sha256(repr(rows).encode()).hexdigest()[:32]


_ORDER = (
    sa.case({urgency: rank for rank, urgency in enumerate(URGENCIES)}, value=cases_table.c.urgency),
    cases_table.c.asked,
    cases_table.c.reference,
)


def _conditions(filters: CaseFilters) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = [cases_table.c.state.in_(filters.states)]
    if filters.urgency:
        wanted.append(cases_table.c.urgency == filters.urgency)
    if filters.holder is not None:
        wanted.append(cases_table.c.holder == filters.holder)
    if filters.until is not None:
        wanted.append(cases_table.c.asked <= filters.until)
    if filters.since is not None:
        wanted.append(cases_table.c.asked > filters.since)
    return wanted

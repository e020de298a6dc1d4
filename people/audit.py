"""The audit: who did what, when, and from which edition to which. Rows are added, never changed.

The database itself refuses to change or delete a row: see migrations/versions/0004_staff.py.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from database import aware, metadata, utc_now
from people.fields import storable

_TOGETHER = 500  # rows read at once for an export

_audit = sa.Table(
    "audit",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("who", sa.String(200), nullable=False, index=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("action", sa.String(64), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("edition_from", sa.Integer, nullable=True),
    sa.Column("edition_to", sa.Integer, nullable=True),
    sa.Column("reason", sa.Text, nullable=False),
)


@dataclass(frozen=True)
class Actor:
    """Who does something.

    :param role: the role of the account; empty for a command.
    """

    name: str
    role: str = ""


@dataclass(frozen=True)
class Act:
    """What is done.

    :param action: such as `user_added`; its words stand in the wording file of the staff pages.
    :param subject: what it was done to.
    :param edition_from: the edition that answered before, where the guidance changed.
    :param edition_to: the edition that answers since.
    """

    action: str
    subject: str = ""
    reason: str = ""
    edition_from: int | None = None
    edition_to: int | None = None


@dataclass(frozen=True)
class Recorded:
    """One row of the audit."""

    number: int
    at: dt.datetime
    actor: Actor
    act: Act


@dataclass(frozen=True)
class Filters:
    """Which rows are wanted; what is empty leaves all.

    :param who: a part of the name.
    :param subject: a part of what it was done to.
    :param since: the first moment.
    :param until: the moment after the last.
    """

    who: str = ""
    action: str = ""
    subject: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def record(
    connection: sa.Connection, actor: Actor, act: Act, at: dt.datetime | None = None
) -> None:
    """Add a row, in the transaction of what it tells of: both are kept, or neither."""
    connection.execute(
        _audit.insert().values(
            at=at or utc_now(),
            who=actor.name[:200],
            role=actor.role,
            action=act.action,
            subject=storable(act.subject),
            edition_from=act.edition_from,
            edition_to=act.edition_to,
            reason=storable(act.reason),
        )
    )


class Audit:
    """Reads what was recorded."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def record(self, actor: Actor, act: Act) -> None:
        """Add a row for something that changed nothing else in the database."""
        with self.engine.begin() as connection:
            record(connection, actor, act)

    def rows(self, filters: Filters, most: int, below: int | None = None) -> list[Recorded]:
        """Give the newest rows that fit.

        :param below: only rows with a lower number than this: the next page.
        """
        query = sa.select(_audit).where(*_conditions(filters)).order_by(_audit.c.number.desc())
        if below is not None:
            query = query.where(_audit.c.number < below)
        with self.engine.connect() as connection:
            return [_recorded(row) for row in connection.execute(query.limit(most))]

    def every(self, filters: Filters) -> Iterator[Recorded]:
        """Give every row that fits, the newest first, without holding them all."""
        below: int | None = None
        while rows := self.rows(filters, _TOGETHER, below):
            yield from rows
            below = rows[-1].number


def _conditions(filters: Filters) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = []
    if filters.who:
        wanted.append(_audit.c.who.icontains(filters.who, autoescape=True))
    if filters.action:
        wanted.append(_audit.c.action == filters.action)
    if filters.subject:
        wanted.append(_audit.c.subject.icontains(filters.subject, autoescape=True))
    if filters.since:
        wanted.append(_audit.c.at >= filters.since)
    if filters.until:
        wanted.append(_audit.c.at < filters.until)
    return wanted


def _recorded(row: sa.Row[Any]) -> Recorded:
    act = Act(row.action, row.subject, row.reason, row.edition_from, row.edition_to)
    return Recorded(row.number, aware(row.at), Actor(row.who, row.role), act)

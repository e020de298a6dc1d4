"""Pinned answers: "for this question, this passage", proposed, approved, and ended on a day.

They are the one thing that an answer may owe to a question known beforehand: so each is visible,
approved by an editor, and dated. Nothing is deleted: what ended stays in the list.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from database import aware, metadata

LONGEST_DAYS = 366  # a pinned answer holds for at most a year

PinState = Literal["proposed", "approved", "broken", "ended"]
PIN_STATES: tuple[PinState, ...] = ("proposed", "approved", "broken", "ended")

pinned_table = sa.Table(
    "pinned_answers",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("passage_id", sa.String(500), nullable=False),
    sa.Column("passage_digest", sa.String(64), nullable=False),
    sa.Column("whole", sa.Boolean, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("ends", sa.Date, nullable=False),
    sa.Column("proposed_by", sa.String(200), nullable=False),
    sa.Column("proposed", sa.DateTime(timezone=True), nullable=False),
    sa.Column("approved_by", sa.String(200), nullable=True),
    sa.Column("approved", sa.DateTime(timezone=True), nullable=True),
    sa.Column("ended_by", sa.String(200), nullable=True),
    sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
    sa.Column("end_reason", sa.Text, nullable=False, server_default=""),
    # Grows with each change of the row: see `pins_stamp`.
    sa.Column("changes", sa.Integer, nullable=False),
)


@dataclass(frozen=True)
class NewPin:
    """What somebody proposes.

    :param passage_id: the passage that answers, and the digest of its text as it was then.
    :param whole: quote the whole passage, not only the sentences that the reader chooses.
    :param ends: the last day on which it holds.
    """

    question: str
    passage_id: str
    passage_digest: str
    ends: dt.date
    whole: bool = False
    note: str = ""


@dataclass(frozen=True)
class Pin:
    """A pinned answer, as it stands."""

    number: int
    question: str
    passage_id: str
    passage_digest: str
    whole: bool
    note: str
    ends: dt.date
    proposed_by: str
    proposed: dt.datetime
    approved_by: str | None
    approved: dt.datetime | None
    ended_by: str | None
    ended: dt.datetime | None
    end_reason: str

    def holds(self, today: dt.date) -> bool:
        """Say whether it is approved, not ended, and its last day is not over."""
        return self.approved is not None and self.ended is None and today <= self.ends

    def state(self, today: dt.date, found: bool) -> PinState:
        """Say how it stands.

        :param found: whether the edition holds its passage with the text it had.
        """
        if self.ended is not None or today > self.ends:
            return "ended"
        if not found:
            return "broken"
        return "approved" if self.approved is not None else "proposed"


def pins_stamp() -> sa.ScalarSelect[int]:
    """Give, as part of a query, a number that grows whenever anything about pinned answers does."""
    return sa.select(sa.func.coalesce(sa.func.sum(pinned_table.c.changes), 0)).scalar_subquery()


def pins(connection: sa.Connection) -> list[Pin]:
    """Give every pinned answer, the newest first."""
    query = sa.select(pinned_table).order_by(pinned_table.c.number.desc())
    return [_pin(row) for row in connection.execute(query)]


def find_pin(connection: sa.Connection, number: int) -> Pin | None:
    """Give one pinned answer, or None."""
    query = sa.select(pinned_table).where(pinned_table.c.number == number)
    row = connection.execute(query).one_or_none()
    return None if row is None else _pin(row)


def approved_pins(connection: sa.Connection, today: dt.date) -> list[Pin]:
    """Give those that hold today, the oldest first."""
    table = pinned_table
    query = sa.select(table).where(
        table.c.approved.is_not(None), table.c.ended.is_(None), table.c.ends >= today
    )
    return [_pin(row) for row in connection.execute(query.order_by(table.c.number))]


def propose_pin(connection: sa.Connection, new: NewPin, by: str, at: dt.datetime) -> int:
    """Add a proposal; give its number."""
    result = connection.execute(
        pinned_table.insert().values(
            question=new.question,
            passage_id=new.passage_id,
            passage_digest=new.passage_digest,
            whole=new.whole,
            note=new.note,
            ends=new.ends,
            proposed_by=by[:200],
            proposed=at,
            changes=1,
        )
    )
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # it was inserted


def approve_pin(connection: sa.Connection, number: int, by: str, at: dt.datetime) -> bool:
    """Approve a proposal; say whether it still was one."""
    return _change(
        connection,
        number,
        pinned_table.c.approved.is_(None),
        {"approved_by": by[:200], "approved": at},
    )


def end_pin(connection: sa.Connection, number: int, by: str, at: dt.datetime, reason: str) -> bool:
    """End a pinned answer, or turn a proposal down; say whether it had not ended."""
    return _change(
        connection, number, sa.true(), {"ended_by": by[:200], "ended": at, "end_reason": reason}
    )


def _change(
    connection: sa.Connection,
    number: int,
    only: sa.ColumnElement[bool],
    values: dict[str, Any],
) -> bool:
    """Change a row unless somebody was faster: one conditional statement."""
    table = pinned_table
    statement = table.update().where(table.c.number == number, table.c.ended.is_(None), only)
    result = connection.execute(statement.values(changes=table.c.changes + 1, **values))
    return bool(result.rowcount)


def _pin(row: sa.Row[Any]) -> Pin:
    return Pin(
        row.number,
        row.question,
        row.passage_id,
        row.passage_digest,
        row.whole,
        row.note,
        row.ends,
        row.proposed_by,
        aware(row.proposed),
        row.approved_by,
        aware(row.approved) if row.approved else None,
        row.ended_by,
        aware(row.ended) if row.ended else None,
        row.end_reason,
    )

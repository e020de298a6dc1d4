"""What is switched off for members: the whole bot, a document, a topic.

It outlives editions: a document that is off stays off when it is published again.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from database import aware, metadata
from knowledge.documents.document import Document
from knowledge.editions.pinned import pins_stamp
from knowledge.editions.tables import editions_table

Kind = Literal["bot", "document", "topic"]

switched_off_table = sa.Table(
    "switched_off",
    metadata,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("since", sa.DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True)
class Switch:
    """One thing that is off.

    :param name: of the document or topic; empty for the bot.
    """

    kind: Kind
    name: str
    reason: str
    by: str
    since: dt.datetime


@dataclass(frozen=True)
class Off:
    """All that is off, as an answer needs it."""

    bot: bool = False
    documents: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()

    def hides(self, document: Document) -> bool:
        """Say whether a document may not be shown to members now."""
        return document.id in self.documents or not self.topics.isdisjoint(document.topics)


@dataclass(frozen=True)
class Standing:
    """What holds for a turn.

    :param number: of the newest edition, if there is one.
    :param pins: grows whenever a pinned answer changes.
    """

    number: int | None
    off: Off
    pins: int = 0


def standing(connection: sa.Connection) -> Standing:
    """Read, in one query, what holds for a turn."""
    newest = sa.select(
        sa.func.max(editions_table.c.number).label("number"), pins_stamp().label("pins")
    ).subquery()
    rows = connection.execute(
        sa.select(
            newest.c.number, newest.c.pins, switched_off_table.c.kind, switched_off_table.c.name
        ).select_from(newest.outerjoin(switched_off_table, sa.true()))
    ).all()

    def named(kind: Kind) -> frozenset[str]:
        return frozenset(row.name for row in rows if row.kind == kind)

    off = Off(bool(named("bot")), named("document"), named("topic"))
    return Standing(rows[0].number, off, int(rows[0].pins))


def switches(connection: sa.Connection) -> list[Switch]:
    """Give all that is off, the bot first."""
    table = switched_off_table
    rows = connection.execute(sa.select(table).order_by(table.c.kind, table.c.name))
    return [Switch(row.kind, row.name, row.reason, row.by, aware(row.since)) for row in rows]


def turn_off(connection: sa.Connection, switch: Switch) -> None:
    """Switch something off; what is off already gets the new reason."""
    turn_on(connection, switch.kind, switch.name)
    connection.execute(
        switched_off_table.insert().values(
            kind=switch.kind,
            name=switch.name,
            reason=switch.reason,
            by=switch.by,
            since=switch.since,
        )
    )


def turn_on(connection: sa.Connection, kind: Kind, name: str) -> bool:
    """Switch something on again; say whether it was off."""
    table = switched_off_table
    return bool(
        connection.execute(
            table.delete().where(table.c.kind == kind, table.c.name == name)
        ).rowcount
    )

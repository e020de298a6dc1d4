"""What became of one document, from edition to edition."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from database import aware
from knowledge.editions.edition import Version
from knowledge.editions.loading import load_version
from knowledge.editions.tables import edition_versions_table, editions_table, versions_table

Happened = Literal["created", "changed", "removed", "returned"]


@dataclass(frozen=True)
class Step:
    """An edition in which a document became another one, came or went.

    :param by: who or what made the edition.
    :param note: why it was made.
    """

    edition: int
    published: dt.datetime
    by: str
    note: str
    what: Happened


def history(connection: sa.Connection, document_id: str) -> tuple[Step, ...]:
    """Give every step of a document, the newest first; none if it was never published."""
    held = (
        sa.select(edition_versions_table.c.edition, edition_versions_table.c.version)
        .join(versions_table, versions_table.c.digest == edition_versions_table.c.version)
        .where(versions_table.c.document_id == document_id)
        .subquery()
    )
    table = editions_table.c
    rows = connection.execute(
        sa.select(table.number, table.published, table.by, table.note, held.c.version)
        .join_from(editions_table, held, held.c.edition == table.number, isouter=True)
        .order_by(table.number)
    )
    steps: list[Step] = []
    before: str | None = None
    for row in rows:
        if row.version != before:
            what = _happened(before, row.version, bool(steps))
            steps.append(Step(row.number, aware(row.published), row.by, row.note, what))
        before = row.version
    return tuple(reversed(steps))


def last_edition(connection: sa.Connection, document_id: str) -> int | None:
    """Give the number of the newest edition that held a document, or None."""
    number: int | None = connection.scalar(
        sa.select(sa.func.max(edition_versions_table.c.edition))
        .join(versions_table, versions_table.c.digest == edition_versions_table.c.version)
        .where(versions_table.c.document_id == document_id)
    )
    return number


def last_version(connection: sa.Connection, document_id: str) -> Version | None:
    """Give a document as the newest edition that held it did, or None."""
    number = last_edition(connection, document_id)
    return None if number is None else load_version(connection, document_id, number)


def _happened(before: str | None, after: str | None, known: bool) -> Happened:
    if after is None:
        return "removed"
    if before is None:
        return "returned" if known else "created"
    return "changed"

"""Editors' golden questions: a question, and the passage that should answer it, or that none may.

Those under tests/golden are the developers' own; these lie in the database.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from database import aware, metadata

LONGEST_QUESTION = 500  # characters; of golden questions, and of pinned ones

golden_table = sa.Table(
    "golden_questions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("question", sa.Text, nullable=False, unique=True),
    sa.Column("passage_id", sa.String(500), nullable=True),
    sa.Column("passage_digest", sa.String(64), nullable=True),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("by", sa.String(200), nullable=False),
    sa.Column("made", sa.DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True)
class NewGolden:
    """A golden question to be added.

    :param passage_id: the passage that should answer; empty when nothing may.
    :param passage_digest: of its text now, so that it is found under another name too.
    """

    question: str
    passage_id: str = ""
    passage_digest: str = ""
    note: str = ""


@dataclass(frozen=True)
class GoldenQuestion(NewGolden):
    """A golden question, as it was added."""

    number: int = 0
    by: str = ""
    made: dt.datetime = dt.datetime.min

    def line(self) -> str:
        """Give it as a line of JSON, as `advice golden import` reads it."""
        values = {
            "question": self.question,
            "passage": self.passage_id or None,
            "note": self.note,
        }
        return json.dumps(values, ensure_ascii=False)


def golden_questions(connection: sa.Connection) -> list[GoldenQuestion]:
    """Give them all, the newest first."""
    rows = connection.execute(sa.select(golden_table).order_by(golden_table.c.number.desc()))
    return list(_questions(rows))


def add_golden(connection: sa.Connection, new: NewGolden, by: str, at: dt.datetime) -> int | None:
    """Add one; give its number, or None if the same question is there already."""
    same = sa.select(golden_table.c.number).where(golden_table.c.question == new.question)
    if connection.scalar(same) is not None:
        return None
    result = connection.execute(
        golden_table.insert().values(
            question=new.question,
            passage_id=new.passage_id or None,
            passage_digest=new.passage_digest or None,
            note=new.note,
            by=by[:200],
            made=at,
        )
    )
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # it was inserted


def remove_golden(connection: sa.Connection, number: int) -> GoldenQuestion | None:
    """Remove one and give it; None if it was gone."""
    row = golden_table.c.number == number
    found = list(_questions(connection.execute(sa.select(golden_table).where(row))))
    if not found or not connection.execute(golden_table.delete().where(row)).rowcount:
        return None
    return found[0]


def _questions(rows: sa.CursorResult[Any]) -> Iterator[GoldenQuestion]:
    for row in rows:
        yield GoldenQuestion(
            question=row.question,
            passage_id=row.passage_id or "",
            passage_digest=row.passage_digest or "",
            note=row.note,
            number=row.number,
            by=row.by,
            made=aware(row.made),
        )

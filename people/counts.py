"""Counts of days, which hold nothing of anybody and outlive what was counted.

What is kept is counted where it is; when it is deleted it leaves its counts here, in the same
transaction. So everything is counted exactly once. Days are days in UTC.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from database import aware, metadata

Key = tuple[dt.date, str]

counts_table = sa.Table(
    "daily_counts",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("name", sa.String(500), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)


def day_of(moment: dt.datetime) -> dt.date:
    """Give the day on which something counts."""
    return aware(moment).astimezone(dt.UTC).date()


def leave_counts(connection: sa.Connection, counts: Mapping[Key, int]) -> None:
    """Add to the counts, in the transaction in which what was counted is deleted."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    # In one order everywhere: two processes that add at once never wait for each other in turn.
    for (day, name), count in sorted(counts.items()):
        row = insert(counts_table).values(day=day, name=name[:500], count=count)
        connection.execute(
            row.on_conflict_do_update(
                index_elements=[counts_table.c.day, counts_table.c.name],
                set_={"count": counts_table.c.count + row.excluded.count},
            )
        )


def left_counts(
    connection: sa.Connection, first: dt.date, last: dt.date, prefix: str
) -> Counter[Key]:
    """Give what was left for some days, of all names that begin so."""
    query = sa.select(counts_table).where(
        counts_table.c.day.between(first, last),
        counts_table.c.name.startswith(prefix, autoescape=True),
    )
    return Counter({(row.day, row.name): row.count for row in connection.execute(query)})

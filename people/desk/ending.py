"""What a case leaves behind: counts, and nothing of its member or its advisers."""

import datetime as dt
from collections import Counter
from typing import Any

import sqlalchemy as sa

from database import aware
from people.counts import Key, day_of, leave_counts
from people.desk.tables import cases_table, notes_table

# How long something took, in hours, and what that is counted as; longer than all is `longer`.
BANDS = {"1h": 1, "4h": 4, "1d": 24, "3d": 72, "7d": 168}
LONGER, NEVER = "longer", "never"
ALL_BANDS = (*BANDS, LONGER, NEVER)
_COUNTED = ("asked", "urgency", "outcome", "contacted", "closed")


def end_cases(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> int:
    """Delete cases with their notes, and leave their counts; give how many there were."""
    references = sa.select(cases_table.c.reference).where(*which)
    connection.execute(notes_table.delete().where(notes_table.c.reference.in_(references)))
    columns = [cases_table.c[name] for name in _COUNTED]
    rows = connection.execute(cases_table.delete().where(*which).returning(*columns)).all()
    leave_counts(connection, counted(rows))
    return len(rows)


def live_counts(connection: sa.Connection, first: dt.date, last: dt.date) -> Counter[Key]:
    """Give the counts of the cases that are there and were asked on some days."""
    begin = dt.datetime.combine(first, dt.time(), dt.UTC)
    end = dt.datetime.combine(last + dt.timedelta(1), dt.time(), dt.UTC)
    query = sa.select(*(cases_table.c[name] for name in _COUNTED)).where(
        cases_table.c.asked >= begin, cases_table.c.asked < end
    )
    return counted(connection.execute(query).all())


def counted(rows: Any) -> Counter[Key]:
    """Count cases on the days on which they were asked."""
    counts: Counter[Key] = Counter()
    for row in rows:
        day = day_of(row.asked)
        counts[day, "case"] += 1
        counts[day, f"case.urgency.{row.urgency}"] += 1
        counts[day, f"case.outcome.{row.outcome or 'open'}"] += 1
        counts[day, f"case.contact.{_band(row.asked, row.contacted)}"] += 1
        counts[day, f"case.close.{_band(row.asked, row.closed)}"] += 1
    return counts


def _band(begin: dt.datetime, end: dt.datetime | None) -> str:
    if end is None:
        return NEVER
    hours = (aware(end) - aware(begin)).total_seconds() / 3600
    return next((name for name, most in BANDS.items() if hours <= most), LONGER)

"""Inserting what may be there already: two processes may find out the same thing at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

SQL_BATCH = 500


def insert_new(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows, leaving those whose key is there already as they are."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    keys = [column.name for column in table.primary_key]
    # In one order everywhere: on Postgres two who wait for each other's rows would be stuck.
    ordered = sorted(rows, key=lambda row: [row[key] for key in keys])
    for start in range(0, len(ordered), SQL_BATCH):
        some = [dict(row) for row in ordered[start : start + SQL_BATCH]]
        connection.execute(insert(table).on_conflict_do_nothing(), some)

"""What the newest edition's documents are called and about, without loading their text."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from knowledge.editions.tables import edition_versions_table, editions_table, versions_table


@dataclass(frozen=True)
class Brief:
    """A document in brief."""

    title: str
    topics: tuple[str, ...]


def briefs(connection: sa.Connection) -> Mapping[str, Brief]:
    """Give the documents of the newest edition in brief, by their names."""
    newest = sa.select(sa.func.max(editions_table.c.number)).scalar_subquery()
    query = (
        sa.select(versions_table.c.document_id, versions_table.c.metadata)
        .join(edition_versions_table, edition_versions_table.c.version == versions_table.c.digest)
        .where(edition_versions_table.c.edition == newest)
        .order_by(versions_table.c.document_id)
    )
    return {
        row.document_id: Brief(row.metadata["title"], tuple(row.metadata.get("topics") or ()))
        for row in connection.execute(query)
    }

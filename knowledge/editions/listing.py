"""The documents of the newest edition without their text: what lists and reminders need."""

from dataclasses import dataclass

import sqlalchemy as sa

from knowledge.documents.document import Document, Passage, parse_metadata
from knowledge.editions.tables import (
    edition_versions_table,
    editions_table,
    passages_table,
    version_passages_table,
    versions_table,
)


@dataclass(frozen=True)
class Listed:
    """A document as it is published now.

    :param digest: of its version: it tells whether anything of the document has changed since.
    """

    document: Document
    digest: str


def listed(connection: sa.Connection) -> tuple[Listed, ...]:
    """Give the documents of the newest edition, by name; none before the first one."""
    newest = sa.select(sa.func.max(editions_table.c.number)).scalar_subquery()
    rows = connection.execute(
        sa.select(versions_table.c.digest, versions_table.c.document_id, versions_table.c.metadata)
        .join(edition_versions_table, edition_versions_table.c.version == versions_table.c.digest)
        .where(edition_versions_table.c.edition == newest)
        .order_by(versions_table.c.document_id)
    )
    return tuple(
        Listed(parse_metadata(row.metadata, row.document_id, row.document_id), row.digest)
        for row in rows
    )


def passages_of(connection: sa.Connection, one: Listed) -> tuple[Passage, ...]:
    """Give the text of one document."""
    places, texts, name = version_passages_table, passages_table, one.document.id
    rows = connection.execute(
        sa.select(places.c.anchor, places.c.page, texts.c.headings, texts.c.text)
        .join(texts, texts.c.digest == places.c.passage)
        .where(places.c.version == one.digest)
        .order_by(places.c.position)
    )
    return tuple(
        Passage(f"{name}#{row.anchor}", name, tuple(row.headings), row.text, row.page)
        for row in rows
    )

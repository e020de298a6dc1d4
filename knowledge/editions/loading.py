"""Reading versions of documents, with their passages, out of the database."""

from typing import Any

import sqlalchemy as sa

from knowledge.documents.document import Passage, parse_metadata
from knowledge.editions.edition import StoredPassage, Version
from knowledge.editions.tables import (
    edition_versions_table,
    passages_table,
    version_passages_table,
    versions_table,
)
from knowledge.language.sentences import Sentence


def load_versions(
    connection: sa.Connection, number: int, document_id: str | None = None
) -> tuple[Version, ...]:
    """Give the versions of an edition, in the order of their identifiers.

    :param document_id: give this document's version alone, if the edition holds it.
    """
    chosen = edition_versions_table.c.edition == number
    if document_id is not None:
        own = sa.select(versions_table.c.digest).where(versions_table.c.document_id == document_id)
        chosen &= edition_versions_table.c.version.in_(own)
    rows = connection.execute(
        sa.select(versions_table, edition_versions_table.c.origins)
        .join(edition_versions_table, edition_versions_table.c.version == versions_table.c.digest)
        .where(chosen)
        .order_by(versions_table.c.document_id)
    ).all()
    texts = connection.execute(
        sa.select(version_passages_table, passages_table)
        .join(passages_table, passages_table.c.digest == version_passages_table.c.passage)
        .join(
            edition_versions_table,
            edition_versions_table.c.version == version_passages_table.c.version,
        )
        .where(chosen)
        .order_by(version_passages_table.c.version, version_passages_table.c.position)
    ).all()
    by_version: dict[str, list[Any]] = {}
    for text in texts:
        by_version.setdefault(text.version, []).append(text)
    return tuple(
        Version(
            document=parse_metadata(row.metadata, row.document_id, row.document_id),
            passages=tuple(
                _stored_passage(row.document_id, text) for text in by_version.get(row.digest, [])
            ),
            origins=tuple(row.origins),
        )
        for row in rows
    )


def load_version(connection: sa.Connection, document_id: str, number: int) -> Version | None:
    """Give a document as an edition holds it, or None."""
    return next(iter(load_versions(connection, number, document_id)), None)


def version_of(connection: sa.Connection, digest: str) -> Version | None:
    """Give a version of a document, published now or before; its origins are not said."""
    row = connection.execute(
        sa.select(versions_table).where(versions_table.c.digest == digest)
    ).one_or_none()
    if row is None:
        return None
    texts = connection.execute(
        sa.select(version_passages_table, passages_table)
        .join(passages_table, passages_table.c.digest == version_passages_table.c.passage)
        .where(version_passages_table.c.version == digest)
        .order_by(version_passages_table.c.position)
    ).all()
    passages = tuple(_stored_passage(row.document_id, text) for text in texts)
    return Version(parse_metadata(row.metadata, row.document_id, row.document_id), passages, ())


def _stored_passage(document_id: str, row: Any) -> StoredPassage:
    sentences = tuple(
        Sentence(row.text[start:end], start, end, kind, lead_in)
        for start, end, kind, lead_in in row.sentences
    )
    passage = Passage(
        f"{document_id}#{row.anchor}", document_id, tuple(row.headings), row.text, row.page
    )
    return StoredPassage(passage, sentences)

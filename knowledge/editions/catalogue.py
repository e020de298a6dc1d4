"""What a list of documents shows of each: read without loading a single passage."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from database import aware
from knowledge.documents.document import Document, Passage, parse_metadata
from knowledge.editions.inserting import SQL_BATCH
from knowledge.editions.switches import Off
from knowledge.editions.tables import (
    edition_versions_table,
    editions_table,
    passages_table,
    version_passages_table,
    versions_table,
    withdrawn_table,
)

Status = Literal["live", "past_review", "withdrawn", "off"]


@dataclass(frozen=True)
class Listed:
    """A document as a list shows it.

    :param version: the digest of its version.
    :param passages: how many it has.
    :param withdrawn: since when it is removed by hand, None for one of the edition.
    """

    document: Document
    version: str
    passages: int
    withdrawn: dt.datetime | None = None

    def status(self, today: dt.date, off: Off) -> Status:
        """Say whether members see it, and if they do not, why."""
        if self.withdrawn is not None:
            return "withdrawn"
        if off.hides(self.document):
            return "off"
        return "past_review" if self.document.past_review(today) else "live"


def catalogue(connection: sa.Connection, number: int) -> tuple[Listed, ...]:
    """Give the documents of an edition, and those that were removed by hand as they were last."""
    return (*_published(connection, number), *_withdrawn(connection))


def listed(connection: sa.Connection, number: int, document_id: str) -> Listed | None:
    """Give one of these documents, or None."""
    own = versions_table.c.document_id == document_id
    found = (*_published(connection, number, own), *_withdrawn(connection, own))
    return found[0] if found else None


def newest(connection: sa.Connection) -> tuple[Listed, ...]:
    """Give the documents of the newest edition, by name; none before the first one."""
    number = connection.scalar(sa.select(sa.func.max(editions_table.c.number)))
    return _published(connection, number) if number else ()


def passages_of(connection: sa.Connection, name: str, version: str) -> tuple[Passage, ...]:
    """Give the text of one version of a document, by the version's digest."""
    places, texts = version_passages_table, passages_table
    rows = connection.execute(
        sa.select(places.c.anchor, places.c.page, texts.c.headings, texts.c.text)
        .join(texts, texts.c.digest == places.c.passage)
        .where(places.c.version == version)
        .order_by(places.c.position)
    )
    return tuple(
        Passage(f"{name}#{row.anchor}", name, tuple(row.headings), row.text, row.page)
        for row in rows
    )


def titles(connection: sa.Connection, versions: Collection[str]) -> dict[str, str]:
    """Give the titles of documents by the digest of their version."""
    found: dict[str, str] = {}
    digests = list(versions)
    for start in range(0, len(digests), SQL_BATCH):
        chosen = sa.select(versions_table.c.digest, versions_table.c.metadata).where(
            versions_table.c.digest.in_(digests[start : start + SQL_BATCH])
        )
        found |= {row.digest: str(row.metadata["title"]) for row in connection.execute(chosen)}
    return found


def versions_with(
    connection: sa.Connection, number: int, documents: Collection[Listed], words: Sequence[str]
) -> dict[str, set[str]]:
    """Give for each word the versions, by digest, that hold it in a text or a heading.

    A part of a word counts as well. The texts are gone through once for all words.

    :param documents: what `catalogue` gave for the edition.
    """
    withdrawn = [one.version for one in documents if one.withdrawn]
    version = version_passages_table.c.version
    published = sa.select(edition_versions_table.c.version).where(
        edition_versions_table.c.edition == number
    )
    said = passages_table.c.text + " " + sa.cast(passages_table.c.headings, sa.Text)
    holds = [
        sa.func.max(sa.case((said.icontains(word, autoescape=True), 1), else_=0)) for word in words
    ]
    rows = connection.execute(
        sa.select(version, *holds)
        .join(passages_table, passages_table.c.digest == version_passages_table.c.passage)
        .where(sa.or_(version.in_(published), version.in_(withdrawn)))
        .group_by(version)
    ).all()
    return {
        word: {row[0] for row in rows if row[place]} for place, word in enumerate(words, start=1)
    }


_PASSAGES = (
    sa.select(sa.func.count())
    .where(version_passages_table.c.version == versions_table.c.digest)
    .scalar_subquery()
    .label("passages")
)


def _published(
    connection: sa.Connection, number: int, *only: sa.ColumnElement[bool]
) -> tuple[Listed, ...]:
    rows = connection.execute(
        sa.select(versions_table, _PASSAGES)
        .join(edition_versions_table, edition_versions_table.c.version == versions_table.c.digest)
        .where(edition_versions_table.c.edition == number, *only)
        .order_by(versions_table.c.document_id)
    )
    return tuple(_listed(row) for row in rows.mappings())


def _withdrawn(connection: sa.Connection, *only: sa.ColumnElement[bool]) -> tuple[Listed, ...]:
    last = (
        sa.select(
            versions_table.c.document_id,
            sa.func.max(edition_versions_table.c.edition).label("edition"),
        )
        .join(edition_versions_table, edition_versions_table.c.version == versions_table.c.digest)
        .join(withdrawn_table, withdrawn_table.c.document_id == versions_table.c.document_id)
        .group_by(versions_table.c.document_id)
        .subquery()
    )
    rows = connection.execute(
        sa.select(versions_table, _PASSAGES, withdrawn_table.c.withdrawn)
        .join(last, last.c.document_id == versions_table.c.document_id)
        .join(
            edition_versions_table,
            sa.and_(
                edition_versions_table.c.edition == last.c.edition,
                edition_versions_table.c.version == versions_table.c.digest,
            ),
        )
        .join(withdrawn_table, withdrawn_table.c.document_id == versions_table.c.document_id)
        .where(*only)
        .order_by(versions_table.c.document_id)
    )
    return tuple(_listed(row) for row in rows.mappings())


def _listed(row: Mapping[Any, Any]) -> Listed:
    document = parse_metadata(row["metadata"], row["document_id"], row["document_id"])
    since = row.get("withdrawn")
    return Listed(document, row["digest"], row["passages"], aware(since) if since else None)

"""Documents, editions and passages, in one SQL database; vectors beside them.

Nothing that was published is changed in place: a changed document is a new version, and an edition
is a list of versions. So an answer comes from exactly one edition, and any edition can be brought
back.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from database import metadata, open_database
from knowledge.documents.document import Document, Passage, metadata_of, parse_metadata
from knowledge.editions.embedded import Embedded, digest_of
from knowledge.errors import EditionError
from knowledge.language.sentences import Sentence

_versions = sa.Table(
    "versions",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("document_id", sa.String(200), nullable=False, index=True),
    sa.Column("metadata", sa.JSON, nullable=False),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
)
_passages = sa.Table(
    "passages",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("headings", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sentences", sa.JSON, nullable=False),
)
_version_passages = sa.Table(
    "version_passages",
    metadata,
    sa.Column("version", sa.ForeignKey(_versions.c.digest), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("anchor", sa.String(200), nullable=False),
    sa.Column("passage", sa.ForeignKey(_passages.c.digest), nullable=False),
)
_editions = sa.Table(
    "editions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("published", sa.DateTime(timezone=True), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("settings", sa.JSON, nullable=False),
    sa.Column("by", sa.Text, nullable=False, server_default=""),
    sa.Column("base", sa.Integer, nullable=True),
    sa.Column("digest", sa.String(64), nullable=True),
)
_edition_versions = sa.Table(
    "edition_versions",
    metadata,
    sa.Column("edition", sa.ForeignKey(_editions.c.number), primary_key=True),
    sa.Column("version", sa.ForeignKey(_versions.c.digest), primary_key=True),
    sa.Column("origins", sa.JSON, nullable=False),
)
_withdrawn = sa.Table(
    "withdrawn",
    metadata,
    sa.Column("document_id", sa.String(200), primary_key=True),
    sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True)
class StoredPassage:
    """A passage with its sentences, as an edition holds it."""

    passage: Passage
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Version:
    """One state of one document.

    :param digest: SHA-256 of the metadata and all passages: equal states have equal digests.
    :param origins: the files that hold this document; it goes when the last one goes.
    """

    document: Document
    passages: tuple[StoredPassage, ...]
    origins: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Give the version's identity, which does not depend on where the files lie."""
        content = [
            self.document.id,
            metadata_of(self.document),
            [[p.passage.id, p.passage.headings, p.passage.text] for p in self.passages],
        ]
        return digest_of(json.dumps(content, sort_keys=True, ensure_ascii=False))


@dataclass(frozen=True)
class Edition:
    """One published state of the whole index.

    :param settings: the model, the text analyser and the coverage model it was built with.
    """

    number: int
    published: dt.datetime
    note: str
    settings: Mapping[str, Any]
    versions: tuple[Version, ...]

    @property
    def documents(self) -> dict[str, Document]:
        """Give the edition's documents by identifier."""
        return {version.document.id: version.document for version in self.versions}


def _passage_digest(stored: StoredPassage) -> str:
    return digest_of(json.dumps([stored.passage.headings, stored.passage.text]))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Store:
    """The database that holds every edition.

    :param url: a SQLAlchemy address; SQLite's file is made when it does not exist.
    """

    def __init__(self, url: str) -> None:
        self.engine = open_database(url)
        self.embedded = Embedded(self.engine)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    # --- editions

    def latest_number(self) -> int | None:
        """Give the number of the edition that answers now, or None before the first one."""
        with self.engine.connect() as connection:
            number: int | None = connection.scalar(sa.select(sa.func.max(_editions.c.number)))
            return number

    def latest(self) -> Edition:
        """Load the edition that answers now.

        :raises EditionError: if nothing has been published yet.
        """
        number = self.latest_number()
        if number is None:
            raise EditionError("No guidance has been published. Run 'advice add' with its folder.")
        return self.edition(number)

    def edition(self, number: int) -> Edition:
        """Load one edition, whole.

        :raises EditionError: if there is no such edition.
        """
        with self.engine.connect() as connection:
            row = connection.execute(
                sa.select(_editions).where(_editions.c.number == number)
            ).one_or_none()
            if row is None:
                raise EditionError(f"There is no edition {number}.")
            versions = self._load_versions(connection, number)
        return Edition(row.number, row.published, row.note, row.settings, versions)

    def publish(
        self, versions: Sequence[Version], settings: Mapping[str, Any], note: str
    ) -> Edition:
        """Save a new edition in one transaction and make it the one that answers."""
        with self.engine.begin() as connection:
            for version in versions:
                self._save_version(connection, version)
            result = connection.execute(
                _editions.insert().values(published=_now(), note=note, settings=dict(settings))
            )
            number = int(result.inserted_primary_key[0])  # type: ignore[index]
            if versions:
                connection.execute(
                    _edition_versions.insert(),
                    [
                        {"edition": number, "version": v.digest, "origins": list(v.origins)}
                        for v in versions
                    ],
                )
        return self.edition(number)

    def _load_versions(self, connection: sa.Connection, number: int) -> tuple[Version, ...]:
        rows = connection.execute(
            sa.select(_versions, _edition_versions.c.origins)
            .join(_edition_versions, _edition_versions.c.version == _versions.c.digest)
            .where(_edition_versions.c.edition == number)
            .order_by(_versions.c.document_id)
        ).all()
        texts = connection.execute(
            sa.select(_version_passages, _passages)
            .join(_passages, _passages.c.digest == _version_passages.c.passage)
            .join(_edition_versions, _edition_versions.c.version == _version_passages.c.version)
            .where(_edition_versions.c.edition == number)
            .order_by(_version_passages.c.version, _version_passages.c.position)
        ).all()
        by_version: dict[str, list[Any]] = {}
        for text in texts:
            by_version.setdefault(text.version, []).append(text)
        return tuple(
            Version(
                document=parse_metadata(row.metadata, row.document_id, row.document_id),
                passages=tuple(
                    _stored_passage(row.document_id, text)
                    for text in by_version.get(row.digest, [])
                ),
                origins=tuple(row.origins),
            )
            for row in rows
        )

    def _save_version(self, connection: sa.Connection, version: Version) -> None:
        digest = version.digest
        known = connection.scalar(sa.select(sa.func.count()).where(_versions.c.digest == digest))
        if known:
            return
        connection.execute(
            _versions.insert().values(
                digest=digest,
                document_id=version.document.id,
                metadata=metadata_of(version.document),
                created=_now(),
            )
        )
        for position, stored in enumerate(version.passages):
            passage = _passage_digest(stored)
            # Text that several documents share is stored once.
            if not connection.scalar(
                sa.select(sa.func.count()).where(_passages.c.digest == passage)
            ):
                connection.execute(
                    _passages.insert().values(
                        digest=passage,
                        headings=list(stored.passage.headings),
                        text=stored.passage.text,
                        sentences=[[s.start, s.end, s.kind, s.lead_in] for s in stored.sentences],
                    )
                )
            connection.execute(
                _version_passages.insert().values(
                    version=digest,
                    position=position,
                    anchor=stored.passage.id.partition("#")[2],
                    passage=passage,
                )
            )

    # --- withdrawn documents

    def withdrawn(self) -> frozenset[str]:
        """Give the documents that were removed by hand: the bundled ones must not come back."""
        with self.engine.connect() as connection:
            return frozenset(connection.scalars(sa.select(_withdrawn.c.document_id)))

    def set_withdrawn(self, document_id: str, withdrawn: bool) -> None:
        """Remember, or forget, that a document was removed by hand."""
        with self.engine.begin() as connection:
            connection.execute(_withdrawn.delete().where(_withdrawn.c.document_id == document_id))
            if withdrawn:
                connection.execute(
                    _withdrawn.insert().values(document_id=document_id, withdrawn=_now())
                )


def _stored_passage(document_id: str, row: Any) -> StoredPassage:
    sentences = tuple(
        Sentence(row.text[start:end], start, end, kind, lead_in)
        for start, end, kind, lead_in in row.sentences
    )
    passage = Passage(f"{document_id}#{row.anchor}", document_id, tuple(row.headings), row.text)
    return StoredPassage(passage, sentences)

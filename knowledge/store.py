"""Documents, editions, passages and vectors, in one SQL database.

Nothing that was published is changed in place: a changed document is a new version, and an edition
is a list of versions. So an answer comes from exactly one edition, and any edition can be brought
back.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from knowledge.documents import Document, Passage, metadata_of, parse_metadata
from knowledge.embedding import Vectors
from knowledge.errors import EditionError
from knowledge.pieces import Pieces
from knowledge.sentences import Sentence

_tables = sa.MetaData()

_versions = sa.Table(
    "versions",
    _tables,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("document_id", sa.String(200), nullable=False, index=True),
    sa.Column("metadata", sa.JSON, nullable=False),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
)
_passages = sa.Table(
    "passages",
    _tables,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("headings", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sentences", sa.JSON, nullable=False),
)
_version_passages = sa.Table(
    "version_passages",
    _tables,
    sa.Column("version", sa.ForeignKey(_versions.c.digest), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("anchor", sa.String(200), nullable=False),
    sa.Column("passage", sa.ForeignKey(_passages.c.digest), nullable=False),
)
_editions = sa.Table(
    "editions",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("published", sa.DateTime(timezone=True), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("settings", sa.JSON, nullable=False),
)
_edition_versions = sa.Table(
    "edition_versions",
    _tables,
    sa.Column("edition", sa.ForeignKey(_editions.c.number), primary_key=True),
    sa.Column("version", sa.ForeignKey(_versions.c.digest), primary_key=True),
    sa.Column("origins", sa.JSON, nullable=False),
)
_vectors = sa.Table(
    "vectors",
    _tables,
    sa.Column("model", sa.String(64), primary_key=True),
    sa.Column("text", sa.String(64), primary_key=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)
_pieces = sa.Table(
    "pieces",
    _tables,
    sa.Column("model", sa.String(64), primary_key=True),
    sa.Column("text", sa.String(64), primary_key=True),
    sa.Column("ids", sa.LargeBinary, nullable=False),
    sa.Column("starts", sa.LargeBinary, nullable=False),
    sa.Column("vectors", sa.LargeBinary, nullable=False),
)
_withdrawn = sa.Table(
    "withdrawn",
    _tables,
    sa.Column("document_id", sa.String(200), primary_key=True),
    sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=False),
)

_SQL_BATCH = 500


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
        return _digest(json.dumps(content, sort_keys=True, ensure_ascii=False))


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


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _passage_digest(stored: StoredPassage) -> str:
    return _digest(json.dumps([stored.passage.headings, stored.passage.text]))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Store:
    """The database that holds every edition.

    :param url: a SQLAlchemy address; SQLite's file is made when it does not exist.
    """

    def __init__(self, url: str) -> None:
        self.engine = sa.create_engine(url, future=True)
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
        _tables.create_all(self.engine)

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

    # --- vectors

    def vectors(self, model: str, texts: Iterable[str]) -> dict[str, Vectors]:
        """Give the saved vectors of these texts under a model, by text; missing ones are absent."""
        return {
            text: np.frombuffer(row.vector, dtype="<f4")
            for text, row in self._rows(_vectors, model, texts)
        }

    def pieces(self, model: str, texts: Iterable[str]) -> dict[str, Pieces]:
        """Give the saved word pieces of these texts under a model, by text, like `vectors`."""
        found = {}
        for text, row in self._rows(_pieces, model, texts):
            ids = np.frombuffer(row.ids, dtype="<i4")
            found[text] = Pieces(
                ids=ids,
                starts=np.frombuffer(row.starts, dtype="<i4"),
                vectors=np.frombuffer(row.vectors, dtype="i1").reshape(len(ids), -1),
            )
        return found

    def save_vectors(self, model: str, vectors: Mapping[str, Vectors]) -> None:
        """Save the vectors of texts under a model, by text; known ones must not be given again."""
        self._insert(
            _vectors,
            [
                {"model": model, "text": _digest(text), "vector": vector.astype("<f4").tobytes()}
                for text, vector in vectors.items()
            ],
        )

    def save_pieces(self, model: str, pieces: Mapping[str, Pieces]) -> None:
        """Save the word pieces of texts under a model, by text, like `save_vectors`."""
        self._insert(
            _pieces,
            [
                {
                    "model": model,
                    "text": _digest(text),
                    "ids": own.ids.astype("<i4").tobytes(),
                    "starts": own.starts.astype("<i4").tobytes(),
                    "vectors": own.vectors.tobytes(),
                }
                for text, own in pieces.items()
            ],
        )

    def without_vectors(self, model: str, texts: Iterable[str]) -> list[str]:
        """Give those of these texts that have no saved vector, each once."""
        return self._without(_vectors, model, texts)

    def without_pieces(self, model: str, texts: Iterable[str]) -> list[str]:
        """Give those of these texts that have no saved word pieces, each once."""
        return self._without(_pieces, model, texts)

    def _without(self, table: sa.Table, model: str, texts: Iterable[str]) -> list[str]:
        wanted = list(dict.fromkeys(texts))
        saved = {text for text, _ in self._rows(table, model, wanted, [table.c.text])}
        return [text for text in wanted if text not in saved]

    def _rows(
        self,
        table: sa.Table,
        model: str,
        texts: Iterable[str],
        columns: Sequence[sa.ColumnElement[Any]] = (),
    ) -> Iterator[tuple[str, Any]]:
        """Give each saved text with its row, of all columns unless some are named."""
        by_digest = {_digest(text): text for text in texts}
        digests = list(by_digest)
        with self.engine.connect() as connection:
            for start in range(0, len(digests), _SQL_BATCH):
                some = digests[start : start + _SQL_BATCH]
                chosen = sa.select(*(columns or table.c))
                for row in connection.execute(
                    chosen.where(table.c.model == model, table.c.text.in_(some))
                ):
                    yield by_digest[row.text], row

    def _insert(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        with self.engine.begin() as connection:
            for start in range(0, len(rows), _SQL_BATCH):
                connection.execute(table.insert(), rows[start : start + _SQL_BATCH])

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


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Write-ahead logging lets the app read while a command publishes; both wait for a short lock.
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()

"""What the embedding model made of texts, kept in the database: no text is embedded twice."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa

from database import metadata
from knowledge.editions.inserting import SQL_BATCH, insert_new
from knowledge.search.embedding import Embedder, Vectors
from knowledge.search.pieces import Pieces


def _by_text(name: str, *columns: str) -> sa.Table:
    """Make a table that holds bytes for each model and text."""
    return sa.Table(
        name,
        metadata,
        sa.Column("model", sa.String(64), primary_key=True),
        sa.Column("text", sa.String(64), primary_key=True),
        *(sa.Column(column, sa.LargeBinary, nullable=False) for column in columns),
    )


_vectors = _by_text("vectors", "vector")
_pieces = _by_text("pieces", "ids", "starts", "vectors")


def digest_of(text: str) -> str:
    """Give the SHA-256 of a text, by which the database knows it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Embedded:
    """The vectors and word pieces of texts, by text and model.

    :param engine: of the database; the tables are made when they do not exist.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def vectors(self, model: str, texts: Iterable[str]) -> dict[str, Vectors]:
        """Give the saved vectors of these texts under a model, by text; missing ones are absent."""
        return {
            text: np.frombuffer(row.vector, dtype="<f4")
            for text, row in self._rows(_vectors, model, texts)
        }

    def embed(self, embedder: Embedder, texts: Sequence[str]) -> Vectors:
        """Give one vector a text; those of new texts are embedded and saved."""
        missing = self.without_vectors(embedder.digest, texts)
        new = dict(zip(missing, embedder.encode_many(missing), strict=True))
        self.save_vectors(embedder.digest, new)
        known = {**self.vectors(embedder.digest, texts), **new}
        rows = [known[text] for text in texts]
        return np.stack(rows) if rows else embedder.encode_many([])

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
        """Save the vectors of texts under a model, by text; known ones stay as they are."""
        self._insert(
            _vectors,
            [
                {"model": model, "text": digest_of(text), "vector": vector.astype("<f4").tobytes()}
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
                    "text": digest_of(text),
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
        by_digest = {digest_of(text): text for text in texts}
        digests = list(by_digest)
        with self.engine.connect() as connection:
            for start in range(0, len(digests), SQL_BATCH):
                some = digests[start : start + SQL_BATCH]
                chosen = sa.select(*(columns or table.c))
                for row in connection.execute(
                    chosen.where(table.c.model == model, table.c.text.in_(some))
                ):
                    yield by_digest[row.text], row

    def _insert(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        with self.engine.begin() as connection:
            insert_new(connection, table, rows)

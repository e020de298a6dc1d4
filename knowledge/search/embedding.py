"""Embeddings: texts, and their word pieces, into vectors."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from knowledge.search.exports import damaged, read_export
from knowledge.search.pieces import WHOLE, Pieces
from knowledge.search.session import open_session

Vectors = npt.NDArray[np.float32]

# What `knowledge.search.encoder` writes for us.
MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
ABOUT_FILE = "encoder.json"
EXPORTED = (MODEL_FILE, TOKENIZER_FILE)
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("sentence_embedding", "token_embeddings")

_REMEMBERED = 256
_BATCH = 4  # texts at a time; more are no faster
_ALIKE = 1.5  # how much longer than its shortest the longest text of a batch may be


class Embedder:
    """Turns texts into unit vectors and remembers the latest ones.

    :param folder: what `export_encoder` wrote.
    :param name: the model's name, saved with every edition.
    :param digest: SHA-256 of the model's weights, saved with every edition.
    """

    def __init__(self, folder: Path, name: str, digest: str) -> None:
        self.folder, self.name, self.digest = folder, name, digest
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._session = open_session(folder / MODEL_FILE)
        self._remembered: OrderedDict[str, tuple[Vectors, Pieces]] = OrderedDict()
        self._lock = Lock()

    @property
    def dimension(self) -> int:
        """The length of one vector."""
        return int(self._session.get_outputs()[0].shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text: float32 of shape (len(texts), dimension).

        A text that was embedded a moment ago (the same message in the next step) is not
        embedded again.
        """
        rows = [vector for vector, _ in self._recall(texts)]
        return np.stack(rows) if rows else self.encode_many([])

    def pieces(self, text: str) -> Pieces:
        """Give the word pieces of a text, remembered like its vector."""
        return self._recall([text])[0][1]

    def encode_many(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Give one unit vector a text, for thousands of texts: remembers none of them.

        :param progress: called with the number of texts done since its last call.
        """
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for number, vector, _ in self._each(texts, progress):
            vectors[number] = vector
        return vectors

    def encode_whole(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> tuple[Vectors, list[Pieces]]:
        """Give what `encode_many` gives, and the word pieces of each text."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        pieces: dict[int, Pieces] = {}
        for number, vector, own in self._each(texts, progress):
            vectors[number], pieces[number] = vector, own
        return vectors, [pieces[number] for number in range(len(texts))]

    def _recall(self, texts: Sequence[str]) -> list[tuple[Vectors, Pieces]]:
        wanted = list(dict.fromkeys(texts))
        with self._lock:
            missing = [text for text in wanted if text not in self._remembered]
            for number, vector, pieces in self._each(missing):
                self._remembered[missing[number]] = vector, pieces
            found = [self._remembered[text] for text in texts]
            for text in wanted:
                self._remembered.move_to_end(text)
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    def _each(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Iterator[tuple[int, Vectors, Pieces]]:
        """Give each text's number, vector and pieces, in any order."""
        for batch in batches_of_like_length([len(text) for text in texts]):
            yield from zip(batch, *self._run([texts[number] for number in batch]), strict=True)
            if progress is not None:
                progress(len(batch))

    def _run(self, texts: list[str]) -> tuple[Vectors, list[Pieces]]:
        read = self._tokenizer.encode_batch(texts)
        ids = np.array([each.ids for each in read], dtype=np.int64)
        mask = np.array([each.attention_mask for each in read], dtype=np.int64)
        values = dict(zip(INPUTS, (ids, mask, np.zeros_like(ids)), strict=True))
        vectors, by_piece = self._session.run(list(OUTPUTS), values)
        return vectors, [_pieces(*each) for each in zip(read, by_piece, strict=True)]


def _pieces(read: Encoding, vectors: Vectors) -> Pieces:
    """Keep the pieces that are text; of a text without any, the marks that the model adds."""
    marks = np.array(read.special_tokens_mask, dtype=bool)
    kept = marks if marks.all() else ~marks
    return Pieces(
        ids=np.array(read.ids, dtype=np.int32)[kept],
        starts=np.array([start for start, _ in read.offsets], dtype=np.int32)[kept],
        vectors=np.round(WHOLE * vectors[kept]).astype(np.int8),
    )


def batches_of_like_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Give the numbers of texts of like length, a few at a time: all are padded to the longest."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda number: lengths[number]):
        if len(batch) == _BATCH or (batch and lengths[number] > _ALIKE * lengths[batch[0]]):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def load_embedder(folder: Path) -> Embedder:
    """Load the embedding model that `export_encoder` wrote to a folder.

    :raises ModelError: if the folder or one of its files is missing or damaged.
    """
    about = read_export(folder, ABOUT_FILE, EXPORTED)
    try:
        return Embedder(folder, about["name"], about["digest"])
    # The tokenizer's own error for a damaged file is a plain Exception.
    except Exception as problem:
        raise damaged(folder, problem) from problem

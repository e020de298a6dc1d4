"""Sentence embeddings: texts into vectors."""

import json
import os
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from knowledge.errors import ModelError

Vectors = npt.NDArray[np.float32]

# What `knowledge.encoder` writes for us.
MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
ABOUT_FILE = "encoder.json"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUT = "sentence_embedding"

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
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = os.cpu_count() or 1
        # A thread that waits for work must leave its core to Rasa.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # One arena for every shape would keep the memory of the longest text for good.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()
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
        wanted = list(dict.fromkeys(texts))
        with self._lock:
            missing = [text for text in wanted if text not in self._remembered]
            self._remembered.update(zip(missing, self._encode(missing), strict=True))
            rows = [self._remembered[text] for text in texts]
            for text in wanted:
                self._remembered.move_to_end(text)
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return np.stack(rows) if rows else self._encode([])

    def encode_many(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Give one unit vector a text, for thousands of texts: remembers none of them.

        :param progress: called with the number of texts done since its last call.
        """
        return self._encode(texts, progress)

    def _encode(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for batch in _batches([len(text) for text in texts]):
            vectors[batch] = self._run([texts[number] for number in batch])
            if progress is not None:
                progress(len(batch))
        return vectors

    def _run(self, texts: list[str]) -> Vectors:
        pieces = self._tokenizer.encode_batch(texts)
        ids = np.array([each.ids for each in pieces], dtype=np.int64)
        mask = np.array([each.attention_mask for each in pieces], dtype=np.int64)
        values = dict(zip(INPUTS, (ids, mask, np.zeros_like(ids)), strict=True))
        (vectors,) = self._session.run([OUTPUT], values)
        return np.asarray(vectors, dtype=np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
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
    try:
        about = json.loads((folder / ABOUT_FILE).read_text(encoding="utf-8"))
        return Embedder(folder, about["name"], about["digest"])
    # The tokenizer's own error for a missing or damaged file is a plain Exception.
    except Exception as problem:
        raise ModelError(
            f"The embedding model in {folder} cannot be loaded ({type(problem).__name__}). "
            "Delete that folder: the next start makes it anew."
        ) from problem

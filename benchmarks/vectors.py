"""Vectors of a benchmark's texts, kept on disk so that a second run need not embed them again."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from knowledge.embedding import Embedder, Vectors

_BATCH = 4096


def embed(texts: Sequence[str], embedder: Embedder, keep: Path) -> dict[str, Vectors]:
    """Give a unit vector for each text.

    :param keep: the .npz file that holds those of earlier runs; written as the work goes on.
    """
    known: dict[str, Vectors] = {}
    if keep.is_file():
        with np.load(keep) as saved:
            known = dict(zip(saved["texts"].tolist(), saved["vectors"], strict=True))
    missing = sorted({text for text in texts if text not in known}, key=len)
    with tqdm(total=len(missing), desc=f"embedding {keep.stem}", disable=not missing) as bar:
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            known.update(zip(batch, embedder.encode_many(batch, bar.update), strict=True))
            _save(known, keep)
    return {text: known[text] for text in texts}


def _save(vectors: dict[str, Vectors], keep: Path) -> None:
    keep.parent.mkdir(parents=True, exist_ok=True)
    np.savez(keep, texts=np.array(list(vectors)), vectors=np.stack(list(vectors.values())))

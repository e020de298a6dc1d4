"""Vectors and word pieces of a benchmark's texts, kept on disk for its next run."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from knowledge.search.embedding import Embedder, Vectors
from knowledge.search.pieces import Pieces

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


def embed_pieces(texts: Sequence[str], embedder: Embedder, keep: Path) -> dict[str, Pieces]:
    """Give the word pieces of each text.

    :param keep: the folder that holds those of an earlier run.
    """
    texts = list(dict.fromkeys(texts))
    names = ("ids", "starts", "vectors")
    counted = keep / "counts.npz"
    if counted.is_file():
        with np.load(counted) as saved:
            known, ends = saved["texts"].tolist(), saved["ends"][:-1]
        if known == texts:
            columns = [np.split(np.load(keep / f"{name}.npy"), ends) for name in names]
            return {text: Pieces(*own) for text, *own in zip(texts, *columns, strict=True)}
    with tqdm(total=len(texts), desc=f"embedding {keep.stem}") as bar:
        _, pieces = embedder.encode_whole(texts, bar.update)
    keep.mkdir(parents=True, exist_ok=True)
    for name in names:
        np.save(keep / f"{name}.npy", np.concatenate([getattr(own, name) for own in pieces]))
    np.savez(counted, texts=np.array(texts), ends=np.cumsum([len(own.ids) for own in pieces]))
    return dict(zip(texts, pieces, strict=True))


def _save(vectors: dict[str, Vectors], keep: Path) -> None:
    keep.parent.mkdir(parents=True, exist_ok=True)
    np.savez(keep, texts=np.array(list(vectors)), vectors=np.stack(list(vectors.values())))

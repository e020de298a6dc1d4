"""Hybrid search of txtai: its own BM25 and FAISS, half and half, as `hybrid=True` sets it up."""

from collections.abc import Sequence

import numpy as np

from benchmarks.peers import EmbeddedTexts, Found, Search, whole
from benchmarks.sets import DEPTH, Text
from knowledge.search.embedding import Embedder, Vectors


def build(texts: Sequence[Text], embedded: EmbeddedTexts, embedder: Embedder) -> Search:
    """Index the texts."""
    from txtai import Embeddings

    def transform(batch: Sequence[str]) -> Vectors:
        if all(text in embedded.vectors for text in batch):
            return np.stack([embedded.vectors[text] for text in batch])
        return embedder.encode(batch)

    index = Embeddings(method="external", transform=transform, hybrid=True)
    index.index((text.id, whole(text), None) for text in texts)
    return lambda question: [Found(*each) for each in index.search(question, DEPTH)]

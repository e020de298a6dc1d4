"""Dense search alone: the cosine of question and text."""

from collections.abc import Sequence

import faiss
import numpy as np

from benchmarks.peers import EmbeddedTexts, Found, Search, whole
from benchmarks.sets import DEPTH, Text
from knowledge.search.embedding import Embedder


def build(texts: Sequence[Text], embedded: EmbeddedTexts, embedder: Embedder) -> Search:
    """Index the texts."""
    index = faiss.IndexFlatIP(embedder.dimension)
    index.add(np.stack([embedded.vectors[whole(text)] for text in texts]))

    def search(question: str) -> list[Found]:
        scores, best = index.search(embedder.encode([question]), DEPTH)
        return [Found(texts[n].id, float(s)) for n, s in zip(best[0], scores[0], strict=True)]

    return search

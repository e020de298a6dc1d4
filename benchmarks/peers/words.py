"""BM25 alone, with Anserini's settings: Lucene's formula, k1 .9, b .4, English stems."""

from collections.abc import Sequence

import bm25s
import numpy as np

from benchmarks.peers import EmbeddedTexts, Search, whole
from benchmarks.sets import DEPTH, Text
from knowledge.language.analyser import Analyser
from knowledge.search.embedding import Embedder


def build(texts: Sequence[Text], embedded: EmbeddedTexts, embedder: Embedder) -> Search:
    """Index the texts."""
    analyser = Analyser()
    index = bm25s.BM25(method="lucene", k1=0.9, b=0.4)
    index.index([analyser.words(whole(text)) for text in texts], show_progress=False)

    def search(question: str) -> list[str]:
        words = [word for word in analyser.words(question) if word in index.vocab_dict]
        if not words:
            return []
        best = np.argsort(-index.get_scores(words), kind="stable")[:DEPTH]
        return [texts[number].id for number in best]

    return search

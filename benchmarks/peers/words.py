"""BM25 alone, with Anserini's settings: Lucene's formula, k1 .9, b .4, English stems."""

from collections.abc import Sequence

import bm25s
import numpy as np

from benchmarks.peers import EmbeddedTexts, Found, Search, whole
from benchmarks.sets import DEPTH, Text
from knowledge.language.analyser import Analyser
from knowledge.search.embedding import Embedder


def build(texts: Sequence[Text], embedded: EmbeddedTexts, embedder: Embedder) -> Search:
    """Index the texts."""
    analyser = Analyser()
    index = bm25s.BM25(method="lucene", k1=0.9, b=0.4)
    index.index([analyser.words(whole(text)) for text in texts], show_progress=False)

    def search(question: str) -> list[Found]:
        words = [word for word in analyser.words(question) if word in index.vocab_dict]
        if not words:
            return []
        scores = index.get_scores(words)
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        return [Found(texts[number].id, float(scores[number])) for number in best]

    return search

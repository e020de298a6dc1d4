"""Search: the passages of one edition that fit a question best."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.documents import Document, Passage
from knowledge.embedding import Embedder, Vectors
from knowledge.index import Entry, Index
from knowledge.sentences import Sentence

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """How much each score counts.

    :param passage: cosine of question and passage.
    :param sentence: cosine of question and best sentence; the title counts as a sentence.
    :param words: BM25, scaled so that the best passage has 1.
    :param candidates: how many passages each of the three proposes.
    """

    passage: float = 0.6
    sentence: float = 0.4
    words: float = 0.2
    candidates: int = 100


@dataclass(frozen=True)
class Hit:
    """A passage with its scores.

    :param score: the fused score, by which hits are ordered.
    :param dense: cosine of question and passage, -1 to 1.
    :param best_sentence: the highest of `sentence_scores` and the title's.
    :param words: BM25 as it is, 0 and above.
    :param sentence_scores: cosine of question and each sentence, in the passage's order.
    """

    passage: Passage
    document: Document
    sentences: tuple[Sentence, ...]
    score: float
    dense: float
    best_sentence: float
    words: float
    sentence_scores: tuple[float, ...]


class Searcher:
    """Searches one edition's index."""

    def __init__(self, index: Index, embedder: Embedder, weights: Weights | None = None) -> None:
        self.index, self.embedder = index, embedder
        self.weights = weights or Weights()

    def search(
        self,
        question: str,
        limit: int = 10,
        keep: Callable[[Document], bool] | None = None,
    ) -> tuple[Hit, ...]:
        """Give the best passages for a question, best first.

        :param limit: how many at most.
        :param keep: which documents may be shown; None means all.
        """
        if not self.index.entries or limit < 1:
            return ()
        vector = self.embedder.encode([question])[0]
        words = self._word_scores(question)
        candidates = self._candidates(vector, words)
        if keep is not None:
            allowed = [keep(self.index.entries[number].document) for number in candidates]
            candidates = candidates[np.array(allowed, dtype=bool)]
        hits = self._score(candidates, vector, words)
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])

    def _word_scores(self, question: str) -> Scores:
        empty = np.zeros(len(self.index.entries), dtype=np.float32)
        if self.index.words is None:
            return empty
        known = [
            word
            for word in self.index.analyser.words(question)
            if word in self.index.words.vocab_dict
        ]
        if not known:
            return empty
        return np.asarray(self.index.words.get_scores(known), dtype=np.float32)

    def _candidates(self, vector: Vectors, words: Scores) -> npt.NDArray[np.int64]:
        index, wanted = self.index, self.weights.candidates
        row = vector[np.newaxis]
        _, by_passage = index.passages.search(row, min(wanted, len(index.entries)))
        _, by_sentence = index.sentences.search(row, min(2 * wanted, len(index.owners)))
        by_words = np.argsort(-words, kind="stable")[:wanted]
        return np.unique(
            np.concatenate(
                [by_passage[0], index.owners[by_sentence[0]], by_words[words[by_words] > 0]]
            )
        )

    def _score(
        self, candidates: npt.NDArray[np.int64], vector: Vectors, words: Scores
    ) -> list[Hit]:
        index, weights = self.index, self.weights
        dense = index.passage_vectors[candidates] @ vector
        scale = float(words.max()) or 1.0
        hits = []
        for number, passage_score in zip(candidates, dense, strict=True):
            entry: Entry = index.entries[number]
            start, end = index.firsts[number], index.firsts[number + 1]
            sentence_scores = index.sentence_vectors[start:end] @ vector
            best = float(sentence_scores.max())
            score = (
                weights.passage * float(passage_score)
                + weights.sentence * best
                + weights.words * float(words[number]) / scale
            )
            hits.append(
                Hit(
                    passage=entry.passage,
                    document=entry.document,
                    sentences=entry.sentences,
                    score=score,
                    dense=float(passage_score),
                    best_sentence=best,
                    words=float(words[number]),
                    sentence_scores=tuple(float(value) for value in sentence_scores[1:]),
                )
            )
        return hits

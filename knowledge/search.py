"""Search: the passages of one edition that fit a question best."""

from collections.abc import Callable
from dataclasses import dataclass

import bm25s
import numpy as np
import numpy.typing as npt

from knowledge.documents import Document, Passage
from knowledge.embedding import Embedder, Vectors
from knowledge.index import Index
from knowledge.query import Query, QuestionReader
from knowledge.sentences import Sentence

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

# A word that the guidance uses for what the member wrote counts half of a word of the member's.
_MEANING = 0.5


@dataclass(frozen=True)
class Weights:
    """How much each score counts.

    :param passage: cosine of question and passage.
    :param sentence: cosine of question and best sentence; the title counts as a sentence.
    :param words: BM25 of the passage, scaled so that the best passage has 1.
    :param sentence_words: BM25 of its best sentence, scaled in the same way.
    :param candidates: how many passages each of the scores proposes.
    """

    passage: float = 0.6
    sentence: float = 0.4
    words: float = 0.2
    sentence_words: float = 0.2
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

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        weights: Weights | None = None,
        reader: QuestionReader | None = None,
    ) -> None:
        self.index, self.embedder = index, embedder
        self.weights = weights or Weights()
        self.reader = reader or QuestionReader(index)

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
        total = len(self.index.entries)
        if total == 0 or limit < 1:
            return ()
        query = self.reader.read(question)
        vector = self.embedder.encode([query.text])[0]
        words, by_sentence = self._word_scores(query)
        wanted = max(self.weights.candidates, limit)
        while True:
            candidates = self._candidates(vector, words, by_sentence, wanted)
            if keep is not None:
                candidates = self._kept(candidates, keep)
            if len(candidates) >= limit or wanted >= total:
                break
            wanted *= 4  # nearly everything near the question was held back: look further
        return self._best(candidates, vector, words, by_sentence, limit)

    def _word_scores(self, query: Query) -> tuple[Scores, Scores]:
        """Give BM25 of every passage and of every passage's best sentence."""
        index = self.index
        asked = index.analyser.words(query.text)
        meant = [word for meaning in query.meanings for word in index.analyser.words(meaning)]
        passages = _bm25(index.words, asked, meant, len(index.entries))
        sentences = _bm25(index.sentence_words, asked, meant, len(index.owners))
        return passages, np.maximum.reduceat(sentences, index.firsts[:-1])

    def _candidates(
        self, vector: Vectors, words: Scores, by_sentence: Scores, wanted: int
    ) -> Numbers:
        index = self.index
        row = vector[np.newaxis]
        _, passages = index.passages.search(row, min(wanted, len(index.entries)))
        _, sentences = index.sentences.search(row, min(2 * wanted, len(index.owners)))
        proposed = [passages[0], index.owners[sentences[0]]]
        proposed += [_top(words, wanted), _top(by_sentence, wanted)]
        return np.unique(np.concatenate(proposed))

    def _kept(self, candidates: Numbers, keep: Callable[[Document], bool]) -> Numbers:
        owners = [self.index.entries[number].document for number in candidates]
        allowed = {each.id: keep(each) for each in {owner.id: owner for owner in owners}.values()}
        return candidates[np.array([allowed[owner.id] for owner in owners], dtype=bool)]

    def _best(
        self, candidates: Numbers, vector: Vectors, words: Scores, by_sentence: Scores, limit: int
    ) -> tuple[Hit, ...]:
        if len(candidates) == 0:
            return ()
        index, weights = self.index, self.weights
        dense = index.passage_vectors[candidates] @ vector
        starts, ends = index.firsts[candidates], index.firsts[candidates + 1]
        rows = np.concatenate([np.arange(s, e) for s, e in zip(starts, ends, strict=True)])
        within = index.sentence_vectors[rows] @ vector
        offsets = np.concatenate([[0], np.cumsum(ends - starts)])
        best = np.maximum.reduceat(within, offsets[:-1])
        fused = (
            weights.passage * dense
            + weights.sentence * best
            + weights.words * words[candidates] / (words.max() or 1.0)
            + weights.sentence_words * by_sentence[candidates] / (by_sentence.max() or 1.0)
        )
        return tuple(
            self._hit(
                candidates[place],
                score=float(fused[place]),
                dense=float(dense[place]),
                best_sentence=float(best[place]),
                words=float(words[candidates[place]]),
                within=within[offsets[place] : offsets[place + 1]],
            )
            for place in np.argsort(-fused, kind="stable")[:limit]
        )

    def _hit(self, number: int, within: Scores, **scores: float) -> Hit:
        entry = self.index.entries[number]
        return Hit(
            passage=entry.passage,
            document=entry.document,
            sentences=entry.sentences,
            sentence_scores=tuple(float(value) for value in within[1:]),  # the title comes first
            **scores,
        )


def _bm25(words: bm25s.BM25 | None, asked: list[str], meant: list[str], count: int) -> Scores:
    total = np.zeros(count, dtype=np.float32)
    if words is None:
        return total
    for texts, weight in ((asked, 1.0), (meant, _MEANING)):
        known = [word for word in texts if word in words.vocab_dict]
        if known:
            total += weight * np.asarray(words.get_scores(known), dtype=np.float32)
    return total


def _top(scores: Scores, count: int) -> Numbers:
    """Give the places of the highest scores above zero, at most so many, in no order."""
    places: Numbers = np.argpartition(-scores, min(count, len(scores)) - 1)[:count]
    places = places[scores[places] > 0]
    return places

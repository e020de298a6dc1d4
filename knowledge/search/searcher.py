"""Search: the passages of one edition that fit a question best."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import bm25s
import faiss
import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from knowledge.documents.document import Document, Passage
from knowledge.language.sentences import Sentence
from knowledge.language.synonyms import Synonyms, load_synonyms
from knowledge.search.embedding import Embedder, Vectors
from knowledge.search.index import Index
from knowledge.search.pieces import Pieces

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Weights:
    """How much each score counts.

    BM25 is scaled by the most that any text could have for the question, so that it says which
    share of the question's words a text holds. Scaled by the best text's, as is usual, it would
    count as much when the best text shares one common word with the question.

    :param passage: cosine of question and passage.
    :param sentence: cosine of question and best sentence; the title counts as a sentence.
    :param title: cosine of question and title with heading trail.
    :param words: scaled BM25 of the passage.
    :param sentence_words: scaled BM25 of its best sentence.
    :param pieces: nearness of the question's word pieces to the passage's.
    :param sentence_pieces: the same to its nearest sentence with title and headings.
    :param candidates: how many passages each of the scores proposes.
    :param closer: how many of the best by all other scores are compared piece by piece.
    :param meaning: what a word that the guidance uses for the member's counts beside theirs.
    :param asked: how many word pieces of a question are compared, the rarest.
    :param focus: how much sentences are compared with the focus of a question, the rest of 1 with
        the whole of it.
    """

    passage: float
    sentence: float
    title: float
    words: float
    sentence_words: float
    pieces: float
    sentence_pieces: float
    candidates: int
    closer: int
    meaning: float
    asked: int
    focus: float


@dataclass(frozen=True)
class Hit:
    """A passage with its scores.

    :param score: the fused score, by which hits are ordered.
    :param dense: cosine of question and passage, -1 to 1.
    :param best_sentence: the highest of `sentence_scores` and the title's.
    :param words: BM25 as it is, 0 and above.
    :param sentence_scores: cosine of question and each sentence, in the passage's order.
    :param answers: the reader's log-odds that the passage answers; None when it was not read.
    :param shown: the reader's log-odds of each sentence that it must be shown; empty when not read.
    """

    passage: Passage
    document: Document
    sentences: tuple[Sentence, ...]
    score: float
    dense: float
    best_sentence: float
    words: float
    sentence_scores: tuple[float, ...]
    answers: float | None = None
    shown: tuple[float, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """A question as the index sees it.

    :param vector: the embedded question; float32 of shape (dimension,).
    :param focus: what sentences are compared with: mostly the embedded focus, of the same shape.
    :param pieces: the word pieces of the focus.
    :param words: BM25 of every passage; float32 of shape (passages,).
    :param sentence_words: BM25 of every passage's best sentence, of the same shape.
    :param most: the most that BM25 could be for this question.
    """

    vector: Vectors
    focus: Vectors
    pieces: Pieces
    words: Scores
    sentence_words: Scores
    most: float


class Searcher:
    """Searches one edition's index."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        weights: Weights,
        synonyms: Synonyms | None = None,
    ) -> None:
        self.index, self.embedder = index, embedder
        self.weights = weights
        self.synonyms = synonyms or load_synonyms()
        # More threads do not make one search faster. They fight Rasa for the other core, and those
        # of NumPy's library stay awake after their work and slow the next embedding by half.
        faiss.omp_set_num_threads(1)
        threadpool_limits(1, user_api="blas")

    def search(
        self,
        question: str,
        limit: int = 10,
        keep: Callable[[Document], bool] | None = None,
        focus: str = "",
        among: Numbers | None = None,
    ) -> tuple[Hit, ...]:
        """Give the best passages for a question, best first.

        :param question: with its spelling mended, see `Message`; so is the focus.
        :param limit: how many at most.
        :param keep: which documents may be shown; None means all.
        :param focus: the part of the question that its sentences should answer, when the rest of
            it is what was asked before.
        :param among: the numbers of the passages that may be shown, in order; None means all.
        """
        total = len(self.index.entries)
        if total == 0 or limit < 1:
            return ()
        asked = self._ask(question, focus or question)
        wanted = max(self.weights.candidates, limit)
        while True:
            if among is not None and len(among) <= wanted:
                candidates = among  # looking at each of a few is quicker than looking for them
            else:
                candidates = self._candidates(asked, wanted)
            if among is not None:
                candidates = candidates[np.isin(candidates, among, assume_unique=True)]
            if keep is not None:
                candidates = self._kept(candidates, keep)
            if len(candidates) >= limit or wanted >= total:
                return self._best(candidates, asked, limit)
            wanted *= 4  # nearly everything near the question was held back: look further

    def _ask(self, question: str, focus: str) -> _Asked:
        index, weights = self.index, self.weights
        vector, last = self.embedder.encode([question, focus])
        words = index.analyser.words(question)
        meanings = self.synonyms.meanings(question)
        meant = [word for meaning in meanings for word in index.analyser.words(meaning)]
        said = ((words, 1.0), (meant, weights.meaning))
        by_sentence = _bm25(index.sentence_words, said, index.firsts[-1])
        return _Asked(
            vector=vector,
            focus=(1 - weights.focus) * vector + weights.focus * last,
            pieces=self.embedder.pieces(focus),
            words=_bm25(index.words, said, len(index.entries)),
            sentence_words=np.maximum.reduceat(by_sentence, index.firsts[:-1]),
            most=sum(index.rarity(word) for word in words) or 1.0,
        )

    def _candidates(self, asked: _Asked, wanted: int) -> Numbers:
        near = min(wanted, len(self.index.entries))
        _, passages = self.index.passages.search(asked.vector[np.newaxis], near)
        words, sentence_words = _top(asked.words, wanted), _top(asked.sentence_words, wanted)
        return np.unique(np.concatenate([passages[0], words, sentence_words]))

    def _kept(self, candidates: Numbers, keep: Callable[[Document], bool]) -> Numbers:
        owners = [self.index.entries[number].document for number in candidates]
        allowed = {each.id: keep(each) for each in {owner.id: owner for owner in owners}.values()}
        kept: Numbers = candidates[np.array([allowed[owner.id] for owner in owners], dtype=bool)]
        return kept

    def _best(self, candidates: Numbers, asked: _Asked, limit: int) -> tuple[Hit, ...]:
        if len(candidates) == 0:
            return ()
        index, weights = self.index, self.weights
        dense = index.passage_vectors[candidates] @ asked.vector
        starts = index.firsts[candidates]
        counts = index.firsts[candidates + 1] - starts
        offsets = np.concatenate([[0], np.cumsum(counts)])
        rows = np.repeat(starts - offsets[:-1], counts) + np.arange(offsets[-1])
        within = index.sentence_vectors[rows] @ asked.focus
        best = np.maximum.reduceat(within, offsets[:-1])
        fused = (
            weights.passage * dense
            + weights.sentence * best
            + weights.title * within[offsets[:-1]]
            + weights.words * asked.words[candidates] / asked.most
            + weights.sentence_words * asked.sentence_words[candidates] / asked.most
        )
        order = np.argsort(-fused, kind="stable")[: max(limit, weights.closer)]
        whole, sentence = index.pieces.nearness(asked.pieces, candidates[order], weights.asked)
        fused[order] += weights.pieces * whole + weights.sentence_pieces * sentence
        order = order[np.argsort(-fused[order], kind="stable")]
        return tuple(
            self._hit(
                candidates[place],
                within[offsets[place] : offsets[place + 1]],
                score=float(fused[place]),
                dense=float(dense[place]),
                best_sentence=float(best[place]),
                words=float(asked.words[candidates[place]]),
            )
            for place in order[:limit]
        )

    def _hit(
        self,
        number: int,
        within: Scores,
        *,
        score: float,
        dense: float,
        best_sentence: float,
        words: float,
    ) -> Hit:
        entry = self.index.entries[number]
        return Hit(
            passage=entry.passage,
            document=entry.document,
            sentences=entry.sentences,
            sentence_scores=tuple(float(value) for value in within[1:]),  # the title comes first
            score=score,
            dense=dense,
            best_sentence=best_sentence,
            words=words,
        )


def _bm25(words: bm25s.BM25 | None, said: Sequence[tuple[list[str], float]], count: int) -> Scores:
    """Add up BM25 of every text over groups of words, each with its weight."""
    total = np.zeros(count, dtype=np.float32)
    if words is None:
        return total
    for texts, weight in said:
        known = [word for word in texts if word in words.vocab_dict]
        if known:
            total += weight * np.asarray(words.get_scores(known), dtype=np.float32)
    return total


def _top(scores: Scores, count: int) -> Numbers:
    """Give the places of the highest scores above zero, at most so many, in no order."""
    places = np.argpartition(-scores, min(count, len(scores)) - 1)[:count]
    return np.asarray(places[scores[places] > 0], dtype=np.int64)

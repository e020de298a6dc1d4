"""Finds what answers a question: a search, and the reader over the best few of its hits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from knowledge.documents.document import Document
from knowledge.reading.reader_model import Reads
from knowledge.search.index import Entry, Index
from knowledge.search.searcher import Hit, Numbers, Searcher

_MOST = 6.0  # log-odds are cut here: beyond, more of them say no more


@dataclass(frozen=True)
class Finding:
    """How much is found, and in which order it is given.

    :param hits: how many passages the search gives.
    :param read: how many of them the reader reads.
    :param reader: how much the reader's log-odds that a passage answers add to its score.
    """

    hits: int
    read: int
    reader: float


class Finder:
    """Finds the passages of one edition that answer a question."""

    def __init__(self, searcher: Searcher, reader: Reads, finding: Finding) -> None:
        self._searcher, self._reader, self._finding = searcher, reader, finding

    @property
    def index(self) -> Index:
        """The index of the edition."""
        return self._searcher.index

    def reading_with(self, reader: Reads) -> "Finder":
        """Give the same finder with another reader."""
        return Finder(self._searcher, reader, self._finding)

    def find(
        self,
        question: str,
        keep: Callable[[Document], bool] | None = None,
        focus: str = "",
        most: int | None = None,
        among: Numbers | None = None,
        read: int | None = None,
    ) -> tuple[Hit, ...]:
        """Give the passages that fit a question, best first; the best few have been read.

        :param keep: says of which documents passages may be given; None keeps all.
        :param focus: what sentences are compared with, when it is not the whole question.
        :param most: how many are given; None gives as many as the steps of an answer look at.
        :param among: the numbers of the passages that may be given; None keeps all.
        :param read: how many are read; None reads as many as for an answer.
        """
        wanted = self._finding.hits if most is None else most
        found = self.search(question, keep, focus, wanted, among)
        best_few = found[: self._finding.read if read is None else read]
        best = sorted(
            map(self._lifted, self._reader.read(question, best_few)), key=lambda hit: -hit.score
        )
        # What was not read stays behind, so that scores go down the list.
        lowest = best[-1].score if best else 0.0
        rest = (replace(hit, score=min(hit.score, lowest)) for hit in found[len(best) :])
        return (*best, *rest)[:wanted]

    def search(
        self,
        question: str,
        keep: Callable[[Document], bool] | None = None,
        focus: str = "",
        most: int | None = None,
        among: Numbers | None = None,
    ) -> tuple[Hit, ...]:
        """Give what `find` reads and orders, as the search alone finds it."""
        wanted = self._finding.hits if most is None else most
        return self._searcher.search(question, max(wanted, self._finding.read), keep, focus, among)

    def read(self, question: str, entries: Sequence[Entry]) -> tuple[Hit, ...]:
        """Give passages that somebody chose, without a search, as the reader reads them."""
        chosen = [
            Hit(entry.passage, entry.document, entry.sentences, 0.0, 0.0, 0.0, 0.0, ())
            for entry in entries
        ]
        return self._reader.read(question, chosen)

    def _lifted(self, hit: Hit) -> Hit:
        return replace(hit, score=hit.score + self._finding.reader * bounded(hit.answers))


def bounded(log_odds: float | None) -> float:
    """Give the reader's log-odds cut to what still tells; the least for what was not read."""
    return -_MOST if log_odds is None else max(-_MOST, min(_MOST, log_odds))

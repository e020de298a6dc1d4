"""The reader at work: it reads the best few hits and says which answers, and with which words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from knowledge.reading.pairs import Pair, Pairing, padded
from knowledge.search.embedding import batches_of_like_length
from knowledge.search.models import pinned_folder
from knowledge.search.searcher import Hit
from knowledge.search.session import open_session
from knowledge.search.shipped import read_card

WEIGHTS_FOLDER = Path(__file__).with_name("weights")
READER_FILE = "reader.onnx"
CARD_FILE = "reader.json"  # the model card for machines: the digest, and what it was made of
OUTPUTS = ("answers", "sentences")
_UNREAD = -9.0  # log-odds of a sentence that lies behind what the reader can see


@dataclass(frozen=True)
class Reading:
    """What the reader makes of one passage for one question.

    :param answers: the log-odds that the passage answers the question.
    :param sentences: the log-odds of each sentence that it must be shown, in order.
    """

    answers: float
    sentences: tuple[float, ...]


class Reads(Protocol):
    """Something that reads hits for a question, and gives them back in the order they came."""

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Give the hits with what it makes of each."""
        ...


class ReaderModel:
    """Judges passages.

    :param folder: where the project ships the reader.
    :raises ModelError: if a file is missing or is not the one that was trained.
    """

    def __init__(self, folder: Path = WEIGHTS_FOLDER) -> None:
        read_card(folder / READER_FILE, folder / CARD_FILE)
        self._session = open_session(folder / READER_FILE)
        self._pairing = Pairing.load(pinned_folder())

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Give the hits with what the reader makes of each, in the order they came."""
        readings = self.judge([(question, *told(hit)) for hit in hits])
        return tuple(
            replace(hit, answers=reading.answers, shown=reading.sentences)
            for hit, reading in zip(hits, readings, strict=True)
        )

    def judge(self, asked: Sequence[tuple[str, str, Sequence[str]]]) -> list[Reading]:
        """Judge any pairs: of each the question, the passage's title with headings, its sentences.

        Pairs of like length are read together, a few at a time.
        """
        pairs = [self._pairing.pair(*each) for each in asked]
        readings: dict[int, Reading] = {}
        for batch in batches_of_like_length([len(pair.ids) for pair in pairs]):
            given = padded([pairs[number] for number in batch])
            answers, pieces = self._session.run(list(OUTPUTS), given)
            for row, number in enumerate(batch):
                sentences = _by_sentence(pairs[number], pieces[row], len(asked[number][2]))
                readings[number] = Reading(float(answers[row]), sentences)
        return [readings[number] for number in range(len(pairs))]


def told(hit: Hit) -> tuple[str, list[str]]:
    """Give what the reader is told of a hit: its title with headings, and its sentences."""
    trail = " > ".join((hit.document.title, *hit.passage.headings))
    return trail, [sentence.text for sentence in hit.sentences]


def _by_sentence(pair: Pair, pieces: np.ndarray, count: int) -> tuple[float, ...]:
    """Give the mean over the pieces of each sentence."""
    scores = []
    for number in range(count):
        own = pieces[: len(pair.owners)][pair.owners == number]
        scores.append(float(own.mean()) if len(own) else _UNREAD)
    return tuple(scores)

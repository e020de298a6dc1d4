"""Pinned answers at work: which of them a member's question is the question of."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.answers.lines import PinnedLines
from knowledge.documents.document import Document
from knowledge.editions.edition import passage_digest
from knowledge.editions.pinned import Pin
from knowledge.language.analyser import Analyser
from knowledge.messages.message import Message, MessageReader
from knowledge.search.embedding import Embedder, Vectors
from knowledge.search.index import Entry

# The words by which a question says what it wants to know; the analyser passes them over.
_ASKING = re.compile(r"\b(who|what|when|where|which|why|how)(?:'?s)?\b")


@dataclass(frozen=True)
class Held:
    """A pinned answer with its passage, as one edition has it."""

    pin: Pin
    entry: Entry


@dataclass(frozen=True)
class Found:
    """A pinned answer for a question.

    :param same: the question is, but for spelling, the pinned one; else it is near in meaning, and
        the reader is to be asked too.
    """

    held: Held
    same: bool


def telling_words(question: str, analyser: Analyser) -> frozenset[str]:
    """Give the words of a question that tell something, and those that ask, in no order."""
    return frozenset((*analyser.words(question), *_ASKING.findall(question.lower())))


@dataclass(frozen=True)
class _Asked:
    """A question as questions are compared."""

    plain: str
    words: frozenset[str]

    @classmethod
    def of(cls, message: Message, analyser: Analyser) -> "_Asked":
        return cls(message.plain.strip(" ."), telling_words(message.mended, analyser))


class PinnedAnswers:
    """The pinned answers that hold, over one edition.

    :param stamp: what `knowledge.editions.switches.Standing.pins` was when they were read.
    :param reader: reads their questions as it reads members'.
    :param vectors_of: gives the vectors of their questions, embedded once and kept.
    """

    def __init__(
        self,
        stamp: int,
        held: Sequence[Held],
        reader: MessageReader,
        embedder: Embedder,
        vectors_of: Callable[[Sequence[str]], Vectors],
        lines: PinnedLines,
    ) -> None:
        self.stamp, self.held, self.lines = stamp, tuple(held), lines
        self._embedder, self._analyser = embedder, Analyser()
        messages = [reader.read(each.pin.question) for each in held]
        self._asked = [_Asked.of(message, self._analyser) for message in messages]
        self._vectors = vectors_of([message.mended for message in messages])

    def find(
        self, message: Message, today: dt.date, shown: Callable[[Document], bool]
    ) -> Found | None:
        """Give the pinned answer for a message, or None.

        :param today: the day on which it must hold: one ends by itself when its last day is over.
        :param shown: says of which documents passages may be shown now.
        """
        if not self.held:
            return None
        asked = _Asked.of(message, self._analyser)
        alike = [
            number
            for number, other in enumerate(self._asked)
            if other.words == asked.words
            and self.held[number].pin.holds(today)
            and shown(self.held[number].entry.document)
        ]
        for number in alike:
            if self._asked[number].plain == asked.plain:
                return Found(self.held[number], same=True)
        if not alike:
            return None
        near = self._vectors[alike] @ self._embedder.encode([message.mended])[0]
        best = int(np.argmax(near))
        if near[best] < self.lines.near:
            return None
        return Found(self.held[alike[best]], same=False)


def hold(pins: Iterable[Pin], entries: Sequence[Entry]) -> list[Held]:
    """Give the pins whose passage is among these, with the text it had.

    A text that several documents share is in an index once, under one of their names.
    """
    pins = list(pins)
    wanted = {pin.passage_id for pin in pins}
    by_id = {entry.passage.id: entry for entry in entries if entry.passage.id in wanted}
    missing = {
        pin.passage_digest
        for pin in pins
        if (entry := by_id.get(pin.passage_id)) is None
        or passage_digest(entry.passage) != pin.passage_digest
    }
    by_text: dict[str, Entry] = {}
    if missing:
        for entry in entries:
            if (digest := passage_digest(entry.passage)) in missing:
                by_text.setdefault(digest, entry)
    held = []
    for pin in pins:
        entry = by_text.get(pin.passage_digest) or by_id.get(pin.passage_id)
        if entry is not None and passage_digest(entry.passage) == pin.passage_digest:
            held.append(Held(pin, entry))
    return held

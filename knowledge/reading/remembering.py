"""A reader that remembers: no passage is read twice for one question, in whichever edition."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from threading import Lock

from knowledge.reading.reader_model import ReaderModel, Reading, told
from knowledge.search.searcher import Hit

_REMEMBERED = 20_000  # readings, some 10 MB: several rounds of 500 questions and six passages each


class RememberingReader:
    """Reads as a reader does, and remembers the latest readings under a digest, without the words.

    Several threads may read at once.
    """

    def __init__(self, reader: ReaderModel) -> None:
        self._reader = reader
        self._remembered: OrderedDict[bytes, Reading] = OrderedDict()
        self._lock = Lock()

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Give the hits with what the reader makes of each, in the order they came."""
        asked = [(question, *told(hit)) for hit in hits]
        keys = [_key(*each) for each in asked]
        with self._lock:
            readings = {key: self._remembered[key] for key in keys if key in self._remembered}
        missing = {key: each for key, each in zip(keys, asked, strict=True) if key not in readings}
        readings |= zip(missing, self._reader.judge(list(missing.values())), strict=True)
        with self._lock:
            for key in keys:
                self._remembered[key] = readings[key]
                self._remembered.move_to_end(key)
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return tuple(
            replace(hit, answers=readings[key].answers, shown=readings[key].sentences)
            for hit, key in zip(hits, keys, strict=True)
        )


def _key(question: str, trail: str, sentences: Sequence[str]) -> bytes:
    text = "\0".join((question, trail, *sentences))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()

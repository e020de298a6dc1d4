"""Completing the word that somebody is still typing, with the guidance's own words."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping

from knowledge.language.spelling import WORD
from knowledge.search.index import Index

_SHORTEST = 4  # letters; fewer begin too many words, and are often words themselves
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")


class Completion:
    """Completes the last word of a search.

    :param index: whose words are proposed; a word that it knows needs no completing.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        counts = Counter(
            word for entry in index.entries for word in WORD.findall(entry.passage_text.lower())
        )
        self._counts: Mapping[str, int] = counts
        self._words = sorted(counts)

    def complete(self, text: str) -> str:
        """Give a search with its last word made whole, if it is the beginning of one."""
        last = _LAST_WORD.search(text)
        if last is None or len(last[0]) < _SHORTEST:
            return text
        analysed = self._index.analyser.words(last[0])
        if not analysed or all(word in self._index.frequencies for word in analysed):
            return text
        whole = self._most_frequent(last[0].lower())
        return text[: last.start()] + whole if whole else text

    def _most_frequent(self, start: str) -> str:
        place = bisect_left(self._words, start)
        best = ""
        while place < len(self._words) and self._words[place].startswith(start):
            word = self._words[place]
            if self._counts[word] > self._counts.get(best, 0):
                best = word
            place += 1
        return best

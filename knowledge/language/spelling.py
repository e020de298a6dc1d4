"""Spelling: a word that nobody knows becomes the guidance's word it must be meant for."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PREFIXES = ("de", "re", "un", "in", "dis", "mis", "non", "over", "out", "pre", "off", "co")
_ENDINGS = (
    "s", "es", "d", "ed", "r", "rs", "er", "ers", "ing", "al", "ly", "y", "ment", "ments", "ness",
    "able", "ion", "ions", "ful", "less", "ship",
)  # fmt: skip


@dataclass(frozen=True)
class Slips:
    """Which words are mended, by their length in letters.

    :param shortest: among shorter words too many are one slip apart.
    :param two: from here on two slips are allowed.
    :param longest: what is longer is no word.
    """

    shortest: int
    two: int
    longest: int


class Spelling:
    """Mends words that are neither everyday English nor in the guidance.

    :param frequencies: how often each word occurs in the guidance, in lower case as written.
    :param everyday: words that are right as they are, though the guidance does not hold them.
    """

    def __init__(
        self, frequencies: Mapping[str, int], everyday: Collection[str], slips: Slips
    ) -> None:
        self._frequencies, self._everyday, self._slips = frequencies, everyday, slips
        self._by_letter: dict[str, list[str]] = {}
        for word in frequencies:
            if len(word) >= slips.shortest - 1:
                self._by_letter.setdefault(word[0], []).append(word)

    def mend(self, text: str) -> str:
        """Give the text with each misspelt word as the guidance spells it; all else as it was.

        A first letter is seldom wrong, and asking for it keeps the search short.
        """
        return WORD.sub(lambda found: self._mended(found[0]), text)

    def _mended(self, word: str) -> str:
        plain = word.lower()
        if not self._slips.shortest <= len(plain) <= self._slips.longest or self._known(plain):
            return word
        slips = 1 if len(plain) < self._slips.two else 2
        near = [
            (distance, -self._frequencies[candidate], candidate)
            for candidate in self._by_letter.get(plain[0], ())
            if (distance := OSA.distance(plain, candidate, score_cutoff=slips)) <= slips
        ]
        return min(near)[2] if near else word

    def _known(self, word: str) -> bool:
        """Say whether a word is right, or is made of a right word and a usual beginning or end."""
        if word in self._frequencies or word in self._everyday:
            return True
        stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
        stems += [word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix)]
        return any(
            len(part) >= 4 and form in self._everyday
            for part in stems
            for form in (part, f"{part}e", part[:-1] if part[-1] == part[-2] else part)
        )

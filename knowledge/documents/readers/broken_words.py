"""Words that a PDF broke at the end of a line: "safe-" and "guarding"."""

import re
from collections.abc import Iterable

from knowledge.language.analyser import Analyser
from knowledge.language.vocabulary import everyday_words

_BROKEN = re.compile(r"(?P<first>[^\W\d_]+)[-\u2010\u00ad](?P<gap>\s+)(?P<second>[^\W\d_]+)")
_AT_END = re.compile(r"(?<!\W)[^\W\d_]+[-\u2010\u00ad]$")
_NUMBER_AT_END = re.compile(r"\d[-\u2010]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# After "full- and part-time" a hyphen hangs on purpose.
_HANGING = frozenset({"and", "or", "to", "but", "nor", "as"})


class Vocabulary:
    """The words that a text holds whole, and common English words, by their stems."""

    def __init__(self, text: str) -> None:
        self._own = {word.lower() for word in _WORD.findall(_BROKEN.sub(" ", text))}
        self._analyser = Analyser()
        self._stems = frozenset(self._analyser.words(" ".join(everyday_words())))

    def mended(self, first: str, second: str) -> str:
        """Join the two parts of a broken word, with its hyphen when it has one of its own."""
        hyphened, joined = f"{first}-{second}", f"{first}{second}"
        if hyphened.lower() in self._own or second[:1].isupper():
            return hyphened
        if joined.lower() in self._own or self._knows(joined):
            return joined
        return hyphened if self._knows(first) and self._knows(second) else joined

    def _knows(self, word: str) -> bool:
        plain = word.lower()
        return plain in self._own or set(self._analyser.words(plain)) <= self._stems


def goes_on(line: str, following: str) -> bool:
    """Say whether a line ends inside a word, or inside "2024-25", and the next line goes on."""
    start = following.lstrip()[:1]
    if _NUMBER_AT_END.search(line.rstrip()):
        return start.isdigit()
    return _AT_END.search(line.rstrip()) is not None and start.islower()


def without_broken_words(lines: Iterable[str]) -> list[str]:
    """Mend broken words in lines that were joined, where a hyphen and a space stand in the word."""
    lines = list(lines)
    text = "\n".join(lines)
    if not _BROKEN.search(text):
        return lines
    vocabulary = Vocabulary(text)
    return [_BROKEN.sub(lambda found: _in_line(found, vocabulary), line) for line in lines]


def _in_line(found: re.Match[str], vocabulary: Vocabulary) -> str:
    if found["second"].lower() in _HANGING or found["second"][:1].isupper():
        return found[0]
    return vocabulary.mended(found["first"], found["second"])

"""What is no message at all: markup, codes, keys pressed at random."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from knowledge.language.rule_files import field, read_rules
from knowledge.messages.message import Message
from knowledge.search.models import everyday_words

WORDS_FILE = Path(__file__).with_name("rules") / "nonsense.yml"

_LETTERS = re.compile(r"[^\W\d_]+")
_MARKUP = re.compile(r"</?\s*[a-z]+[^>]*>|\bjavascript:|\{\{.*\}\}", re.IGNORECASE)
_ENCODED = re.compile(r"(?=\S*\d)(?=\S*[a-z])(?=\S*[A-Z])[A-Za-z0-9+/=]{28,}")
_SYMBOL = re.compile(r"[^\w\s?!.']")
_VOWEL = re.compile(r"[aeiouyw\u00e0-\uffff]")  # Welsh has two more of them than English


class Letters:
    """How likely letters are to follow each other, learnt from words."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._pairs: Counter[str] = Counter()
        self._firsts: Counter[str] = Counter()
        for word in self._words:
            for pair in _pairs(word):
                self._pairs[pair] += 1
                self._firsts[pair[0]] += 1

    def surprise(self, word: str) -> float:
        """Give the mean of -log10 of the chance of each next letter; 0 for a word it has met."""
        if word in self._words:
            return 0.0
        pairs = _pairs(word)
        chances = [(self._pairs[p] + 0.1) / (self._firsts[p[0]] + 3) for p in pairs]
        return -sum(map(math.log10, chances)) / len(pairs)


@dataclass(frozen=True)
class LetterLines:
    """From where on a message is gibberish.

    :param surprise: the mean of -log10 of the chance of each next letter that makes a word odd.
    :param shortest: letters; shorter words may be initials, whose letters say nothing.
    :param share: the share of odd words that makes a message gibberish.
    """

    surprise: float
    share: float
    shortest: int


class Nonsense:
    """Finds what is no message at all: markup, codes, and keys pressed at random."""

    def __init__(self, letters: Letters, lines: LetterLines) -> None:
        self._letters, self._lines = letters, lines

    @classmethod
    def load(cls, lines: LetterLines, path: Path = WORDS_FILE) -> Self:
        """Learn which letters follow each other from common English words and a few of our own.

        :raises RulesError: if the file or a field is missing or wrong.
        """
        rules = read_rules(path)
        ours = _LETTERS.findall(str(field(rules, path, "real_words")).lower())
        common = (word for word in everyday_words() if len(word) > 1)
        return cls(Letters([*common, *ours]), lines)

    def find(self, message: Message) -> Literal["markup", "gibberish"] | None:
        """Say what kind of nonsense a message is; None if it is none."""
        text = message.mended
        if _MARKUP.search(text) or _ENCODED.search(text):
            return "markup"
        return "gibberish" if self._is_gibberish(text) else None

    def _is_gibberish(self, text: str) -> bool:
        """Say whether a message has no words in it.

        Short words pass, since initials look like nothing else, unless symbols stand among them.
        """
        words = _LETTERS.findall(text.lower())
        if not words:
            return not re.search(r"\d", text)
        surprises = [self._letters.surprise(word) for word in words]
        symbols = len(_SYMBOL.findall(text))
        if symbols * 3 >= sum(map(len, words)) and all(surprises):
            return True
        odd = sum(
            surprise > self._lines.surprise or (surprise > 0 and not _VOWEL.search(word))
            for word, surprise in zip(words, surprises, strict=True)
            if len(word) >= self._lines.shortest
        )
        return odd > 0 and odd >= self._lines.share * len(words)


def _pairs(word: str) -> list[str]:
    edged = f"^{word}$"
    return [edged[i : i + 2] for i in range(len(edged) - 1)]

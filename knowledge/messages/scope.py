"""Whether a message is something the bot is for: in scope, out of scope, or gibberish."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from knowledge.language.rule_files import field, read_rules, texts
from knowledge.messages.examples import RULES_FOLDER, Examples, load_ordinary
from knowledge.messages.message import Message
from knowledge.search.embedding import Embedder

_LETTERS = re.compile(r"[^\W\d_]+")
_MARKUP = re.compile(r"</?\s*[a-z]+[^>]*>|\bjavascript:|\{\{.*\}\}", re.IGNORECASE)
_ENCODED = re.compile(r"(?=\S*\d)(?=\S*[a-z])(?=\S*[A-Z])[A-Za-z0-9+/=]{28,}")
_SYMBOL = re.compile(r"[^\w\s?!.']")
_VOWEL = re.compile(r"[aeiouyw\u00e0-\uffff]")  # Welsh has two more of them than English
_SHORT = 4  # letters; shorter words may be initials, whose letters say nothing


@dataclass(frozen=True)
class Scope:
    """Whether a message is something the bot is for.

    :param reason: for tests and advisers: markup, nearest, letters or nothing.
    :param margin: similarity to the nearest ordinary question minus that to the nearest example
        out of scope, from -2 to 2; for tests, no step reads it.
    """

    value: Literal["in_scope", "out_of_scope", "gibberish"]
    reason: str
    margin: float


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
class ScopeLines:
    """From where on a message is out of scope, or gibberish.

    :param at_least: the least cosine of the nearest example that is out of scope.
    :param by: how much nearer than any ordinary question it must be.
    :param surprise: the mean of -log10 of the chance of each next letter that makes a word odd.
    :param share: the share of odd words that makes a message gibberish.
    """

    at_least: float
    by: float
    surprise: float
    share: float


class ScopeRules:
    """Tells what is out of scope and what is gibberish; what it does not know is in scope."""

    def __init__(
        self,
        examples: Examples,
        letters: Letters,
        lines: ScopeLines,
    ) -> None:
        self._examples = examples
        self._letters = letters
        self._lines = lines

    @classmethod
    def load(
        cls,
        embedder: Embedder,
        lines: ScopeLines,
        folder: Path = RULES_FOLDER,
        keep: Path | None = None,
    ) -> Self:
        """Read scope.yml and embed its examples.

        :param folder: the folder of rules.
        :param keep: a folder for the examples' embeddings; None embeds them at every start.
        :raises RulesError: if a file or a field is missing or wrong.
        """
        path = folder / "scope.yml"
        rules = read_rules(path)
        sentences = {
            "in_scope": [*texts(rules, path, "examples", "in_scope"), *load_ordinary(folder)],
            "out_of_scope": texts(rules, path, "examples", "out_of_scope"),
        }
        known = " ".join([*sentences["in_scope"], *sentences["out_of_scope"]])
        return cls(
            Examples(sentences, embedder, keep),
            Letters(_LETTERS.findall(f"{known} {field(rules, path, 'real_words')}".lower())),
            lines,
        )

    def check(self, message: Message) -> Scope:
        """Say whether a message is in scope, out of scope or gibberish, and why."""
        text = message.mended
        near = self._examples.nearness([text])
        inside, outside = float(near["in_scope"][0]), float(near["out_of_scope"][0])
        margin = inside - outside
        if _MARKUP.search(text) or _ENCODED.search(text):
            return Scope("out_of_scope", "markup", margin)
        if self._is_gibberish(text):
            return Scope("gibberish", "letters", margin)
        if outside >= self._lines.at_least and -margin >= self._lines.by:
            return Scope("out_of_scope", "nearest", margin)
        return Scope("in_scope", "nothing", margin)

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
            if len(word) >= _SHORT
        )
        return odd > 0 and odd >= self._lines.share * len(words)


def _pairs(word: str) -> list[str]:
    edged = f"^{word}$"
    return [edged[i : i + 2] for i in range(len(edged) - 1)]

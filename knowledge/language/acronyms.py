"""Acronyms: what the short forms of schools mean."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import RulesError
from knowledge.language.rule_files import field, read_rules, texts

ACRONYMS_FILE = Path(__file__).with_name("acronyms.yml")
_WORD = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True)
class Acronym:
    """A short form with what it means, the likeliest first."""

    short: str
    meanings: tuple[str, ...]


class Acronyms:
    """Explains the acronyms of a text.

    :param meanings: what each means, by its capitals.
    :param words: those that are words too, and count only in capitals.
    """

    def __init__(self, meanings: Mapping[str, Sequence[str]], words: Collection[str]) -> None:
        self._known = {short: Acronym(short, tuple(each)) for short, each in meanings.items()}
        self._words = frozenset(words)

    def explain(self, text: str) -> tuple[Acronym, ...]:
        """Give the acronyms in a text, each once, in its order."""
        found = (self._find(word) for word in _WORD.findall(text))
        return tuple(dict.fromkeys(acronym for acronym in found if acronym))

    def _find(self, word: str) -> Acronym | None:
        plain = word.upper()
        shouted = word == plain or (word[-1] == "s" and word[:-1].isupper())
        # "SENCOs" are several of one; "SATs" stands in the list itself.
        for short in (plain, plain.removesuffix("S")):
            if short in self._known and (shouted or short not in self._words):
                return self._known[short]
        return None


def load_acronyms(path: Path = ACRONYMS_FILE) -> Acronyms:
    """Read the file of acronyms.

    :raises RulesError: if the file is missing or is not lists of meanings under short forms.
    """
    rules = read_rules(path)
    meanings = field(rules, path, "acronyms")
    for short, each in meanings.items():
        if not isinstance(each, list) or not all(isinstance(one, str) for one in each):
            raise RulesError(path, f"'{short}' needs a list of meanings, such as [home education]")
    known = {str(short): each for short, each in meanings.items()}
    return Acronyms(known, texts(rules, path, "words"))

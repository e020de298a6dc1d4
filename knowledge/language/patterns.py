"""Patterns of words, written so that content staff can read and change them.

A pattern is a row of terms, one space between them:

    suspended            this word
    suspend*             a word that starts so
    sacked|let_go        one of these words or phrases
    {me}                 a word or phrase from the list of that name (lists.yml)
    just?                this may be left out
    ..                   up to three words of any kind
    ...                  up to eight words of any kind
    ^                    a sentence starts here
    $                    a sentence ends here

A pattern never reaches across the end of a sentence.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

_GAPS = {"..": 3, "...": 8}
_ANY = r"[^\s.]"


class Patterns:
    """A set of patterns, matched together against plain words (see text.Words.plain)."""

    def __init__(self, patterns: Iterable[str], lists: Mapping[str, Sequence[str]]) -> None:
        """Compile the patterns.

        :raises ValueError: if a pattern names a list that does not exist.
        """
        every = [_compile(pattern, lists) for pattern in patterns]
        self._regex = re.compile(f"(?<= )(?:{'|'.join(every)})") if every else None

    def find(self, plain: str) -> str | None:
        """Give the first words that match, or None."""
        match = self._regex.search(plain) if self._regex else None
        return match[0].strip() if match else None

    def blank(self, plain: str) -> str:
        """Put one dash in the place of every match, so that no other pattern sees those words."""
        return self._regex.sub("- ", plain) if self._regex else plain


def _compile(pattern: str, lists: Mapping[str, Sequence[str]]) -> str:
    return "".join(_term(term, pattern, lists) for term in pattern.split())


def _term(term: str, pattern: str, lists: Mapping[str, Sequence[str]]) -> str:
    if term in _GAPS:
        return f"(?:{_ANY}+ ){{0,{_GAPS[term]}}}"
    if term == "^":
        return r"(?:(?<=^ )|(?<=\. ))"
    if term == "$":
        return r"(?=\. |$)"
    optional = "?" if term.endswith("?") else ""
    choices: list[str] = []
    for choice in term.removesuffix("?").split("|"):
        if choice.startswith("{"):
            name = choice.strip("{}")
            if name not in lists:
                raise ValueError(f"the pattern '{pattern}' names a list '{name}' that is not there")
            choices += lists[name]
        else:
            choices.append(choice.replace("_", " "))
    words = "|".join(re.escape(c).replace(r"\*", f"{_ANY}*") for c in choices)
    return f"(?:(?:{words}) ){optional}"

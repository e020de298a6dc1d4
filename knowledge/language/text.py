"""A member's message made ready for the rules: cleaned, cut into sentences, spelled plainly."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

from rapidfuzz.distance import OSA

from knowledge.errors import RulesError
from knowledge.language.rule_files import read_rules

WORDS_FILE = Path(__file__).with_name("words.yml")
MOST_PARTS = 12  # sentences that are read one by one; more are read in groups of neighbours
LONGEST_PART = 30  # words; a longer run without a full stop is cut where a clause starts

_APOSTROPHES = str.maketrans(dict.fromkeys("‘’‛ʼ`´′", "'"))
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\s*[\n…]+\s*|\s+[-–—]\s+")
_CLAUSE = re.compile(r",?\s+(?=(?:and|but|so|because|then|when|while|now|anyway)\s)", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.!?;\n…]+|(?<=\s)[-–—]+(?=\s)|£")


def clean(text: str) -> str:
    """Give the message in one plain form, with letters, case and line ends as typed.

    Unicode is folded (NFKC), what cannot be seen is dropped, apostrophes are straight and runs of
    spaces are one space.
    """
    text = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode("utf-8"))
    seen = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Co"))
    lines = "".join(seen).translate(_APOSTROPHES).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def sentences(text: str) -> tuple[str, ...]:
    """Cut a clean text into its sentences; one that runs on is cut again where a clause starts."""
    found: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        if len(sentence.split()) > LONGEST_PART:
            found += _runs(_CLAUSE.split(sentence))
        elif sentence:
            found.append(sentence)
    return tuple(found)


def parts(text: str) -> tuple[str, ...]:
    """Give the texts to embed for a clean text: the whole of it, then each sentence if several.

    Every rule asks for the same list, so that the embedder's memory answers all but the first.
    A message of very many sentences costs no more than one of its length with long ones: beyond
    `MOST_PARTS` neighbours are joined.
    """
    within = sentences(text)
    if len(within) > MOST_PARTS:
        size = -(-len(within) // MOST_PARTS)
        within = tuple(" ".join(within[n : n + size]) for n in range(0, len(within), size))
    return (text, *within) if len(within) > 1 else (text,)


def _runs(clauses: Iterable[str]) -> list[str]:
    """Join clauses while they stay short, so that no part is a mere word or two."""
    runs: list[str] = []
    for clause in filter(None, clauses):
        if runs and len(runs[-1].split()) + len(clause.split()) <= LONGEST_PART // 2:
            runs[-1] += f" {clause}"
        else:
            runs.append(clause)
    return runs


class Speller:
    """Rewrites a message in plain lower-case words that patterns can be matched against."""

    def __init__(
        self,
        short_forms: Mapping[str, str],
        often_misspelt: Iterable[str],
        real_words: Iterable[str],
    ) -> None:
        self._known = {word: word for word in real_words}
        self._often_misspelt: dict[str, list[str]] = {}
        for word in often_misspelt:
            self._known[word] = word
            self._often_misspelt.setdefault(word[0], []).append(word)
        self._short_forms = dict(short_forms)

    @classmethod
    def load(cls, path: Path = WORDS_FILE) -> Self:
        """Read the words that are often misspelt or shortened.

        :raises RulesError: if the file or one of its fields is missing or wrong.
        """
        rules = read_rules(path)
        try:
            forms = {str(short): str(full) for short, full in rules["short_forms"].items()}
            return cls(forms, rules["often_misspelt"].split(), rules["real_words"].split())
        except (KeyError, AttributeError) as problem:
            raise RulesError(path, f"a field is missing or is not text ({problem})") from problem

    def plain(self, text: str) -> str:
        """Give the words of a clean text, lower case, with a space around each and '.' between
        sentences: " i have been suspended . can they do that ".
        """
        words = []
        for token in _TOKEN.findall(text.lower()):
            words.append(self._word(token) if token[0].isalnum() or token == "£" else ".")
        return f" {' '.join(words)} "

    def _word(self, token: str) -> str:
        if token in self._short_forms:
            return self._short_forms[token]
        return self._known.get(token) or self._closest(token)

    def _closest(self, token: str) -> str:
        """Give the often misspelt word this one must be meant for, or the word as it is.

        One slip is allowed in words of five to seven letters and two in longer ones; a first
        letter is seldom wrong, and asking for it keeps the search short.
        """
        slips = 0 if len(token) < 5 else 1 if len(token) < 8 else 2
        if slips == 0 or len(token) > 20:
            return token
        near = [
            (distance, word)
            for word in self._often_misspelt.get(token[0], ())
            if (distance := OSA.distance(token, word, score_cutoff=slips)) <= slips
        ]
        return min(near)[1] if near else token

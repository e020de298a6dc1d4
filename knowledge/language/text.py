"""A member's message made ready for the rules: cleaned, cut into sentences, spelled plainly."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from knowledge.errors import RulesError
from knowledge.language.rule_files import read_rules

WORDS_FILE = Path(__file__).with_name("words.yml")

_APOSTROPHES = str.maketrans(dict.fromkeys("‘’‛ʼ`´′", "'"))
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\s*[\n…]+\s*|\s+[-–—]\s+")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_TOKEN = re.compile(rf"{WORD.pattern}|[.!?;\n…]+|(?<=\s)[-–—]+(?=\s)|£")


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
    """Cut a clean text into its sentences."""
    return tuple(filter(None, _SENTENCE_END.split(text)))


@dataclass(frozen=True)
class Words:
    """What is known of how people write.

    :param short_forms: short and joined forms, and what they stand for.
    :param often_misspelt: words that matter to a rule and are often misspelt.
    :param real_words: words that look like a slip of one of these and mean themselves.
    """

    short_forms: Mapping[str, str]
    often_misspelt: tuple[str, ...]
    real_words: tuple[str, ...]

    @classmethod
    def load(cls, path: Path = WORDS_FILE) -> Self:
        """Read words.yml.

        :raises RulesError: if the file or one of its fields is missing or wrong.
        """
        rules = read_rules(path)
        try:
            forms = {str(short): str(full) for short, full in rules["short_forms"].items()}
            often, real = rules["often_misspelt"].split(), rules["real_words"].split()
        except (KeyError, AttributeError) as problem:
            raise RulesError(path, f"a field is missing or is not text ({problem})") from problem
        return cls(forms, tuple(often), tuple(real))

    def plain(self, text: str) -> str:
        """Give the words of a clean text, lower case, with a space around each and '.' between
        sentences: " i have been suspended . can they do that ".
        """
        words = []
        for token in _TOKEN.findall(text.lower()):
            known = token[0].isalnum() or token == "£"
            words.append(self.short_forms.get(token, token) if known else ".")
        return f" {' '.join(words)} "

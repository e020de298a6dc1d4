"""Synonyms: what members call a thing, and what the guidance calls it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from knowledge.errors import RulesError
from knowledge.language.rule_files import field, read_rules

SYNONYMS_FILE = Path(__file__).with_name("synonyms.yml")


class Synonyms:
    """Finds members' words in a question.

    :param forms: for each meaning, the forms that members write.
    """

    def __init__(self, forms: Mapping[str, Sequence[str]]) -> None:
        # Each form with what it can mean.
        self.forms: dict[str, list[str]] = {}
        for meaning, written in forms.items():
            for form in written:
                self.forms.setdefault(_plain(form), []).append(meaning)
        # The longest form first: "mat leave" before "mat".
        every = "|".join(re.escape(form) for form in sorted(self.forms, key=len, reverse=True))
        self._regex = re.compile(rf"(?<![\w'-])(?:{every})(?![\w-])") if every else None

    def meanings(self, question: str) -> tuple[str, ...]:
        """Give what the guidance calls the things in a question, unless it says so itself."""
        if self._regex is None:
            return ()
        plain = _plain(question)
        found = [meaning for form in self._regex.findall(plain) for meaning in self.forms[form]]
        return tuple(meaning for meaning in dict.fromkeys(found) if _plain(meaning) not in plain)


def load_synonyms(path: Path = SYNONYMS_FILE) -> Synonyms:
    """Read the file of synonyms.

    :raises RulesError: if the file is missing or is not lists of forms under meanings.
    """
    forms = field(read_rules(path), path, "synonyms")
    for meaning, written in forms.items():
        if not isinstance(written, list):
            raise RulesError(path, f"'{meaning}' needs a list of forms, such as [ssp]")
    return Synonyms({str(meaning): [str(f) for f in each] for meaning, each in forms.items()})


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())

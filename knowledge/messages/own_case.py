"""What depends on a member's own case, and requests for a person."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from knowledge.language.patterns import Patterns
from knowledge.language.rule_files import (
    field,
    load_lists,
    make_patterns,
    read_rules,
    texts,
)
from knowledge.language.text import Speller, parts
from knowledge.messages.examples import RULES_FOLDER, Judge, load_examples, load_ordinary
from knowledge.search.embedding import Embedder

_ORDINARY = "ordinary"
_PERSON = "person"


@dataclass(frozen=True)
class OwnCase:
    """Something that only a person who knows the member's case can answer.

    :param kind: work_out, have_a_case, decide, contract_or_pay, dispute or not_helped.
    :param evidence: the words of the message that showed it, for tests and advisers, never a log.
    """

    kind: str
    evidence: str


@dataclass(frozen=True)
class OwnCaseLine:
    """How likely a message must be a member's own case, 0 to 1, going by all the examples."""

    likelihood: float


class OwnCaseRules:
    """Tells what is for the advice line because it depends on the member's own case."""

    def __init__(
        self,
        kinds: dict[str, Patterns],
        person: Patterns,
        not_a_person: Patterns,
        speller: Speller,
        judge: Judge,
        line: OwnCaseLine,
    ) -> None:
        self._kinds = kinds
        self._person = person
        self._not_a_person = not_a_person
        self._speller = speller
        self._judge = judge
        self._line = line

    @classmethod
    def load(
        cls,
        embedder: Embedder,
        speller: Speller,
        line: OwnCaseLine,
        folder: Path = RULES_FOLDER,
        keep: Path | None = None,
    ) -> Self:
        """Read own_case.yml and embed its examples.

        :param folder: the folder of rules.
        :param keep: a folder for the examples' embeddings; None embeds them at every start.
        :raises RulesError: if a file or a field is missing or wrong.
        """
        path = folder / "own_case.yml"
        rules = read_rules(path)
        lists = load_lists()
        general = [*texts(rules, path, "not_own_case"), *texts(rules, path, "not_a_person")]
        elsewhere = load_examples(folder / "scope.yml")
        sentences = {_ORDINARY: [*general, *load_ordinary(folder), *elsewhere]}
        sentences[_PERSON] = texts(rules, path, _PERSON, "examples")
        kinds = {}
        for name in field(rules, path, "kinds"):
            kinds[name] = make_patterns(texts(rules, path, "kinds", name, "patterns"), lists, path)
            sentences[name] = texts(rules, path, "kinds", name, "examples")
        return cls(
            kinds,
            make_patterns(texts(rules, path, _PERSON, "patterns"), lists, path),
            make_patterns(texts(rules, path, _PERSON, "not_this"), lists, path),
            speller,
            Judge(sentences, embedder, keep),
            line,
        )

    def check(self, text: str) -> OwnCase | None:
        """Say whether the answer depends on the member's own case; None if it does not."""
        plain = self._speller.plain(text)
        for kind, patterns in self._kinds.items():
            if evidence := patterns.find(plain):
                return OwnCase(kind, evidence)
        label, evidence = self._most_like(text)
        return OwnCase(label, evidence) if label in self._kinds else None

    def wants_person(self, text: str) -> bool:
        """Say whether a message asks for a person, in any words."""
        plain = self._speller.plain(text)
        if self._person.find(self._not_a_person.blank(plain)):
            return True
        return self._most_like(text)[0] == _PERSON

    def _most_like(self, text: str) -> tuple[str, str]:
        """Give the label that the message or one of its sentences is most like, and that text.

        Ordinary, unless it is likely enough to be something else.
        """
        among = parts(text)
        likelihood = self._judge.likelihood(among)
        part = int(np.argmin(likelihood[_ORDINARY]))
        if 1 - likelihood[_ORDINARY][part] < self._line.likelihood:
            return _ORDINARY, ""
        others = (*self._kinds, _PERSON)
        return max(others, key=lambda label: float(likelihood[label][part])), among[part]

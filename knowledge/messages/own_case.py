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
from knowledge.messages.examples import RULES_FOLDER, Judge, load_examples, load_ordinary
from knowledge.messages.message import Message
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


@dataclass(frozen=True)
class ForPeople:
    """What of a message only people can answer.

    :param person: whether it asks for a person, in any words.
    :param own_case: what depends on the member's own case; None if nothing does.
    """

    person: bool
    own_case: OwnCase | None = None


class OwnCaseRules:
    """Tells what is for the advice line because it depends on the member's own case."""

    def __init__(
        self,
        kinds: dict[str, Patterns],
        person: Patterns,
        not_a_person: Patterns,
        judge: Judge,
        line: OwnCaseLine,
    ) -> None:
        self._kinds = kinds
        self._person = person
        self._not_a_person = not_a_person
        self._judge = judge
        self._line = line

    @classmethod
    def load(
        cls,
        embedder: Embedder,
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
            Judge(sentences, embedder, keep),
            line,
        )

    def check(self, message: Message) -> ForPeople:
        """Say whether a message asks for a person, or depends on the member's own case."""
        if self._person.find(self._not_a_person.blank(message.plain)):
            return ForPeople(person=True)
        label, like = self._most_like(message.parts)
        return ForPeople(label == _PERSON, self._own_case(message.plain, label, like))

    def _own_case(self, plain: str, label: str, like: str) -> OwnCase | None:
        for kind, patterns in self._kinds.items():
            if evidence := patterns.find(plain):
                return OwnCase(kind, evidence)
        return OwnCase(label, like) if label in self._kinds else None

    def _most_like(self, among: tuple[str, ...]) -> tuple[str, str]:
        """Give the label that the message or one of its sentences is most like, and that text.

        Ordinary, unless it is likely enough to be something else.
        """
        likelihood = self._judge.likelihood(among)
        part = int(np.argmin(likelihood[_ORDINARY]))
        if 1 - likelihood[_ORDINARY][part] < self._line.likelihood:
            return _ORDINARY, ""
        others = (*self._kinds, _PERSON)
        return max(others, key=lambda label: float(likelihood[label][part])), among[part]

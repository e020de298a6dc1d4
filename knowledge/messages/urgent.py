"""Urgent matters in a message, found by patterns and by likeness to example sentences."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from knowledge.language.patterns import Patterns
from knowledge.language.rule_files import (
    load_lists,
    make_patterns,
    read_rules,
    texts,
)
from knowledge.messages.examples import RULES_FOLDER, Judge, load_examples, load_ordinary
from knowledge.messages.message import Message
from knowledge.search.embedding import Embedder, Vectors

_ORDINARY = "ordinary"


@dataclass(frozen=True)
class Urgent:
    """An urgent matter in a message.

    :param kind: which matter, for example "suspension".
    :param happening: True when it concerns a real person; False for a question about the subject.
    :param contacts: ids of the contacts to give, the first one first.
    :param evidence: the words of the message that showed it, for tests and advisers, never a log.
    """

    kind: str
    happening: bool
    contacts: tuple[str, ...]
    evidence: str


@dataclass(frozen=True)
class _Kind:
    """The rules of one kind of urgent matter."""

    name: str
    contacts: tuple[str, ...]
    danger_contacts: tuple[str, ...]
    safety: bool  # whether a life may depend on it: then recall counts before anything else
    not_this: Patterns
    happening: Patterns
    about: Patterns
    danger: Patterns


@dataclass(frozen=True)
class UrgentLines:
    """How likely a matter must be, 0 to 1, going by all the examples together.

    :param safety: for a matter on which a life may depend.
    :param happening: for any other matter that is happening.
    :param lead: how much nearer (cosine) an example of a matter must be than any other.
    :param pattern: for the patterns of a matter to count, where no life depends on it.
    :param about: for a question about a matter.
    """

    safety: float
    happening: float
    lead: float
    pattern: float
    about: float


class UrgentRules:
    """Finds urgent matters in a message."""

    def __init__(
        self,
        kinds: tuple[_Kind, ...],
        idioms: Patterns,
        judge: Judge,
        lines: UrgentLines,
    ) -> None:
        self._kinds = kinds
        self._idioms = idioms
        self._judge = judge
        self._lines = lines

    @classmethod
    def load(
        cls,
        embedder: Embedder,
        lines: UrgentLines,
        folder: Path = RULES_FOLDER,
        keep: Path | None = None,
    ) -> Self:
        """Read urgent.yml and the file of each kind, and embed their examples.

        :param folder: the folder of rules.
        :param keep: a folder for the examples' embeddings; None embeds them at every start.
        :raises RulesError: if a file or a field is missing or wrong.
        """
        path = folder / "urgent.yml"
        rules = read_rules(path)
        lists = load_lists()
        kinds = []
        sentences = {
            _ORDINARY: [
                *texts(rules, path, "not_urgent"),
                *load_ordinary(folder),
                *load_examples(folder / "own_case.yml"),
                *load_examples(folder / "scope.yml"),
            ]
        }
        for name in texts(rules, path, "kinds"):
            kind_path = folder / "urgent" / f"{name}.yml"
            kind = read_rules(kind_path)
            kinds.append(_read_kind(name, kind, kind_path, lists))
            for state in ("happening", "about"):
                sentences[f"{name} {state}"] = texts(kind, kind_path, state, "examples")
        idioms = make_patterns(texts(rules, path, "idioms"), lists, path)
        judge = Judge(sentences, embedder, keep)
        return cls(tuple(kinds), idioms, judge, lines)

    def check(self, message: Message) -> Urgent | None:
        """Say whether a message is about an urgent matter; None if it is not."""
        plain, among = self._idioms.blank(message.plain), message.parts
        likelihood = self._judge.likelihood(among)
        names = [f"{kind.name} happening" for kind in self._kinds]
        # The words of a matter are those of a question about it too. They are believed alone
        # where a life may depend on it, and else unless all the examples speak against them.
        believed = float(np.max(sum(likelihood[name] for name in names))) >= self._lines.pattern
        for kind in self._kinds:
            evidence = kind.happening.find(kind.not_this.blank(plain))
            if evidence and (believed or kind.safety):
                return self._urgent(kind, True, plain, evidence)
        # A text that is like no example at all can seem likely; then an ordinary one is nearer.
        near = self._judge.lead(among, names) >= self._lines.lead
        likely = {label: values * near for label, values in likelihood.items()}
        like = self._most_like(likely, among, "happening")
        if like:
            return self._urgent(like[0], True, plain, like[1])
        for kind in self._kinds:
            if evidence := kind.about.find(plain):
                return self._urgent(kind, False, plain, evidence)
        like = self._most_like(likelihood, among, "about")
        return self._urgent(like[0], False, plain, like[1]) if like else None

    def _urgent(self, kind: _Kind, happening: bool, plain: str, evidence: str) -> Urgent:
        danger = happening and kind.danger.find(plain)
        contacts = kind.danger_contacts if danger else kind.contacts
        return Urgent(kind.name, happening, contacts, evidence)

    def _most_like(
        self, likelihood: dict[str, Vectors], among: tuple[str, ...], state: str
    ) -> tuple[_Kind, str] | None:
        """Give the kind whose examples the message is like, and the sentence that shows it.

        Where a life may depend on it less is enough, and it goes before the rest.

        :param likelihood: of each label, for each text among the message's parts.
        """
        safety = tuple(kind for kind in self._kinds if kind.safety)
        levels = [(self._lines.about, self._kinds)]
        if state == "happening":
            levels = [(self._lines.safety, safety), (self._lines.happening, self._kinds)]
        for level, kinds in levels:
            every = np.stack([likelihood[f"{kind.name} {state}"] for kind in kinds])
            part = int(np.argmax(every.sum(axis=0)))
            if every[:, part].sum() >= level:
                return kinds[int(np.argmax(every[:, part]))], among[part]
        return None


def _read_kind(name: str, rules: dict[str, Any], path: Path, lists: dict[str, list[str]]) -> _Kind:
    danger = rules.get("danger", {})
    contacts = texts(rules, path, "contacts")
    return _Kind(
        name=name,
        contacts=tuple(contacts),
        danger_contacts=tuple(danger.get("contacts", contacts)),
        safety=bool(rules.get("safety", False)),
        not_this=make_patterns(rules.get("not_this", []), lists, path),
        happening=make_patterns(texts(rules, path, "happening", "patterns"), lists, path),
        about=make_patterns(texts(rules, path, "about", "patterns"), lists, path),
        danger=make_patterns(danger.get("patterns", []), lists, path),
    )

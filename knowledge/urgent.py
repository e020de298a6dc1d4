"""Urgent matters in a message, found by patterns and by nearness to example sentences."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from knowledge.embedding import Embedder
from knowledge.examples import Examples, Nearness
from knowledge.patterns import Patterns
from knowledge.rule_files import field, load_lists, load_ordinary, make_patterns, read_rules, texts
from knowledge.text import Speller, parts

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


class UrgentRules:
    """Finds urgent matters in a message."""

    def __init__(
        self,
        kinds: tuple[_Kind, ...],
        idioms: Patterns,
        speller: Speller,
        examples: Examples,
        nearness: dict[str, Nearness],
    ) -> None:
        self._kinds = kinds
        self._idioms = idioms
        self._speller = speller
        self._examples = examples
        self._nearness = nearness

    @classmethod
    def load(cls, folder: Path, embedder: Embedder, keep: Path | None = None) -> Self:
        """Read urgent.yml and the file of each kind, and embed their examples.

        :param folder: the folder of rules.
        :param keep: a folder for the examples' embeddings; None embeds them at every start.
        :raises RulesError: if a file or a field is missing or wrong.
        """
        path = folder / "urgent.yml"
        rules = read_rules(path)
        lists = load_lists(folder)
        kinds = []
        sentences = {_ORDINARY: [*texts(rules, path, "not_urgent"), *load_ordinary(folder)]}
        for name in texts(rules, path, "kinds"):
            kind_path = folder / "urgent" / f"{name}.yml"
            kind = read_rules(kind_path)
            kinds.append(_read_kind(name, kind, kind_path, lists))
            for state in ("happening", "about"):
                sentences[f"{name} {state}"] = texts(kind, kind_path, state, "examples")
        nearness = {
            level: Nearness(**field(rules, path, "nearness", level))
            for level in ("safety", "happening", "about")
        }
        idioms = make_patterns(texts(rules, path, "idioms"), lists, path)
        examples = Examples(sentences, embedder, keep)
        return cls(tuple(kinds), idioms, Speller.load(folder), examples, nearness)

    def check(self, text: str) -> Urgent | None:
        """Say whether a message is about an urgent matter; None if it is not."""
        plain = self._idioms.blank(self._speller.plain(text))
        for kind in self._kinds:
            if evidence := kind.happening.find(kind.not_this.blank(plain)):
                return self._urgent(kind, True, plain, evidence)
        near = self._nearest(text, "happening")
        if near:
            return self._urgent(near[0], True, plain, near[1])
        for kind in self._kinds:
            if evidence := kind.about.find(plain):
                return self._urgent(kind, False, plain, evidence)
        near = self._nearest(text, "about")
        return self._urgent(near[0], False, plain, near[1]) if near else None

    def _urgent(self, kind: _Kind, happening: bool, plain: str, evidence: str) -> Urgent:
        danger = happening and kind.danger.find(plain)
        contacts = kind.danger_contacts if danger else kind.contacts
        return Urgent(kind.name, happening, contacts, evidence)

    def _nearest(self, text: str, state: str) -> tuple[_Kind, str] | None:
        """Give the kind whose examples come near enough, the safety ones first, and the sentence.

        What happens must stand out from questions about the same kinds; such a question, when
        nothing seems to happen, only from ordinary ones.
        """
        rivals = [_ORDINARY]
        if state == "happening":
            rivals += [f"{kind.name} about" for kind in self._kinds]
        for level, safety in (("safety", True), (state, False)):
            among = {f"{k.name} {state}": k for k in self._kinds if k.safety == safety}
            need = self._nearness[level if state == "happening" else "about"]
            if found := self._examples.nearest(parts(text), among, rivals, need):
                return among[found[0]], found[1]
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

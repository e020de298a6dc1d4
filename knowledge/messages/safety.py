"""Where a life may depend on it, plain patterns find it when the model cannot be asked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from knowledge.language.patterns import Patterns
from knowledge.language.rule_files import load_lists, make_patterns, read_rules, texts
from knowledge.messages.examples import RULES_FOLDER
from knowledge.messages.message import Message
from knowledge.messages.urgent import Urgent


@dataclass(frozen=True)
class _Kind:
    name: str
    contacts: tuple[str, ...]
    not_this: Patterns
    happening: Patterns


class SafetyPatterns:
    """Finds the matters of safety in a message by their words alone."""

    def __init__(self, kinds: tuple[_Kind, ...], idioms: Patterns) -> None:
        self._kinds, self._idioms = kinds, idioms

    @classmethod
    def load(cls, folder: Path = RULES_FOLDER) -> Self:
        """Read the patterns of each kind that says `safety: true`.

        :raises RulesError: if a file or a field is missing or wrong.
        """
        path, lists = folder / "urgent.yml", load_lists()
        rules = read_rules(path)
        kinds = []
        for name in texts(rules, path, "kinds"):
            kind_path = folder / "urgent" / f"{name}.yml"
            kind = read_rules(kind_path)
            if not kind.get("safety"):
                continue
            kinds.append(
                _Kind(
                    name,
                    tuple(texts(kind, kind_path, "contacts")),
                    make_patterns(kind.get("not_this", []), lists, kind_path),
                    make_patterns(texts(kind, kind_path, "happening", "patterns"), lists, path),
                )
            )
        idioms = make_patterns(texts(rules, path, "idioms"), lists, path)
        return cls(tuple(kinds), idioms)

    def check(self, message: Message) -> Urgent | None:
        """Say whether somebody's safety is at stake in a message; None if no pattern says so."""
        plain = self._idioms.blank(message.plain)
        for kind in self._kinds:
            if evidence := kind.happening.find(kind.not_this.blank(plain)):
                return Urgent(kind.name, True, kind.contacts, evidence)
        return None

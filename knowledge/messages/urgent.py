"""Urgent matters in a message: found by the message model, and by words where a life may depend."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from knowledge.errors import RulesError
from knowledge.language.patterns import Patterns
from knowledge.language.rule_files import load_lists, make_patterns, read_rules, texts
from knowledge.messages.kinds import SAFETY, URGENT
from knowledge.messages.message import Message
from knowledge.messages.model import Judged

RULES_FOLDER = Path(__file__).with_name("rules")


@dataclass(frozen=True)
class Urgent:
    """An urgent matter in a message.

    :param kind: which matter, for example "suspension".
    :param happening: True when it concerns a real person; False for a question about the subject.
    :param contacts: ids of the contacts to give, the first one first.
    """

    kind: str
    happening: bool
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class UrgentLines:
    """How likely a matter must be, 0 to 1, going by the message model.

    :param happening: for something grave to be happening, whatever it is.
    :param safety: for one matter on which a life may depend.
    :param pattern: for the words of such a matter to count too.
    :param about: for a question to be about a matter.
    """

    happening: float
    safety: float
    pattern: float
    about: float


@dataclass(frozen=True)
class _Matter:
    """What is known of one matter without the model.

    :param not_this: taken out before `happening` looks.
    :param happening: the words that show it, where a life may depend on it.
    :param danger: the words that show that it goes on now.
    """

    contacts: tuple[str, ...]
    not_this: Patterns
    happening: Patterns
    danger: Patterns
    danger_contacts: tuple[str, ...]


class UrgentRules:
    """Finds urgent matters in a message."""

    def __init__(self, matters: dict[str, _Matter], idioms: Patterns, lines: UrgentLines) -> None:
        self._matters, self._idioms, self._lines = matters, idioms, lines

    @classmethod
    def load(cls, lines: UrgentLines, folder: Path = RULES_FOLDER) -> Self:
        """Read urgent.yml.

        :param folder: the folder of rules.
        :raises RulesError: if a field is missing or wrong.
        """
        path, lists = folder / "urgent.yml", load_lists()
        rules = read_rules(path)
        given = rules.get("matters")
        if not isinstance(given, dict) or set(given) != set(URGENT):
            raise RulesError(path, f"'matters' must hold exactly these: {', '.join(URGENT)}")
        matters = {name: _matter(rules, path, name, lists) for name in URGENT}
        return cls(matters, make_patterns(texts(rules, path, "idioms"), lists, path), lines)

    def check(self, message: Message, judged: Judged) -> Urgent | None:
        """Say whether a message is about an urgent matter; None if it is not."""
        for kind in SAFETY:
            if judged.kinds[kind] >= self._lines.safety:
                return self._urgent(kind, True, message)
        if judged.urgent >= self._lines.happening:
            return self._urgent(judged.matter, True, message)
        if judged.urgent >= self._lines.pattern and (found := self.by_words(message)):
            return found
        matter = max(URGENT, key=lambda name: judged.matters[name])
        if judged.matters[matter] >= self._lines.about:
            return self._urgent(matter, False, message)
        return None

    def by_words(self, message: Message) -> Urgent | None:
        """Say whether the words alone show that a life may depend on it; needs no model."""
        plain = self._idioms.blank(message.plain)
        for kind in SAFETY:
            matter = self._matters[kind]
            if matter.happening.find(matter.not_this.blank(plain)):
                return self._urgent(kind, True, message)
        return None

    def _urgent(self, kind: str, happening: bool, message: Message) -> Urgent:
        matter = self._matters[kind]
        danger = happening and matter.danger.find(self._idioms.blank(message.plain))
        return Urgent(kind, happening, matter.danger_contacts if danger else matter.contacts)


def _matter(rules: dict[str, Any], path: Path, name: str, lists: dict[str, list[str]]) -> _Matter:
    values = rules["matters"][name]
    danger = values.get("danger", {})
    contacts = tuple(texts(rules, path, "matters", name, "contacts"))
    return _Matter(
        contacts=contacts,
        not_this=make_patterns(values.get("not_this", []), lists, path),
        happening=make_patterns(values.get("happening", []), lists, path),
        danger=make_patterns(danger.get("patterns", []), lists, path),
        danger_contacts=tuple(danger.get("contacts", contacts)),
    )

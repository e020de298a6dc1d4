"""Follow-up questions: made whole with what was asked before, without a language model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import RulesError
from knowledge.language.rule_files import field, read_rules, texts
from knowledge.language.text import WORD

FOLLOW_UP_FILE = Path(__file__).with_name("rules") / "follow_up.yml"


@dataclass(frozen=True)
class FollowUpLines:
    """What may be a follow-up.

    :param short: a question of at most so many words may go on with the one before it.
    """

    short: int


@dataclass(frozen=True)
class FollowUps:
    """Tells a follow-up from a question of its own, and makes it whole.

    :param openings: how a follow-up begins, such as "what about".
    :param pointers: words that point at something said before, such as "they".
    :param fillers: words that bring no subject of their own.
    :param roles: each form of the words for a role or a group, and the group's plain name; a
        new one takes the old one's place.
    """

    openings: tuple[str, ...]
    pointers: frozenset[str]
    fillers: frozenset[str]
    roles: Mapping[str, str]
    lines: FollowUpLines

    @classmethod
    def load(cls, lines: FollowUpLines, path: Path = FOLLOW_UP_FILE) -> "FollowUps":
        """Read the rules.

        :raises RulesError: if the file is missing or incomplete.
        """
        rules = read_rules(path)
        roles: dict[str, str] = {}
        groups: Any = field(rules, path, "roles")
        if not isinstance(groups, list):
            raise RulesError(path, "'roles' must be a list of lists of words")
        for group in groups:
            roles.update({str(form): str(group[0]) for form in group})
        return cls(
            openings=tuple(sorted(texts(rules, path, "openings"), key=len)[::-1]),
            pointers=frozenset(texts(rules, path, "pointers")),
            fillers=frozenset(texts(rules, path, "fillers")),
            roles=roles,
            lines=lines,
        )

    def leans(self, question: str) -> bool:
        """Say whether a question cannot be understood without the one before it."""
        words = words_of(question)
        if not words:
            return False
        opened = self._opens(words)
        subject = [w for w in words if w not in self.fillers and w not in self.pointers]
        roles_only = all(word in self.roles for word in subject)
        pointed = self.points(question)
        return (
            not subject
            or roles_only
            or (opened and len(subject) <= 4)
            or (pointed and len(subject) <= 3)
        )

    def points(self, question: str) -> bool:
        """Say whether a question has a word that points back, such as "they"."""
        return any(word in self.pointers for word in words_of(question))

    def goes_on(self, question: str) -> bool:
        """Say whether a question opens like a follow-up or points back."""
        return self._opens(words_of(question)) or self.points(question)

    def may_lean(self, question: str) -> bool:
        """Say whether a question could be a follow-up: then both readings are searched for."""
        return self.goes_on(question) or len(words_of(question)) <= self.lines.short

    def _opens(self, words: Sequence[str]) -> bool:
        plain = " ".join(words) + " "
        return any(plain.startswith(opening + " ") for opening in self.openings)

    def whole(self, before: str, question: str) -> str:
        """Give the question with the one before it in front, its roles replaced by the new ones."""
        new_roles = {self.roles[word] for word in words_of(question) if word in self.roles}
        if new_roles:
            kept = []
            for word in before.split():
                plain = "".join(WORD.findall(word.lower()))
                if plain not in self.roles:
                    kept.append(word)
            before = " ".join(kept)
        return joined(before, question)


def joined(before: str, question: str) -> str:
    """Give a question with the one before it in front, as it is searched for and read."""
    return f"{before.rstrip(' ?.!')}: {question}" if before else question


def words_of(text: str) -> Sequence[str]:
    """Give a text's plain words, lower-case and in order."""
    return WORD.findall(text.lower())

"""Who can join: which role a message names."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.language.patterns import Patterns
from knowledge.language.rule_files import field, load_lists, make_patterns, read_rules
from knowledge.messages.message import Message

ELIGIBILITY_FILE = Path(__file__).with_name("rules") / "eligibility.yml"
_LONGEST_ROLE = 6


@dataclass(frozen=True)
class EligibilityRules:
    """Finds roles in messages.

    :param listed: the roles that the union names; only for these is the answer certain.
    :param other: further roles that members ask about.
    :param joining: what a question about joining asks, with {role} in it.
    """

    listed: dict[str, Patterns]
    other: dict[str, Patterns]
    self_words: Patterns
    joining: str

    @classmethod
    def load(cls, path: Path = ELIGIBILITY_FILE) -> "EligibilityRules":
        """Read the rules.

        :raises RulesError: if the file is missing or incomplete.
        """
        rules, lists = read_rules(path), load_lists()

        def roles(name: str) -> dict[str, Patterns]:
            return {
                str(role): make_patterns(rows, lists, path)
                for role, rows in field(rules, path, name).items()
            }

        return cls(
            listed=roles("listed"),
            other=roles("other"),
            self_words=make_patterns(field(rules, path, "self"), lists, path),
            joining=str(field(rules, path, "question")),
        )

    def named(self, message: Message) -> str | None:
        """Give the role that a message names, or None; a listed one before any other."""
        for roles in (self.listed, self.other):
            for role, patterns in roles.items():
                if patterns.find(message.plain):
                    return role
        return None

    def role(self, message: Message) -> str | None:
        """Give the role in a reply to "What is your role?", or None when it is no such reply."""
        said = message.clean
        if "?" in said or len(said.split()) > 2 * _LONGEST_ROLE:
            return None
        return self.named(message) or (said if len(said.split()) <= _LONGEST_ROLE else None)

    def about_self(self, message: Message) -> bool:
        """Say whether a question about joining is about the member, so that the role matters."""
        return self.self_words.find(message.plain) is not None

    def is_listed(self, role: str) -> bool:
        """Say whether the union names this role."""
        return role in self.listed

    def question(self, role: str) -> str:
        """Give the question to search for about a role."""
        return self.joining.replace("{role}", role)

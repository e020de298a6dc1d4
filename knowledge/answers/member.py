"""What the answer depends on about the member: own job or staff, nation, role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.answers.conversation import Conversation
from knowledge.documents.document import NATIONS, ROLES, Document
from knowledge.language.patterns import Patterns
from knowledge.language.rule_files import field, load_lists, make_patterns, read_rules
from knowledge.messages.message import Message
from knowledge.search.searcher import Hit

MEMBER_FILE = Path(__file__).with_name("rules") / "member.yml"
AUDIENCE, NATION, ROLE = "audience", "nation", "role"
_JOB_AUDIENCES = ("own-job", "managing-staff")


@dataclass(frozen=True)
class MemberRules:
    """Finds out what a message says about the member, and which documents fit that."""

    patterns: Mapping[str, Mapping[str, Patterns]]

    @classmethod
    def load(cls, path: Path = MEMBER_FILE) -> "MemberRules":
        """Read the rules.

        :raises RulesError: if the file is missing or incomplete.
        """
        rules, lists = read_rules(path), load_lists()
        patterns = {
            name: {
                str(value): make_patterns(rows, lists, path)
                for value, rows in field(rules, path, name).items()
            }
            for name in (AUDIENCE, NATION, ROLE)
        }
        return cls(patterns)

    def named(self, message: Message) -> dict[str, str]:
        """Give what a message says of itself: at most one audience, nation and role.

        When it names several, such as both nations, it is about all of them: none is given.
        """
        named = {}
        for name, values in self.patterns.items():
            found = [value for value, patterns in values.items() if patterns.find(message.plain)]
            if len(found) == 1:
                named[name] = found[0]
        return named

    def values(self, name: str) -> tuple[str, ...]:
        """Give every value that a member can choose for the audience, nation or role."""
        return {AUDIENCE: _JOB_AUDIENCES, NATION: NATIONS, ROLE: ROLES}[name]

    def remembered(self, conversation: Conversation) -> dict[str, str]:
        """Give what the member has told the bot when it asked."""
        values = {
            AUDIENCE: conversation.audience,
            NATION: conversation.nation,
            ROLE: conversation.role,
        }
        return {name: value for name, value in values.items() if value}

    def fits(self, document: Document, known: Mapping[str, str]) -> bool:
        """Say whether a document is for this member; one that names nobody is for everyone."""
        return all(
            not _values(document, name) or known[name] in _values(document, name) for name in known
        )

    def differ(self, hits: Sequence[Hit], name: str, known: Mapping[str, str]) -> tuple[str, ...]:
        """Give the values to choose from when hits of several documents differ on them.

        Empty when the member has said it, when the best hit is for everyone, or when nothing
        among the hits is for somebody else.
        """
        if name in known or not hits:
            return ()
        best = _values(hits[0].document, name)
        if not best:
            return ()
        values = list(best)
        for hit in hits[1:]:
            others = _values(hit.document, name)
            if others and not set(others) & set(best):
                values += [value for value in others if value not in values]
        return tuple(values) if len(values) > len(best) else ()


def _values(document: Document, name: str) -> tuple[str, ...]:
    if name == NATION:
        return document.nations
    if name == ROLE:
        return document.roles
    return tuple(value for value in document.audience if value in _JOB_AUDIENCES)

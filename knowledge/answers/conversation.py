"""What the bot remembers of a conversation from one message to the next."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

_LONGEST = 2000
_MAY_AWAIT = ("audience", "nation", "role", "eligibility")


@dataclass(frozen=True)
class Conversation:
    """The memory of a conversation. Rasa keeps it, as plain JSON, in one slot.

    :param question: the last question that guidance was searched for, as it was searched.
    :param documents: the documents cited in the last answer.
    :param audience: `own-job` or `managing-staff`, once the member has said.
    :param nation: the member's nation, once said.
    :param role: the role asked about, once said.
    :param awaiting: what the bot has just asked: `audience`, `nation`, `role` or `eligibility`.
    :param asked: the question that waits for that.
    :param not_helped: how many answers in a row did not help.
    """

    question: str = ""
    documents: tuple[str, ...] = ()
    audience: str = ""
    nation: str = ""
    role: str = ""
    awaiting: str = ""
    asked: str = ""
    not_helped: int = 0

    def told(self, choice: str, value: str) -> "Conversation":
        """Give the memory once the member has chosen an audience, nation or role."""
        saved = {**self.saved(), choice: value, "awaiting": ""}
        return read_conversation(saved)

    def saved(self) -> dict[str, Any]:
        """Give the memory as plain JSON values."""
        return asdict(self)


def read_conversation(saved: object) -> Conversation:
    """Read what `Conversation.saved` gave; anything else is a new conversation.

    A slot can hold what an older release wrote, so unknown fields and wrong types are passed over.
    """
    if isinstance(saved, str):
        try:
            saved = json.loads(saved)
        except (ValueError, RecursionError):  # not JSON, or lists in lists without end
            return Conversation()
    if not isinstance(saved, Mapping):
        return Conversation()
    values: dict[str, Any] = {}
    for item in fields(Conversation):
        value = saved.get(item.name)
        if item.name == "documents" and isinstance(value, list | tuple):
            values[item.name] = tuple(d[:_LONGEST] for d in value[:10] if isinstance(d, str))
        elif item.name == "not_helped" and isinstance(value, int):
            values[item.name] = max(0, value)
        elif item.name not in ("documents", "not_helped") and isinstance(value, str):
            values[item.name] = value[:_LONGEST]
    if values.get("awaiting") not in _MAY_AWAIT:
        values["awaiting"] = ""
    return Conversation(**values)

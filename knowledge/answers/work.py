"""A message on its way through the steps of an answer."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.answers.conversation import Conversation
from knowledge.messages.message import Message
from knowledge.messages.model import Judged
from knowledge.messages.urgent import Urgent
from knowledge.search.searcher import Hit


@dataclass(frozen=True)
class Checked:
    """A message, what kind it is, and what is urgent in it: looked for first, whatever is asked.

    :param asking: the part of the mended text that asks: it is embedded and searched for.
    """

    message: Message
    judged: Judged
    urgent: Urgent | None
    asking: str


@dataclass(frozen=True)
class Work:
    """A question on its way through the steps.

    :param known: the audience, nation and role that the member has named.
    :param hits: what the search found, best first; the best few have been read.
    """

    checked: Checked
    conversation: Conversation
    today: dt.date
    known: Mapping[str, str]
    searched: str = ""
    hits: tuple[Hit, ...] = ()
    probability: float = 0.0

    @property
    def question(self) -> str:
        """The question as it is embedded and searched for."""
        return self.checked.asking

    @property
    def contacts(self) -> tuple[str, ...]:
        """Whom to show beside an answer."""
        return self.checked.urgent.contacts if self.checked.urgent else ()

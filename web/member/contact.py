"""The advice line, as members see it on every page."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from knowledge.answers.contacts import Contacts
from knowledge.answers.engine import ADVICE_LINE
from knowledge.answers.wording import Wording


class AdviceLine:
    """The contact that is given wherever the bot cannot help.

    :param now: gives the time, for the opening hours.
    """

    def __init__(
        self, contacts: Contacts, wording: Wording, now: Callable[[], dt.datetime]
    ) -> None:
        self.contacts, self.wording, self.now = contacts, wording, now

    def card(self) -> dict[str, Any] | None:
        """Give the advice line's contact card."""
        return self.contacts.card((ADVICE_LINE,), self.wording, self.now())

    def hours(self) -> dict[str, str]:
        """Say of each contact whether it answers now: a stored reply says how it was then."""
        return self.contacts.hours(self.wording, self.now())

    def expect(self) -> str:
        """Say when a member can expect a call back, with the opening hours when they are known."""
        card = self.card()
        opening = card["opening"]["text"] if card and card["opening"] else ""
        return " ".join(text for text in (self.contacts.call_back, opening) if text)

"""What every way of sending is to the outbox."""

from typing import Protocol

from people.errors import StaffError
from people.outbox.mail import Kept


class NotSent(StaffError):
    """Something was not taken by its receiver; the text says why, without secrets."""


class Carrier(Protocol):
    """Sends by one way."""

    def carry(self, kept: Kept) -> None:
        """Send one.

        :raises NotSent: if it cannot be sent, or is not taken.
        """

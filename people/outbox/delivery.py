"""Takes what waits out of the outbox and has it sent, each by its way."""

import logging
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.utils import format_datetime

from people.outbox.carrier import Carrier, NotSent
from people.outbox.mail import Kept, Mail, Way
from people.outbox.outbox import Outbox
from people.outbox.smtp import MailServer

logger = logging.getLogger(__name__)


class Delivery:
    """Sends what waits; as many of these as there are processes may do so at once.

    :param carriers: what sends by each way; what goes another way keeps waiting.
    """

    def __init__(self, outbox: Outbox, carriers: Mapping[Way, Carrier]) -> None:
        self.outbox, self.carriers = outbox, carriers

    def send_due(self) -> int:
        """Try everything that is due, one after the other; give how much was sent."""
        sent = 0
        while (kept := self.outbox.claim(tuple(self.carriers))) is not None:
            try:
                self.carriers[kept.mail.way].carry(kept)
            except NotSent as problem:
                self.outbox.note_failed(kept, str(problem))
            except Exception as error:  # a mail that cannot be written must not stop the others
                logger.exception("Mail %d cannot be written", kept.number)
                self.outbox.note_failed(kept, f"It cannot be written: {type(error).__name__}.")
            else:
                self.outbox.note_sent(kept)
                sent += 1
        return sent


class MailCarrier:
    """Writes mails and hands them to a mail server.

    :param sender: the address that mails come from.
    :param text_of: gives a mail's text.
    """

    def __init__(self, server: MailServer, sender: str, text_of: Callable[[Mail], str]) -> None:
        self.server, self.sender, self.text_of = server, sender, text_of

    def carry(self, kept: Kept) -> None:
        """Send one mail.

        :raises NotSent: if the server cannot be reached or does not take it.
        """
        self.server.send(self.written(kept))

    def written(self, kept: Kept) -> EmailMessage:
        """Write a mail as it is sent: the same at each attempt, its Message-ID too."""
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = kept.mail.recipient
        message["Subject"] = " ".join(kept.mail.subject.split())
        message["Date"] = format_datetime(kept.made)
        message["Message-ID"] = f"<{kept.mark}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # nobody's out-of-office answers it
        message.set_content(self.text_of(kept.mail))
        return message

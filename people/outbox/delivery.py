"""Takes mails out of the outbox, writes them and hands them to the mail server."""

import logging
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime

from people.outbox.mail import Kept, Mail
from people.outbox.outbox import Outbox
from people.outbox.smtp import MailServer, NotSent

logger = logging.getLogger(__name__)


class Delivery:
    """Sends what waits; as many of these as there are processes may do so at once.

    :param sender: the address that mails come from.
    :param text_of: gives a mail's text.
    """

    def __init__(
        self, outbox: Outbox, server: MailServer, sender: str, text_of: Callable[[Mail], str]
    ) -> None:
        self.outbox, self.server, self.sender, self.text_of = outbox, server, sender, text_of

    def send_due(self) -> int:
        """Try every mail that is due, one after the other; give how many were sent."""
        sent = 0
        while (kept := self.outbox.claim()) is not None:
            try:
                self.server.send(self.written(kept))
            except NotSent as problem:
                self.outbox.note_failed(kept, str(problem))
            except Exception as error:  # a mail that cannot be written must not stop the others
                logger.exception("Mail %d cannot be written", kept.number)
                self.outbox.note_failed(kept, f"It cannot be written: {type(error).__name__}.")
            else:
                self.outbox.note_sent(kept)
                sent += 1
        return sent

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

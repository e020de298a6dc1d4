"""One mail to a mail server, by SMTP."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal

from people.errors import StaffError

# How the way to the server is encrypted: from the first byte on; after STARTTLS, which it must
# offer; or not at all, which is for a server on this machine.
Encryption = Literal["tls", "starttls", "none"]

_SECONDS = 30  # that the server may take for each of its answers


class NotSent(StaffError):
    """The mail server did not take a mail; the text says why, without the password."""


@dataclass(frozen=True)
class MailServer:
    """A mail server, and how it is reached.

    :param user: empty when it asks for none.
    :param seconds: how long it may take for each of its answers.
    :param context: what certificates are checked against; those the machine trusts.
    """

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = _SECONDS
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def send(self, message: EmailMessage) -> None:
        """Hand a message over.

        :raises NotSent: if the server cannot be reached or does not take it.
        """
        try:
            with self._connected() as connection:
                connection.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(self._reason(error)) from None

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        connection: smtplib.SMTP
        if self.encryption == "tls":
            connection = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.seconds, context=self.context()
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=self.seconds)
        try:
            if self.encryption == "starttls":
                connection.starttls(context=self.context())
            if self.user:
                connection.login(self.user, self.password)
            yield connection
            # The message is taken; how the server says goodbye does not matter any more.
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
        finally:
            connection.close()

    def _reason(self, error: Exception) -> str:
        if isinstance(error, TimeoutError):
            words = f"it gave no answer for {self.seconds:g} seconds"
        elif isinstance(error, smtplib.SMTPRecipientsRefused):
            ((code, said),) = error.recipients.values()
            words = f"it refuses the address: {code} {_text(said)}"
        elif isinstance(error, smtplib.SMTPResponseException):
            words = f"it says {error.smtp_code} {_text(error.smtp_error)}"
        elif isinstance(error, ssl.SSLCertVerificationError):
            words = f"its certificate cannot be trusted: {error.verify_message}"
        elif isinstance(error, OSError):
            words = error.strerror or str(error) or type(error).__name__
        else:
            words = str(error) or type(error).__name__
        if self.password:
            words = words.replace(self.password, "…")
        return f"{self.host}:{self.port}: {words}"


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said

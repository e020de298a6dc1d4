"""Mail of one site: who is reminded, and how what waits in the outbox is sent."""

import contextlib
from collections.abc import AsyncIterator

from knowledge.answers.wording import Wording
from knowledge.mail_settings import smtp_parts
from knowledge.service import Service
from knowledge.settings import Settings
from people.outbox.delivery import Delivery, MailCarrier
from people.outbox.mail import Mail
from people.outbox.outbox import Outbox
from people.outbox.smtp import Encryption, MailServer
from people.outbox.webhook import Webhook
from people.owners import Owners
from web.server.background import Background
from web.staff.reminders import Reminders

_SEND_SECONDS = 10
_REMIND_SECONDS = 3600


class Mailing:
    """Reminds and sends while the site is open; what has no way to be sent is not queued."""

    def __init__(
        self,
        settings: Settings,
        service: Service,
        owners: Owners,
        outbox: Outbox,
        wording: Wording,
    ) -> None:
        self.work: tuple[Background, ...] = ()
        if settings.smtp_url:
            server = mail_server(settings.smtp_url)
            carrier = MailCarrier(server, settings.mail_from, lambda mail: text_of(mail, wording))
            reminders = Reminders(service, owners, wording, settings.staff_site)
            self.work += (
                Background("reminders", _REMIND_SECONDS, reminders.queue),
                Background("mail", _SEND_SECONDS, Delivery(outbox, {"mail": carrier}).send_due),
            )
        if settings.webhook_url:
            # A thread of its own: a mail server that hangs must not hold up what is urgent.
            calls = Delivery(
                outbox, {"webhook": Webhook(settings.webhook_url, settings.webhook_keys)}
            )
            self.work += (Background("webhook", _SEND_SECONDS, calls.send_due),)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Remind and send until this is left."""
        async with contextlib.AsyncExitStack() as stack:
            for work in self.work:
                await stack.enter_async_context(work.running())
            yield


def text_of(mail: Mail, wording: Wording) -> str:
    """Give the text of a mail."""
    return wording.say(f"mails.{mail.kind}", **mail.parameters)


def mail_server(url: str) -> MailServer:
    """Give the mail server at an address; only one on this very machine is reached without TLS."""
    parts = smtp_parts(url)
    encryption: Encryption = "tls" if parts.tls else "none" if parts.here else "starttls"
    return MailServer(parts.host, parts.port, encryption, parts.user, parts.password)

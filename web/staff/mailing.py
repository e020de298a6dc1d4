"""Mail of one site: who is reminded, and how what waits in the outbox is sent."""

import contextlib
from collections.abc import AsyncIterator

from knowledge.answers.wording import Wording
from knowledge.mail_settings import smtp_parts
from knowledge.service import Service
from knowledge.settings import Settings
from people.outbox.delivery import Delivery
from people.outbox.mail import Mail
from people.outbox.outbox import Outbox
from people.outbox.smtp import Encryption, MailServer
from people.owners import Owners
from web.server.background import Background
from web.staff.reminders import Reminders

_SEND_SECONDS = 10
_REMIND_SECONDS = 3600


class Mailing:
    """Reminds and sends while the site is open; without a mail server it does neither."""

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
            reminders = Reminders(service, owners, wording, settings.staff_site)
            delivery = Delivery(
                outbox,
                mail_server(settings.smtp_url),
                settings.mail_from,
                lambda mail: text_of(mail, wording),
            )
            self.work = (
                Background("reminders", _REMIND_SECONDS, reminders.queue),
                Background("mail", _SEND_SECONDS, delivery.send_due),
            )

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

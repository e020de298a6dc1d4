"""Has advisers told of a new case, by mail and by webhook: with a link, and no word of the case."""

import datetime as dt
from urllib.parse import urlsplit

import sqlalchemy as sa

from database import utc_now
from knowledge.answers.wording import Wording
from knowledge.settings import Settings
from people.outbox.mail import Mail, queue, queue_together

LIST_PATH = "/adviser/cases"
# How long a mail about cases that can wait waits for more of them.
_TOGETHER = dt.timedelta(minutes=30)


def case_path(reference: str) -> str:
    """Give the path of a case's page."""
    return f"{LIST_PATH}/{reference}"


class CaseNews:
    """Queues the mails and calls about new cases, in the transaction that stores them."""

    def __init__(self, settings: Settings, wording: Wording) -> None:
        self.settings, self.wording = settings, wording

    def tell(self, connection: sa.Connection, reference: str, urgency: str) -> None:
        """Tell of a case: what is urgent at once, by mail the others together."""
        now, site = utc_now(), self.settings.staff_site
        urgent = urgency == "today"
        kind = "urgent_case" if urgent else "new_cases"
        path = case_path(reference) if urgent else LIST_PATH
        for recipient in self.settings.case_recipients:
            subject = self.wording.say(f"case_mail.{kind}")
            mail = Mail(kind, recipient, subject, {"link": site + path})
            if urgent:
                queue(connection, mail, now)
            else:
                queue_together(connection, mail, now, _TOGETHER)
        if self.settings.webhook_url:
            data = {
                "reference": reference,
                "urgency": urgency,
                "link": site + case_path(reference),
            }
            host = urlsplit(self.settings.webhook_url).hostname or ""
            subject = self.wording.say("case_mail.webhook", reference=reference)
            queue(connection, Mail("case.new", host, subject, data, "webhook"), now)

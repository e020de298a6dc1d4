"""Reminds the owners of documents, by one mail a week at the most, of what they must review."""

import datetime as dt
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from knowledge.answers.wording import Wording
from knowledge.documents.document import Document
from knowledge.editions.catalogue import newest
from knowledge.service import Service
from people.outbox.mail import Mail
from people.owners import Owner, Owners

KIND = "review"
# The days before a review-by date at which its owner is told, the nearest first.
_MARKS = (7, 30, 60)
_TOLD_AGAIN = 28  # days: how often what is overdue counts as news again


class Reminders:
    """Queues the mails to the owners.

    :param site: where staff reach their pages.
    """

    def __init__(self, service: Service, owners: Owners, wording: Wording, site: str) -> None:
        self.service, self.owners = service, owners
        self.wording, self.site = wording, site

    def queue(self) -> int:
        """Queue a mail for each owner for whom there is news; give how many there were."""
        today = self.service.today()
        with self.service.store.engine.connect() as connection:
            documents = [one.document for one in newest(connection)]
        queued = 0
        for owner in self.owners.all().values():
            own = [one for one in documents if one.owner == owner.name]
            due = {one.id: stage for one in own if (stage := _stage(one, today))}
            if all(owner.told.get(name) == stage for name, stage in due.items()):
                continue  # nothing is due, or nothing that was not told last time
            mail = self._mail(owner, [one for one in own if one.id in due], today)
            queued += self.owners.remind(owner, due, mail)
        return queued

    def _mail(self, owner: Owner, due: Iterable[Document], today: dt.date) -> Mail:
        say = self.wording.say
        documents = sorted(due, key=lambda one: (one.review_by or dt.date.max, one.title))
        lines = [
            say(
                f"reminder.{_line(one, today)}",
                title=one.title,
                day=_day(one.review_by),
                link=self._link("/editor/due/review", {"id": one.id}),
            )
            for one in documents
        ]
        subject = (
            say("reminder.subject_one")
            if len(documents) == 1
            else say("reminder.subject", count=str(len(documents)))
        )
        parameters = {
            "owner": owner.name,
            "documents": "\n\n".join(lines),
            "link": self._link("/editor/due", {"show": "all", "owner": owner.name}),
        }
        return Mail(KIND, owner.email, subject, parameters)

    def _link(self, path: str, query: Mapping[str, str]) -> str:
        return f"{self.site}{path}?{urlencode(query)}"


def _stage(document: Document, today: dt.date) -> str:
    """Say how near a document's review is, so that a nearer one is news; empty when it is far."""
    if document.review_by is None:
        return ""
    days = (document.review_by - today).days
    if days < 0:
        return f"{document.review_by} overdue {-days // _TOLD_AGAIN}"
    mark = next((mark for mark in _MARKS if days <= mark), None)
    return "" if mark is None else f"{document.review_by} {mark}"


def _line(document: Document, today: dt.date) -> str:
    return "overdue" if document.past_review(today) else "due"


def _day(day: dt.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""

"""What to say before quoting something that is over, changing or old."""

import datetime as dt

from knowledge.answers.wording import Wording
from knowledge.documents.document import Document
from knowledge.search.searcher import Hit

# Guidance that nobody has looked at for longer than this may have been overtaken.
OLD_AFTER = dt.timedelta(days=2 * 365)


def notice(hit: Hit, today: dt.date, wording: Wording) -> str | None:
    """Give the notice that belongs before a quotation from this hit today, or None."""
    return notice_for(hit.document, hit.passage.headings, today, wording)


def notice_for(
    document: Document, headings: tuple[str, ...], today: dt.date, wording: Wording
) -> str | None:
    """Give the notice for a passage of a document under these headings today, or None."""
    told = [timing.notice for timing in document.timing if timing.holds(today, headings)]
    if told:
        return " ".join(told)
    if document.published and not document.reviewed and document.published + OLD_AFTER < today:
        return wording.say("notices.old", date=say_date(document.published, wording))
    return None


def say_date(day: dt.date, wording: Wording) -> str:
    """Give a date in words, such as 21 November 2026."""
    return f"{day.day} {wording.say(f'months.{day.month}')} {day.year}"

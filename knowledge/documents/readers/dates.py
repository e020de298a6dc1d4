"""Dates that a page states about itself, such as "First published 31 October 2019"."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal

from knowledge.documents.document import NATIONS

DateKind = Literal["published", "reviewed", "review_by"]

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WELSH_MONTHS = (
    "ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin",
    "gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=$|[T\s])")
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,10})\.?,?\s+(\d{4})")
_MONTH = re.compile(rf"\b(?:{'|'.join((*_MONTHS, *_WELSH_MONTHS))})\s+\d{{4}}\b", re.IGNORECASE)
_STATEMENT = re.compile(
    r"(?:(?:this )?(?:page|article|document|guidance)(?: was| is)? )?"
    r"(?P<verb>(?:first |last |originally )?(?:published|posted|updated|modified|reviewed)"
    r"|date(?: published)?|publication date|cyhoeddwyd|diweddarwyd|adolygwyd"
    r"|(?:date (?:of|for) )?(?:the )?next review|review due"
    r"|(?:to be|due for) review(?:ed)?(?: by)?)"
    r"(?: on| date)?\s*[:–-]?\s*"
    r"(?:[A-Za-z]{3,9}day,?\s+)?(?P<date>[\w/. ,-]{8,30}?)"
    r"(?:\s+(?:at\s+)?\d{1,2}[:.]\d{2}\s*(?:am|pm)?)?"
    r"(?:\s+(?:by|in)\s+[\w .,'’&-]{1,60})?[.]?",
    re.IGNORECASE,
)


_SHORT = 8  # words; a longer line with a month speaks of something else
_LONGEST = 200  # characters; a longer line is text


def read_date(text: str) -> dt.date | None:
    """Read a whole date as British pages write it (day first), or None when it is not one."""
    text = text.strip()
    if match := _ISO.match(text):
        year, month, day = match.groups()
    elif match := _NUMBERS.fullmatch(text):
        day, month, year = match.groups()
    elif match := _WORDS.fullmatch(text):
        day, name, year = match.groups()
        if (found := _month(name.lower())) is None:
            return None
        month = str(found)
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(name: str) -> int | None:
    """Give the number of a month by its English or Welsh name, or a short form such as "Sept"."""
    if name in _WELSH_MONTHS:
        return _WELSH_MONTHS.index(name) + 1
    for number, full in enumerate(_MONTHS, 1):
        if len(name) >= 3 and (full.startswith(name) or (name, number) == ("sept", 9)):
            return number
    return None


def month_stated(texts: Iterable[str]) -> str:
    """Give the one month that short lines such as "Published May 2024" name, or an empty text.

    It is no date: which day it was, only an editor knows.
    """
    found = {
        match[0].title()
        for text in texts
        if len(text.split()) <= _SHORT
        for match in _MONTH.finditer(text)
        if read_date(text) is None
    }
    return found.pop() if len(found) == 1 else ""


def date_line(text: str) -> tuple[DateKind, dt.date] | None:
    """Read a line that only says when the page was published, updated, or is or was reviewed."""
    match = _STATEMENT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    date = read_date(match["date"]) if match else None
    if match is None or date is None:
        return None
    verb = match["verb"].lower()
    if re.search(r"next|due|to be", verb):
        return "review_by", date
    return ("reviewed" if verb.endswith("reviewed") or verb == "adolygwyd" else "published"), date


def nations_line(text: str) -> list[str] | None:
    """Read a line such as "Applies to England and Wales"."""
    match = re.fullmatch(r"applies to:? (.{5,60}?)\.?", text.strip(), re.IGNORECASE)
    if match is None:
        return None
    names = [name.strip() for name in re.split(r",| and |&", match[1]) if name.strip()]
    return names if names and set(names) <= set(NATIONS) else None

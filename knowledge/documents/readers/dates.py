"""Dates that a page states about itself, such as "First published 31 October 2019"."""

import datetime as dt
import re
from typing import Literal

from knowledge.documents.document import NATIONS

DateKind = Literal["published", "reviewed"]

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=$|[T\s])")
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_STATEMENT = re.compile(
    r"(?:(?:this )?(?:page|article|document|guidance)(?: was)? )?"
    r"(?P<verb>(?:first |last |originally )?(?:published|posted|updated|modified|reviewed)"
    r"|date(?: published)?|publication date)(?: on| date)?\s*[:–-]?\s*"
    r"(?:[A-Za-z]{3,9}day,?\s+)?(?P<date>[\w/. ,-]{8,30}?)"
    r"(?:\s+(?:at\s+)?\d{1,2}[:.]\d{2}\s*(?:am|pm)?)?"
    r"(?:\s+(?:by|in)\s+[\w .,'’&-]{1,60})?[.]?",
    re.IGNORECASE,
)


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
        numbers = [i for i, full in enumerate(_MONTHS, 1) if full.startswith(name.lower()[:3])]
        if not numbers or not _MONTHS[numbers[0] - 1].startswith(name.lower().removesuffix("t")):
            return None
        month = str(numbers[0])
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def date_line(text: str) -> tuple[DateKind, dt.date] | None:
    """Read a line that only says when the page was published, updated or reviewed."""
    match = _STATEMENT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    date = read_date(match["date"]) if match else None
    if match is None or date is None:
        return None
    return ("reviewed" if "reviewed" in match["verb"].lower() else "published"), date


def nations_line(text: str) -> list[str] | None:
    """Read a line such as "Applies to England and Wales"."""
    match = re.fullmatch(r"applies to:? (.{5,60}?)\.?", text.strip(), re.IGNORECASE)
    if match is None:
        return None
    names = [name.strip() for name in re.split(r",| and |&", match[1]) if name.strip()]
    return names if names and set(names) <= set(NATIONS) else None

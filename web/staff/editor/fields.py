"""The fields of a draft as a form shows them, and back again."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from knowledge.documents.document import AUDIENCES, LANGUAGES, NATIONS, ROLES, TOPICS
from knowledge.documents.readers.dates import read_date
from knowledge.editions.drafts.checking import DATES, with_dates
from knowledge.editions.drafts.draft import Content
from people.fields import storable

TEXTS = ("title", "publisher", "owner")
CHOICES: dict[str, tuple[str, ...]] = {
    "topics": TOPICS,
    "audience": AUDIENCES,
    "roles": ROLES,
    "nations": NATIONS,
}
SOURCE = ("title", "url", "date")
NOTICE = ("kind", "notice", "from", "until", "heading")
KINDS = ("over", "changing", "changed")
_MOST_NOTICES = 20
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def content_of(form: FormData, replaces: tuple[str, ...]) -> Content:
    """Read what an editor typed; nothing of it is left out, right or wrong."""

    def typed(name: str) -> str:
        return storable(str(form.get(name, ""))).strip()

    values: dict[str, Any] = {name: typed(name) for name in (*TEXTS, *DATES)}
    for name in CHOICES:
        values[name] = [storable(str(value)) for value in form.getlist(name)]
    language = typed("language")
    values["language"] = "" if language == LANGUAGES[0] else language
    source = {name: typed(f"source.{name}") for name in SOURCE}
    values["source"] = {name: value for name, value in source.items() if value}
    values["timing"] = _notices(typed)
    text = storable(str(form.get("text", ""))).replace("\r\n", "\n")
    return Content(with_dates(values), text, replaces)


def _notices(typed: Any) -> list[dict[str, str]]:
    notices = []
    for number in range(1, _MOST_NOTICES + 1):
        one = {name: typed(f"timing[{number}].{name}") for name in NOTICE}
        if any(value for name, value in one.items() if name != "kind"):
            notices.append({name: value for name, value in one.items() if value})
    return notices


def shown_fields(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Give each field as the form shows it: dates in words, so that nobody takes May for March."""
    shown: dict[str, Any] = {name: str(metadata.get(name) or "") for name in TEXTS}
    shown |= {name: shown_date(metadata.get(name)) for name in DATES}
    shown |= {name: list(metadata.get(name) or ()) for name in CHOICES}
    shown["language"] = metadata.get("language") or LANGUAGES[0]
    source = metadata.get("source") or {}
    shown["source"] = {name: str(source.get(name) or "") for name in SOURCE}
    notices = [
        {
            name: shown_date(notice.get(name)) if name in ("from", "until") else
            str(notice.get(name) or "")
            for name in NOTICE
        }
        for notice in metadata.get("timing") or ()
    ]  # fmt: skip
    shown["timing"] = [*notices, dict.fromkeys(NOTICE, "")]
    return shown


def shown_date(value: object) -> str:
    """Give a date in words, such as 3 May 2024; what is none as it was typed."""
    date = read_date(str(value or ""))
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}" if date else str(value or "")

"""Documents and their metadata, as content staff know them."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from knowledge.errors import DocumentError

TimingKind = Literal["over", "changing", "changed"]
TOPICS = (
    "membership", "contacts", "employment", "off-rolling", "send", "behaviour-hubs",
    "inspection", "wellbeing", "safeguarding",
)  # fmt: skip
AUDIENCES = ("own-job", "managing-staff", "pupils", "school")
ROLES = (
    "head", "deputy", "assistant-head", "teacher", "senco", "middle-leader", "business-leader",
)  # fmt: skip
NATIONS = ("England", "Wales", "Northern Ireland", "Scotland")
LANGUAGES = ("en", "cy")

_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SOURCE_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True)
class Source:
    """Where a document's facts come from."""

    title: str
    date: str | None = None
    url: str | None = None

    @property
    def dated(self) -> str:
        """The title with the date, where there is one."""
        return f"{self.title} ({self.date})" if self.date else self.title


@dataclass(frozen=True)
class Timing:
    """A notice to show before a quotation on the days it holds, both ends included."""

    kind: TimingKind
    notice: str
    start: dt.date | None = None
    end: dt.date | None = None
    heading: str | None = None

    def holds(self, today: dt.date, headings: tuple[str, ...]) -> bool:
        """Say whether the notice belongs before a passage with these headings today."""
        if self.heading is not None and self.heading not in headings:
            return False
        return (self.start is None or self.start <= today) and (
            self.end is None or today <= self.end
        )


@dataclass(frozen=True)
class Document:
    """One piece of guidance: what it is, who keeps it, and for whom and when it holds.

    :param language: "en" or "cy".
    """

    id: str
    title: str
    publisher: str = ""
    source: Source | None = None
    published: dt.date | None = None
    reviewed: dt.date | None = None
    review_by: dt.date | None = None
    owner: str = ""
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    timing: tuple[Timing, ...] = field(default=())
    language: str = "en"

    @property
    def url(self) -> str:
        """The address to cite: the source's own, else our page of the document."""
        if self.source is not None and self.source.url:
            return self.source.url
        return f"/guidance/{self.id}"

    def past_review(self, today: dt.date) -> bool:
        """Say whether the document has passed its review-by date, so members no longer see it."""
        return self.review_by is not None and self.review_by < today


@dataclass(frozen=True)
class Passage:
    """A quotable part of a document.

    :param id: `document-id#anchor`; stays the same when other sections change.
    :param headings: the heading trail, outermost first, without the document's title.
    :param text: verbatim text; paragraphs are lines, list items are lines that start with "• ".
    :param page: the page on which the passage begins, from 1; None where the source has no pages.
    """

    id: str
    document_id: str
    headings: tuple[str, ...]
    text: str
    page: int | None = None


def parse_metadata(values: Mapping[str, Any], document_id: str, origin: Path | str) -> Document:
    """Turn a mapping, as written in a file's front matter, into a checked document.

    :raises DocumentError: if a field is missing, unknown or has a wrong value; names the field.
    """
    reader = _Fields(values, origin)
    if not _IDENTIFIER.fullmatch(document_id):
        raise DocumentError(
            origin, f"'{document_id}' cannot be an identifier: use a-z, 0-9 and single hyphens"
        )
    document = Document(
        id=document_id,
        title=reader.text("title", required=True),
        publisher=reader.text("publisher"),
        source=reader.source(),
        published=reader.date("published"),
        reviewed=reader.date("reviewed"),
        review_by=reader.date("review_by"),
        owner=reader.text("owner"),
        topics=reader.choices("topics", TOPICS),
        audience=reader.choices("audience", AUDIENCES),
        roles=reader.choices("roles", ROLES),
        nations=reader.choices("nations", NATIONS),
        timing=reader.timing(),
        language=reader.language(),
    )
    reader.refuse_unknown()
    if document.reviewed and document.review_by and document.review_by < document.reviewed:
        raise DocumentError(origin, "must not be before the reviewed date", "review_by")
    return document


def metadata_of(document: Document) -> dict[str, Any]:
    """Give the document's metadata as plain JSON values, the inverse of `parse_metadata`."""
    values = asdict(document)
    del values["id"]
    if document.language == LANGUAGES[0]:
        del values["language"]  # as before there were two: English documents keep their digest
    for timing in values["timing"]:
        timing["from"], timing["until"] = timing.pop("start"), timing.pop("end")
    return _plain(values)  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


class _Fields:
    """Reads typed fields out of a mapping and remembers which it has seen."""

    def __init__(self, values: Mapping[str, Any], origin: Path | str, prefix: str = "") -> None:
        self.values, self.origin, self.prefix = values, origin, prefix
        self.seen: set[str] = set()

    def _take(self, name: str) -> Any:
        self.seen.add(name)
        return self.values.get(name)

    def _error(self, name: str, problem: str) -> DocumentError:
        return DocumentError(self.origin, problem, self.prefix + name)

    def text(self, name: str, required: bool = False) -> str:
        value = self._take(name)
        if value is None or value == "":
            if required:
                raise self._error(name, "is missing: please fill it in")
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self._error(name, f"must be text, not {type(value).__name__}")
        return " ".join(str(value).split())

    def date(self, name: str) -> dt.date | None:
        value = self._take(name)
        if value in (None, ""):
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            raise self._error(name, f"'{value}' is not a date: write it as 2026-11-21") from None

    def choices(self, name: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        value = self._take(name)
        items = [] if value is None else [value] if isinstance(value, str) else value
        if not isinstance(items, list | tuple):
            raise self._error(name, "must be a list, such as [a, b]")
        for item in items:
            if not isinstance(item, str) or item not in allowed:
                names = ", ".join(allowed)
                raise self._error(name, f"'{item}' is not one of: {names}")
        return tuple(items)

    def language(self) -> str:
        text = self.text("language") or LANGUAGES[0]
        if text not in LANGUAGES:
            raise self._error("language", f"'{text}' is not one of: {', '.join(LANGUAGES)}")
        return text

    def mapping(self, name: str) -> "_Fields | None":
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise self._error(name, "must have its own fields, indented below it")
        return _Fields(value, self.origin, f"{self.prefix}{name}.")

    def source(self) -> Source | None:
        fields = self.mapping("source")
        if fields is None:
            return None
        url = fields.text("url") or None
        if url is not None and not url.startswith(("https://", "http://")):
            raise fields._error("url", f"'{url}' must start with https://")
        date = fields.text("date") or None
        if date is not None and not _SOURCE_DATE.fullmatch(date):
            raise fields._error("date", f"'{date}' must be a year, 2024-05 or 2024-05-21")
        source = Source(title=fields.text("title", required=True), date=date, url=url)
        fields.refuse_unknown()
        return source

    def timing(self) -> tuple[Timing, ...]:
        value = self._take("timing")
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self._error("timing", "must be a list of notices, each starting with a hyphen")
        notices = []
        for number, item in enumerate(value, 1):
            if not isinstance(item, Mapping):
                raise self._error("timing", f"notice {number} must have the field 'notice'")
            fields = _Fields(item, self.origin, f"{self.prefix}timing[{number}].")
            kind = fields.text("kind", required=True)
            if kind not in get_args(TimingKind):
                raise fields._error("kind", f"'{kind}' is not one of: over, changing, changed")
            timing = Timing(
                kind=kind,  # type: ignore[arg-type]  # checked on the line above
                notice=fields.text("notice", required=True),
                start=fields.date("from"),
                end=fields.date("until"),
                heading=fields.text("heading") or None,
            )
            fields.refuse_unknown()
            if timing.start and timing.end and timing.end < timing.start:
                raise fields._error("until", "must not be before the day in 'from'")
            notices.append(timing)
        return tuple(notices)

    def refuse_unknown(self) -> None:
        # YAML also takes numbers, dates and yes for names.
        unknown = sorted(str(name) for name in self.values if name not in self.seen)
        if unknown:
            known = ", ".join(sorted(self.seen))
            raise self._error(unknown[0], f"is not a field we know; the fields are: {known}")

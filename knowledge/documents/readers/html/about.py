"""What a page's head says about it: title, publisher, address and date."""

import re
from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from knowledge.documents.readers.dates import DateKind, read_date
from knowledge.documents.readers.html.tree import Page
from knowledge.documents.readers.plain import normal

_PUBLISHED_META = (
    "govuk:public-updated-at", "article:modified_time", "dcterms.modified",
    "article:published_time", "govuk:first-published-at", "dcterms.issued", "dc.date.issued",
    "dc.date", "date",
)  # fmt: skip
_PUBLISHER_META = ("govuk:primary-publishing-organisation", "dcterms.publisher", "og:site_name")
_STATED = re.compile(
    r"\b(published|posted|submitted|updated|modified|reviewed)\b[^.;\d]{0,40}"
    r"(\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8} \d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{4})",
    re.IGNORECASE,
)
_SITE_NAME = re.compile(r"\s+[-|–—]\s+[^-|–—]{1,40}$")


def stated_dates(text: str) -> Iterator[tuple[DateKind, str]]:
    """Give the dates that a line with other words states: "Published 3 May 2024 by Jo"."""
    for found in _STATED.finditer(text):
        if (date := read_date(found[2])) is not None:
            yield "reviewed" if "reviewed" in found[1].lower() else "published", date.isoformat()


def said_about_itself(page: Page) -> dict[str, Any]:
    """Give the metadata that a page states in its head; "page_title" is what it calls itself."""
    soup = page.soup
    meta: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        key = str(tag.get("name") or tag.get("property") or "").lower()
        value = normal(str(tag.get("content") or ""))
        if key and value:
            meta.setdefault(key, value)
    whole = normal(soup.title.get_text()) if soup.title else ""
    said: dict[str, Any] = {"page_title": meta.get("og:title") or _SITE_NAME.sub("", whole)}
    site = meta.get("og:site_name", "")
    if publisher := next((meta[key] for key in _PUBLISHER_META if key in meta), site):
        said["publisher"] = publisher
    root = soup.find("html")
    if isinstance(root, Tag) and (language := normal(str(root.get("lang") or ""))):
        said["language"] = language
    links = [str(tag.get("href") or "") for tag in soup.find_all("link", rel="canonical")]
    url = links[0] if links else meta.get("og:url", "")
    if url.startswith(("https://", "http://")):
        said["url"] = url
    stamps = [meta[key] for key in _PUBLISHED_META if key in meta]
    times = soup.select("main time") or soup.find_all("time")
    stamps += [str(tag.get("datetime") or tag.get_text()) for tag in times]
    dates = [date for stamp in stamps if (date := read_date(stamp)) is not None]
    if dates:
        said["published"] = dates[0].isoformat()
    return said

"""What a PDF file says about itself: its title, who made it and when."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.documents.blocks import Block, LeftOut
from knowledge.documents.readers.dates import date_line, nations_line, read_date
from knowledge.documents.readers.plain import normal

# Names that programs give on their own: "Microsoft Word - Draft2.docx", "Untitled".
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint) - .*|(?:untitled|document|presentation|slide)\s*\d*|"
    r".*\.(?:docx?|pdf|indd|qxd|pptx?|rtf|odt))",
    re.IGNORECASE,
)
_SITE = re.compile(r"\s+[-–—|:]\s+.*")
_CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_STATED = re.compile(
    r"\b(?:first |last )?(?:published|updated|reviewed)(?: on)?:? \d{1,2} [a-z]{3,9} \d{4}",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8} \d{4}\b")
_COVER_WORDS = 20  # a longer text with a date speaks of something else
_BROWSER = re.compile(r"skia|mozilla|chrom|webkit|quartz|print", re.IGNORECASE)
_FIRST_PAGES = 2
_REST = 4  # words; a line of dates with fewer other words is about the page


def metadata_of(
    info: Mapping[str, str], blocks: Sequence[Block], left_out: Sequence[LeftOut]
) -> dict[str, Any]:
    """Give what can be believed of a file's own account, as `parse_metadata` takes it.

    :param info: the file's document information.
    :param left_out: what was left out, such as the name under a logo.
    """
    metadata: dict[str, Any] = {}
    front: list[Block] = [block for block in blocks if (block.page or 1) <= _FIRST_PAGES]
    if title := _title(info, front):
        metadata["title"] = title
    author = normal(info.get("Author", ""))
    texts = [*(block.text for block in front), *(each.text for each in left_out)]
    words = " ".join(texts).casefold()
    if " " in author and author.casefold() in words:
        # A body that the front page names as well; an author alone may be whoever typed it.
        metadata["publisher"] = author
    metadata |= _dates(info, front)
    for text in texts:
        if nations := nations_line(text):
            metadata["nations"] = nations
    return metadata


def without_dates(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Take out lines of the first pages that only say when the page was published."""
    about = [
        block
        for block in blocks
        if block.kind == "paragraph"
        and (block.page or 1) <= _FIRST_PAGES
        and _STATED.search(block.text)
        and len(_STATED.sub("", block.text).split()) <= _REST
    ]
    kept = tuple(block for block in blocks if not any(block is each for each in about))
    return kept, tuple(block.left_out("about the page") for block in about)


def _title(info: Mapping[str, str], front: Sequence[Block]) -> str:
    title = normal(info.get("Title", ""))
    headings = [block for block in front if block.kind == "heading"]
    first = min(headings, key=lambda block: block.level, default=None)
    if title and not _NO_TITLE.fullmatch(title):
        bare = _SITE.sub("", title)
        if any(block.text.casefold() == bare.casefold() for block in headings):
            return bare  # "Off-rolling - The site's name"
        return title
    return first.text if first is not None else ""


def _dates(info: Mapping[str, str], front: Sequence[Block]) -> dict[str, str]:
    stated: dict[str, str] = {}
    for block in front:
        for match in _STATED.finditer(block.text):
            if found := date_line(match[0]):
                # An update comes after the first publication, and is the text that we have.
                stated[found[0]] = max(stated.get(found[0], ""), found[1].isoformat())
    if not stated:
        # A cover often has the date alone, and no other.
        dates = {date for block in front if block.page == 1 for date in _dates_in(block.text)}
        if len(dates) == 1:
            return {"published": dates.pop()}
    maker = f"{info.get('Creator', '')} {info.get('Producer', '')}"
    created = _CREATED.match(info.get("CreationDate", ""))
    if not stated and created and not _BROWSER.search(maker):
        # A page that a browser printed was made when somebody printed it.
        try:
            stated["published"] = dt.date(*map(int, created.groups())).isoformat()
        except ValueError:
            return {}
    return stated


def _dates_in(text: str) -> list[str]:
    if len(text.split()) > _COVER_WORDS:
        return []
    found = (read_date(match[0]) for match in _DATE.finditer(text))
    return [date.isoformat() for date in found if date is not None]

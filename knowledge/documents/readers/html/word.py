"""Paragraphs of Microsoft Word's HTML that are the items of a list, a title or a caption."""

import re
from dataclasses import dataclass

from bs4 import Tag

from knowledge.documents.readers.html.markers import classes

_LEVEL = re.compile(r"mso-list:\s*\w+\s+level(\d)", re.IGNORECASE)
_MARGIN = re.compile(r"margin-left:\s*([\d.]+)(pt|in|cm|px)", re.IGNORECASE)
_HANGING = re.compile(r"text-indent:\s*-", re.IGNORECASE)
_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 28.35}
_USUAL_MARGIN = 36.0  # points; what Word's style for lists has when a paragraph says nothing
# The mark and the blank space up to the words; Word writes that space in non-breaking spaces.
_MARKED = re.compile(
    r"\s*(?P<mark>[·•o§Øvüq–—-]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.)]?)"
    r"[ \n\r\t]*\xa0[\xa0\s]*"
)
_COUNTS = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.)]|\d{1,3}(?:\.\d+)*")


@dataclass(frozen=True)
class WordItem:
    """An item of a list in a paragraph of its own.

    :param level: its depth from 1; 0 when only the margin shows it.
    :param margin: points from the left.
    :param mark: as the page shows it; empty for a dot.
    :param skip: how many characters of the paragraph's raw text are the mark.
    """

    level: int
    margin: float
    mark: str
    skip: int


def word_item(tag: Tag) -> WordItem | None:
    """Read a paragraph as an item of a list; None for any other paragraph."""
    names = list(classes(tag))
    style = str(tag.get("style") or "")
    level = _LEVEL.search(style)
    listed = any(name.startswith(("MsoList", "MsoBodyTextList")) for name in names)
    hanging = any(name.startswith("Mso") for name in names) and _HANGING.search(style)
    if not (level or listed or hanging):
        return None
    found = _MARKED.match(tag.get_text())
    if found is None:
        return None
    margin = _MARGIN.search(style)
    points = float(margin[1]) * _POINTS[margin[2].lower()] if margin else _USUAL_MARGIN
    mark = found["mark"] if _COUNTS.fullmatch(found["mark"]) else ""
    return WordItem(int(level[1]) if level else 0, points, mark, found.end())


class Margins:
    """Works out the depth of items of which only the margins are known."""

    def __init__(self) -> None:
        self._open: list[float] = []

    def level(self, item: WordItem) -> int:
        """Give the depth of the next item of a list, from 1."""
        while self._open and self._open[-1] > item.margin + 1:
            self._open.pop()
        if not self._open or self._open[-1] < item.margin - 1:
            self._open.append(item.margin)
        return item.level or len(self._open)

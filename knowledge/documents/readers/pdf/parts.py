"""Parts: the blocks of one page, before pages are joined."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from knowledge.documents.blocks import BlockKind, LeftOut
from knowledge.documents.readers.pdf.runs import Run

_NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]{1,2}|[A-Z]|[ivxl]{1,5}|[IVXL]{1,5}"
_MARK = re.compile(rf"\(?(?:{_NUMBER})[.)]|\d{{1,3}}(?:\.\d{{1,3}}){{1,3}}|\((?:{_NUMBER})\)")
# Symbol fonts draw their dots with letters of the private use area.
_DOT = re.compile(r"[•◦▪▫●○■□◆◇‣⁃∙·➢➤►▶✓✔❖*–—-]|[\ue000-\uf8ff]|o(?=\s)")
SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_LAST_WORD = 0.15  # of the width of the text: a line that ends nearer to its edge is full


class _Placed(Protocol):
    left: float
    right: float


@dataclass
class Part:
    """A block of one page.

    :param text: with its hyphens and note marks unsettled.
    :param left: where the first letter after the mark stands, in points.
    :param full: whether the last line goes up to the right edge, so that it may go on elsewhere.
    :param style: size and weight of most of its letters.
    :param header: the names of a row's columns.
    :param begun: whether the file says that its first words stand on the page before.
    """

    kind: BlockKind
    text: str
    page: int
    level: int = 0
    mark: str = ""
    left: float = 0.0
    full: bool = False
    style: tuple[float, bool] = (0.0, False)
    header: tuple[str, ...] = ()
    begun: bool = False


@dataclass
class PageParts:
    """What a page holds: its text, its notes, and what is no part of its text."""

    number: int
    parts: list[Part] = field(default_factory=list)
    notes: list[Part] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


class TextEdges:
    """The left and right edge of the text of a page or column."""

    def __init__(self, page: int, lines: Sequence[_Placed]) -> None:
        self.page = page
        self.left = min((line.left for line in lines), default=0.0)
        self.right = max((line.right for line in lines), default=0.0)

    def reaches(self, right: float) -> bool:
        """Say whether a line that ends there has no place for another word."""
        return right > self.right - _LAST_WORD * (self.right - self.left)


def make_part(
    kind: BlockKind, text: str, runs: Sequence[Run], edges: TextEdges, level: int = 0
) -> Part:
    """Make a part of these runs."""
    styles = Counter[tuple[float, bool]]()
    for run in runs:
        styles[(round(run.size * 2) / 2, run.bold)] += len(run.text)
    return Part(
        kind=kind,
        text=text,
        page=edges.page,
        level=level,
        left=runs[0].left,
        full=edges.reaches(runs[-1].right),
        style=max(styles, key=lambda style: styles[style]),
    )


def make_heading(part: Part, level: int) -> None:
    """Make a paragraph or item a heading; its mark, such as "2.", belongs to its words."""
    part.text = f"{part.mark} {part.text}".strip()
    part.kind, part.level, part.mark = "heading", level, ""


def split_mark(text: str) -> tuple[str | None, str]:
    """Take the mark off a list item's text; the mark is None if there is none, empty for a dot."""
    if dot := _DOT.match(text):
        rest = text[dot.end() :]
        if not rest or rest[0].isspace():
            return "", rest.strip()
    first, _, rest = text.partition(" ")
    return (first, rest.strip()) if _MARK.fullmatch(first) else (None, text)

"""Running headers, footers and page numbers: what stands at the same place of many pages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from knowledge.documents.blocks import LeftOut
from knowledge.documents.readers.pdf.lines import Line, lines_of
from knowledge.documents.readers.pdf.runs import PageText
from knowledge.documents.readers.pdf.styles import measure

_LINES = 3  # at the top and bottom of each page, that may be a header or footer
_MARGIN = 0.15  # of the page's height
_FEWEST = 3  # pages; in a document of fewer, all of them, but at least two
_SAME_HEIGHT = 8.0  # points
_LARGER = 1.07  # times the size of the text
_NUMBER = re.compile(r"\d+")


def take_out_margins(pages: Sequence[PageText]) -> list[list[LeftOut]]:
    """Take running headers and footers out of the pages' runs; give what was taken, by page.

    A line is one when other pages have the same words at the same height, and when its numbers
    stay the same or count the pages. What counts in letters larger than the text is a heading:
    "Step 1", "Step 2".
    """
    lines_by_page = [lines_of(page.runs) for page in pages]
    largest = _LARGER * measure(lines_by_page).size
    edges = [_edges(lines, page) for lines, page in zip(lines_by_page, pages, strict=True)]
    groups: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for number, lines in enumerate(edges):
        for line in lines:
            groups[_NUMBER.sub("#", line.text)].append((number, line))
    fewest = min(_FEWEST, max(2, len(pages)))
    gone: list[list[Line]] = [[] for _ in pages]
    for text, found in groups.items():
        for number, line in found:
            like = {
                other
                for other, each in found
                if abs(each.base - line.base) < _SAME_HEIGHT
                and _counts(line, number, each, other)
                and (line.size <= largest or text == "#" or line.text == each.text)
            }
            if len(like) >= fewest or (text == "#" and len(pages) == 1):
                gone[number].append(line)
    left_out = []
    for page, lines in zip(pages, gone, strict=True):
        taken = {id(run) for line in lines for run in line.runs}
        page.runs = [run for run in page.runs if id(run) not in taken]
        left_out.append([LeftOut("running header", line.text, page.number) for line in lines])
    return left_out


def _edges(lines: Sequence[Line], page: PageText) -> Iterable[Line]:
    """Give the lines that are among the first or last few of a page, and in its margins."""
    heights = sorted({round(line.base) for line in lines})
    outer = {*heights[:_LINES], *heights[-_LINES:]}
    low, high = page.bottom + _MARGIN * page.height, page.top - _MARGIN * page.height
    return [line for line in lines if round(line.base) in outer and not low < line.base < high]


def _counts(line: Line, number: int, other: Line, other_number: int) -> bool:
    """Say whether two lines with the same words differ as two pages do, or not at all."""
    ours = [int(each) for each in _NUMBER.findall(line.text)]
    theirs = [int(each) for each in _NUMBER.findall(other.text)]
    steps = {b - a for a, b in zip(ours, theirs, strict=True)}
    return steps <= {0, other_number - number}

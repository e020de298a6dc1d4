"""Lines of a page without tags, in the order of reading: columns one after the other."""

import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.documents.readers.pdf.parts import split_mark
from knowledge.documents.readers.pdf.runs import Run
from knowledge.documents.readers.pdf.text import text_of

_WORD_GAP = 1.0  # of the font's size; what is further away is another column or cell
_MARK_GAP = 45.0  # points between the mark of an item and its text, at the most
_ON_LINE = 0.6  # of the font's size, so that raised marks are on the line
_MOST_LINES = 600  # of a page; looking for columns among more would take too long
_FEWEST_LINES = 3  # of a column on each side of a gap
_PROSE_WORDS = 3  # in the middle one of a column's lines
_PROSE_FILL = 0.6  # of a column's width, the middle one of its lines
_PROSE_WIDTHS = 0.5  # the narrower of two columns of prose to the wider


@dataclass
class Line:
    """Runs that stand beside each other.

    :param text_left: where the text begins after the mark of an item; `left` without one.
    """

    runs: list[Run]
    left: float
    right: float
    base: float
    size: float
    text_left: float

    @property
    def bold(self) -> bool:
        """Whether most of its letters are bold."""
        bold = sum(len(run.text) for run in self.runs if run.bold)
        return bold * 2 > sum(len(run.text) for run in self.runs)

    @property
    def text(self) -> str:
        """Its text, with hyphens and note marks unsettled."""
        return text_of(self.runs)


@dataclass
class Column:
    """Lines below each other."""

    lines: list[Line]


@dataclass
class Grid:
    """Lines that stand in rows and columns: a table."""

    lines: list[Line]


def lines_of(runs: Sequence[Run]) -> list[Line]:
    """Put runs together to lines, from the top; what stands far apart is a line of its own."""
    lines: list[Line] = []
    for run in runs:
        last = lines[-1] if lines else None
        if last is not None and _is_beside(last, run.left, run.base, _WORD_GAP * last.size):
            _extend(last, [run], run.right)
        else:
            lines.append(Line([run], run.left, run.right, run.base, run.size, run.left))
    # A file may draw the words of a line in any order.
    lines.sort(key=lambda line: (-line.base, line.left))
    joined: list[Line] = []
    for line in lines:
        for other in reversed(joined[-8:]):
            is_mark = split_mark(f"{other.text} ") in (("", ""), (other.text, ""))
            gap = _MARK_GAP if is_mark else _WORD_GAP * max(other.size, line.size)
            if _is_beside(other, line.left, line.base, gap):
                if is_mark:
                    other.text_left = line.left
                    other.size = line.size
                _extend(other, line.runs, line.right)
                break
        else:
            joined.append(line)
    return joined


def _is_beside(line: Line, left: float, base: float, gap: float) -> bool:
    on_line = abs(base - line.base) < _ON_LINE * line.size
    return on_line and -_WORD_GAP * line.size < left - line.right < gap


def _extend(line: Line, runs: Sequence[Run], right: float) -> None:
    line.runs += runs
    line.right = max(line.right, right)
    biggest = max(line.runs, key=lambda run: len(run.text) * (not run.raised))
    line.base, line.size = biggest.base, biggest.size


def in_order(lines: Sequence[Line]) -> Iterator[Column | Grid]:
    """Give the columns and tables of a page in the order of reading.

    A gap down the page that no line crosses for some lines parts two columns when the lines on both
    sides are prose, and belongs to a table when they are not.
    """
    found = _widest_gap(lines) if len(lines) <= _MOST_LINES else None
    if found is None:
        if lines:
            yield Column(list(lines))
        return
    start, end, at = found
    left = [line for line in lines[start:end] if line.right <= at]
    right = [line for line in lines[start:end] if line.left >= at]
    if _is_prose(left) and _is_prose(right) and _alike(left, right):
        yield from in_order(lines[:start])
        yield from in_order(left)
        yield from in_order(right)
    else:
        start, end = _table(lines, start, end, at)
        yield from in_order(lines[:start])
        yield Grid(list(lines[start:end]))
    yield from in_order(lines[end:])


def _widest_gap(lines: Sequence[Line]) -> tuple[int, int, float] | None:
    """Find the gap beside which most lines stand: their start and end, and where it is."""
    places = {
        round((a.right + b.left) / 2)
        for a, b in itertools.permutations(lines, 2)
        if abs(a.base - b.base) < a.size and b.left - a.right > a.size * _WORD_GAP
    }
    best: tuple[int, tuple[int, int, float] | None] = (0, None)
    for at in places:
        start = 0
        for place in range(len(lines) + 1):
            if place < len(lines) and not lines[place].left < at < lines[place].right:
                continue
            run = lines[start:place]
            on_left = sum(line.right <= at for line in run)
            fewest = min(on_left, len(run) - on_left)
            if fewest > best[0]:
                best = fewest, (start, place, float(at))
            start = place + 1
    fewest, found = best
    if found is None:
        return None
    is_table = _rows_beside(lines[found[0] : found[1]], found[2]) >= 2
    return found if fewest >= _FEWEST_LINES or is_table else None


def _rows_beside(lines: Sequence[Line], at: float) -> int:
    """Count the lines left of a place that have one right of it."""
    right = [line.base for line in lines if line.left >= at]
    return sum(
        any(abs(line.base - base) < 1 for base in right) for line in lines if line.right <= at
    )


def _is_prose(lines: Sequence[Line]) -> bool:
    if len(lines) < _FEWEST_LINES:
        return False
    width = max(line.right for line in lines) - min(line.left for line in lines)
    fill = statistics.median((line.right - line.left) / (width or 1) for line in lines)
    words = statistics.median(len(line.text.split()) for line in lines)
    return fill >= _PROSE_FILL and words >= _PROSE_WORDS


def _alike(left: Sequence[Line], right: Sequence[Line]) -> bool:
    widths = sorted(
        max(line.right for line in side) - min(line.left for line in side) for side in (left, right)
    )
    return widths[0] >= _PROSE_WIDTHS * widths[1]


def _table(lines: Sequence[Line], start: int, end: int, at: float) -> tuple[int, int]:
    """Give where the table begins and ends: with the first and last lines beside each other."""
    beside = [
        place
        for place in range(start, end)
        for other in range(start, end)
        if abs(lines[place].base - lines[other].base) < 1
        and lines[place].right <= at <= lines[other].left
    ]
    if not beside:
        return start, end
    first, last = min(beside), max(beside)
    while first > start and abs(lines[first - 1].base - lines[first].base) < 1:
        first -= 1
    last += 1
    while last < end and abs(lines[last].base - lines[last - 1].base) < 1:
        last += 1
    # The last cells may go on below, close under the last row.
    lefts = [line.left for line in lines[first:last]]
    while last < end:
        line, above = lines[last], lines[last - 1]
        in_cell = any(abs(line.left - left) < 1 for left in lefts)
        if not in_cell or above.base - line.base > 1.35 * line.size:
            break
        last += 1
    return first, last

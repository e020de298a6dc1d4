"""Tables of a page without tags: rows and columns by where the words stand."""

import itertools
from collections.abc import Iterator, Sequence

from knowledge.documents.readers.pdf.lines import Grid, Line
from knowledge.documents.readers.pdf.text import text_of
from knowledge.documents.readers.tables import rows_as_text

_COLUMN_GAP = 5.0  # points that no cell reaches into
_ONE_LINE_ROWS = 0.7  # of a table's lines; with more that have two cells, each is a row
_ROW_GAP = 1.25  # of the smallest distance of two lines


def table_rows(grid: Grid, rules: Sequence[float]) -> Iterator[str]:
    """Give the rows of a table as text; the first one names the columns if only it is bold.

    :param rules: the heights of the lines that are drawn across the page.
    """
    columns = _columns(grid.lines)
    rows = list(_rows(grid.lines, columns, rules))
    cells = [[_cell(row, column) for column in columns] for row in rows]
    bold = [all(line.bold for line in row) for row in rows]
    has_header = len(rows) > 1 and bold[0] and not all(bold) and all(cells[0])
    header = cells[0] if has_header else []
    yield from rows_as_text(cells[1:] if has_header else cells, header)


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    columns: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda each: each.left):
        if columns and line.left < columns[-1][1] + _COLUMN_GAP:
            columns[-1] = (columns[-1][0], max(columns[-1][1], line.right))
        else:
            columns.append((line.left, line.right))
    return columns


def _rows(
    lines: Sequence[Line], columns: Sequence[tuple[float, float]], rules: Sequence[float]
) -> Iterator[list[Line]]:
    """Cut a table into rows: at rules, else at larger gaps, else where the first column begins."""
    ordered = sorted(lines, key=lambda line: -line.base)
    top, bottom = ordered[0].base, ordered[-1].base
    inside = [rule for rule in rules if bottom < rule < top]
    gaps = [a.base - b.base for a, b in itertools.pairwise(ordered) if a.base - b.base > 1]
    smallest = min(gaps, default=0.0)
    heights = [line for line in ordered if line.left < columns[0][1]]
    beside = [
        first
        for first in heights
        if any(abs(o.base - first.base) < 1 and o.left > columns[0][1] for o in ordered)
    ]
    one_line = len(beside) >= _ONE_LINE_ROWS * len({round(line.base) for line in ordered})
    by_gaps = bool(gaps) and max(gaps) > _ROW_GAP * smallest and not one_line
    row: list[Line] = []
    for line in ordered:
        if row:
            above = row[-1].base
            if inside:
                starts = any(line.base < rule < above for rule in inside)
            elif by_gaps:
                starts = above - line.base > _ROW_GAP * smallest
            else:
                starts = above - line.base > 1 and any(
                    abs(other.base - line.base) < 1 and other.left < columns[0][1]
                    for other in ordered
                )
            if starts:
                yield row
                row = []
        row.append(line)
    yield row


def _cell(row: Sequence[Line], column: tuple[float, float]) -> str:
    inside = [line for line in row if column[0] <= line.left <= column[1]]
    return text_of(run for line in inside for run in line.runs)

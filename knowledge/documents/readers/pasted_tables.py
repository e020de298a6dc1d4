"""Tables pasted as text: the cells of a row with tabs between them."""

import itertools
import re
from collections.abc import Iterator, Sequence

from knowledge.documents.readers.plain import normal
from knowledge.documents.readers.tables import rows_as_text

_FACT = re.compile(r"[\d@£%]")
_LONGEST_NAME = 8  # words of a column's name
_FEWEST_COLUMNS = 3  # of a table whose first row names its columns although no fact shows it


def cells_of(line: str) -> list[str]:
    """Give the cells of a line; fewer than two when it is no row."""
    if "\t" not in line.strip(" \n"):
        return []
    cells = [normal(cell) for cell in line.strip(" \n").split("\t")]
    while cells and not cells[-1]:
        cells.pop()
    return cells if sum(map(bool, cells)) > 1 or (len(cells) > 1 and cells[-1]) else []


def rows_of(lines: Sequence[Sequence[str]]) -> Iterator[tuple[int, str]]:
    """Give the rows of a pasted table so that each reads alone.

    :return: each row with the number of its line, from 0; the line of the names has none.
    """
    rows = [list(line) for line in lines]
    has_header = len(rows) > 1 and _is_header(rows)
    body = rows[1:] if has_header else rows
    if has_header:
        # A merged cell is pasted once; the rows below it begin with an empty cell.
        for before, row in itertools.pairwise(body):
            if not row[0]:
                row[0] = before[0]
    for place, row in enumerate(body, int(has_header)):
        for text in rows_as_text([row], rows[0] if has_header else ()):
            yield place, text


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether the first row names the columns."""
    first, rest = rows[0], rows[1:]
    names = all(not _FACT.search(cell) and len(cell.split()) <= _LONGEST_NAME for cell in first)
    facts = any(_FACT.search(cell) for row in rest for cell in row)
    fits = all(first[1:]) and max(map(len, rest)) <= len(first)
    return names and fits and (facts or len(first) >= _FEWEST_COLUMNS)

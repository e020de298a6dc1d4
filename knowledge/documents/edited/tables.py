"""Tables of a draft's text: rows that read alone, as cells under their columns' names."""

import re
from collections.abc import Sequence

from knowledge.documents.edited.words import as_line
from knowledge.documents.readers.tables import rows_as_text

_CELL = re.compile(r"((?:\\.|[^\\|])*)(?:\||$)")
_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?")
_WIDEST = 8  # columns; a wider table is easier to read row by row
_BETWEEN = "; "


def cells_of(line: str) -> list[str]:
    """Give the cells of a table's line."""
    inside = line.strip().removeprefix("|")
    cells = [found[1].strip() for found in _CELL.finditer(inside)]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def is_rule(line: str) -> bool:
    """Say whether a line parts the names of columns from the rows."""
    return bool(_RULE.fullmatch(line.strip()))


def table_lines(rows: Sequence[str]) -> list[str]:
    """Give the lines of a table of rows, with its columns where all rows have the same."""
    columns, cells = _columns(rows)
    if columns is None:
        return [_line([row]) for row in rows]
    return [_line(columns), "|" + "---|" * len(columns), *map(_line, cells)]


def _line(cells: Sequence[str]) -> str:
    line = f"| {' | '.join(as_line(cell, in_table=True) for cell in cells)} |"
    return line.replace("-", "\\-", 1) if is_rule(line) else line


def _columns(rows: Sequence[str]) -> tuple[list[str] | None, list[list[str]]]:
    """Part rows into cells; None for the columns when the rows would not read as they did."""
    parted = [[_cell(part) for part in row.split(_BETWEEN)] for row in rows]
    columns = list(dict.fromkeys(name for row in parted for name, _ in row))
    cells = [[dict(row).get(name, "") for name in columns] for row in parted]
    named = any(columns) and len(columns) <= _WIDEST
    if named and list(rows_as_text(cells, columns)) == list(rows):
        return columns, cells
    return None, []


def _cell(part: str) -> tuple[str, str]:
    name, colon, value = part.partition(": ")
    return (name, value) if colon else ("", part)

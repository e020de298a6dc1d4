"""Tables: merged cells spread out, the rows that are headers found, each row made to read alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bs4 import Tag

from knowledge.documents.readers.html.tree import HEADINGS, role
from knowledge.documents.readers.tables import rows_as_text

_WIDEST = 50  # columns that one cell may cover; more are a mistake or a trap
_LONGEST_LABEL = 12  # words of a row that names the rows below it
_TextOf = Callable[[Tag], str]
Grid = list[list[Tag | None]]


@dataclass(frozen=True)
class Table:
    """A table as it is read.

    :param caption: the text of a first row that spans the whole table; empty without one.
    :param rows: each row with the names of its columns, and where it stands.
    """

    caption: str
    rows: tuple[tuple[Tag, str], ...]


def is_layout(table: Tag) -> bool:
    """Say whether a table only puts text in its place on the page."""
    if role(table) in ("presentation", "none"):
        return True
    rows = own_rows(table)
    has_names = any(cell.name == "th" for row in rows for cell in cells_of(row))
    if has_names or table.find("caption") is not None:
        return False
    widest = max((len(cells_of(row)) for row in rows), default=0)
    return (
        widest <= 1 or table.find(HEADINGS) is not None or table.find("table") is not None
        or (len(rows) == 1 and table.find(["p", "ul", "ol", "div"]) is not None)
    )  # fmt: skip


def own_rows(table: Tag) -> list[Tag]:
    """Give a table's rows in the order in which they are shown, without those of inner tables."""
    parts: dict[str, list[Tag]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table.find_all(True, recursive=False):
        if child.name == "tr":
            parts["tbody"].append(child)
        elif child.name in parts:
            parts[child.name] += child.find_all("tr", recursive=False)
    return [row for rows in parts.values() for row in rows if cells_of(row)]


def cells_of(row: Tag) -> list[Tag]:
    """Give the cells of a row."""
    return row.find_all(["td", "th"], recursive=False)


def read_table(table: Tag, text_of: _TextOf, is_bold: Callable[[Tag], bool]) -> Table:
    """Read a table of facts.

    :param text_of: gives the words of a cell.
    :param is_bold: says whether all words of a cell are bold.
    """
    rows = own_rows(table)
    grid = _expanded(rows)
    if not grid:
        return Table("", ())
    texts = {id(cell): text_of(cell) for row in grid for cell in row if cell is not None}

    def words(cell: Tag | None) -> str:
        return texts[id(cell)] if cell is not None else ""

    count = _header_rows(rows, grid, words, is_bold)
    caption = ""
    header_rows = grid[:count]
    if header_rows and _spans_all(header_rows[0]) and len(header_rows) > 1:
        caption = words(header_rows[0][0])
        header_rows = header_rows[1:]
    header = _header(header_rows, words)
    given: list[tuple[Tag, str]] = []
    group = ""
    for place in range(count, len(grid)):
        row, tag = grid[place], rows[place]
        if _spans_all(row):
            label = words(row[0])
            names_rows = place + 1 < len(grid) and not _spans_all(grid[place + 1])
            if names_rows and _could_be_label(label):
                group = label
            elif label:
                given.append((tag, label))
        elif place > count and _is_header_again(row, words):
            header, group = _header([row], words), ""
        else:
            for text in _row(row, header, words):
                given.append((tag, f"{group}; {text}" if group else text))
    return Table(caption, tuple(given))


def _expanded(rows: Sequence[Tag]) -> Grid:
    """Spread merged cells over every row and column that they cover."""
    grid: Grid = [[] for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in cells_of(row):
            while column < len(grid[at]) and grid[at][column] is not None:
                column += 1
            down = _span(cell, "rowspan") or _rows_left(rows, at)
            across = min(_span(cell, "colspan") or 1, _WIDEST)
            for below in range(at, min(at + down, at + _rows_left(rows, at))):
                for right in range(column, column + across):
                    line = grid[below]
                    line.extend([None] * (right + 1 - len(line)))
                    if line[right] is None:
                        line[right] = cell
            column += across
    return grid


def _rows_left(rows: Sequence[Tag], at: int) -> int:
    """Give how many rows of the same part of the table are left, this one included."""
    return sum(1 for row in rows[at:] if row.parent is rows[at].parent)


def _span(cell: Tag, name: str) -> int:
    text = str(cell.get(name) or "1").strip()
    return int(text) if text.isdigit() and len(text) < 5 else 1


def _header_rows(
    rows: Sequence[Tag],
    grid: Grid,
    words: Callable[[Tag | None], str],
    is_bold: Callable[[Tag], bool],
) -> int:
    """Count the rows at the top that name the columns."""
    count = 0
    for row, line in zip(rows, grid, strict=True):
        in_head = row.parent is not None and row.parent.name == "thead"
        cells = [cell for cell in cells_of(row) if words(cell)]
        named = bool(cells) and all(
            cell.name == "th" and cell.get("scope") not in ("row", "rowgroup") for cell in cells
        )
        if not in_head and not named:
            break
        names_itself = len(line) > 1 and len(cells) == 1 and cells[0] is line[0]
        if not in_head and names_itself and (count or not _spans_all(line)):
            break  # the name of a row without values, or of the rows below it
        count += 1
    if count == 0 and len(grid) > 1 and not any(c.name == "th" for r in rows for c in cells_of(r)):
        first = [cell for cell in cells_of(rows[0]) if words(cell)]
        count = int(len(first) > 1 and all(map(is_bold, first)))
    return count if count < len(grid) else 0


def _header(lines: Grid, words: Callable[[Tag | None], str]) -> list[str]:
    """Join the names that stand above one another: "Weeks 1 to 6, Leaders"."""
    header = []
    for column in range(max(map(len, lines), default=0)):
        names: list[str] = []
        for line in lines:
            name = words(line[column]).rstrip(":") if column < len(line) else ""
            if name and name not in names[-1:]:
                names.append(name)
        header.append(", ".join(names))
    return header


def _row(
    line: list[Tag | None], header: Sequence[str], words: Callable[[Tag | None], str]
) -> list[str]:
    first = line[0]
    if not any(header) and first is not None and first.name == "th":
        rest = list(rows_as_text([_once(line[1:], header, words)], ()))
        name = words(first).rstrip(":")
        return [f"{name}: {rest[0]}" if rest and name else (rest or [name])[0]]
    return list(rows_as_text([_once(line, header, words)], header))


def _once(
    line: Sequence[Tag | None], header: Sequence[str], words: Callable[[Tag | None], str]
) -> list[str]:
    """Give the values of a row; a merged cell only once under the same name or under none."""
    values: list[str] = []
    for column, cell in enumerate(line):
        name, before = (header[at] if 0 <= at < len(header) else "" for at in (column, column - 1))
        same = column > 0 and cell is line[column - 1] and name == before
        values.append("" if same else words(cell))
    return values


def _spans_all(line: list[Tag | None]) -> bool:
    return len(line) > 1 and line[0] is not None and all(cell is line[0] for cell in line)


def _could_be_label(text: str) -> bool:
    return 0 < len(text.split()) <= _LONGEST_LABEL and text[-1] not in ".!?"


def _is_header_again(line: list[Tag | None], words: Callable[[Tag | None], str]) -> bool:
    cells = {id(cell): cell for cell in line if cell is not None and words(cell)}
    return len(cells) > 1 and all(
        cell.name == "th" and cell.get("scope") not in ("row", "rowgroup")
        for cell in cells.values()
    )

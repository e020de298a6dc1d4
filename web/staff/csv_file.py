"""Tables as CSV files that no spreadsheet runs anything from."""

import csv
import io
from collections.abc import Iterable, Iterator

# A spreadsheet takes a text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_lines(columns: Iterable[str], rows: Iterable[Iterable[str | int | None]]) -> Iterator[str]:
    """Give a file line by line: texts cannot be formulas, numbers stay as they are."""
    yield "\ufeff"  # so that spreadsheets read it as UTF-8
    yield _line(columns)
    for row in rows:
        yield _line(row)


def _line(row: Iterable[str | int | None]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_safe(value) for value in row])
    return buffer.getvalue()


def _safe(value: str | int | None) -> str | int:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value

"""Tables, row by row as sentences that can be read alone."""

from collections.abc import Iterator, Sequence

from knowledge.documents.readers.plain import normal


def rows_as_text(rows: Sequence[Sequence[str]], header: Sequence[str]) -> Iterator[str]:
    """Give each row as "Column: value; Column: value"; a column without a name is its value."""
    for row in rows:
        cells = []
        for place, cell in enumerate(map(normal, row)):
            name = normal(header[place]).rstrip(":") if place < len(header) else ""
            if cell:
                cells.append(f"{name}: {cell}" if name else cell)
        if cells:
            yield "; ".join(cells)

"""What `advice compare` says of two editions."""

import re
from collections.abc import Iterable, Iterator

from knowledge.editions.comparing import compare_editions, compare_versions
from knowledge.editions.differences import Kind, Piece
from knowledge.editions.loading import load_version
from knowledge.editions.store import Store
from knowledge.errors import EditionError

# As `git diff --word-diff` and `wdiff` mark words.
_MARKS: dict[Kind, tuple[str, str]] = {
    "same": ("", ""),
    "removed": ("[-", "-]"),
    "added": ("{+", "+}"),
}
_WORDS = re.compile(r"(\s*)(\S|\S.*\S)(\s*)", re.DOTALL)


def compared_lines(store: Store, before: int, after: int) -> Iterator[str]:
    """Give the lines about each document that differs, with the words that do.

    :raises EditionError: if there is no such edition.
    """
    for number in store.unknown_editions((before, after)):
        raise EditionError(f"There is no edition {number}. 'advice editions' shows them all.")
    with store.engine.connect() as connection:
        changes = compare_editions(connection, before, after)
        for word, documents in (("created", changes.created), ("removed", changes.removed)):
            yield from (f"{word:9} {one.id}" for one in documents)
        for one in changes.changed:
            yield f"changed   {one.id}"
            old, new = (load_version(connection, one.id, number) for number in (before, after))
            found = compare_versions(old, new)
            yield from (f"  {field.name}: {_marked(field.pieces)}" for field in found.fields)
            for passage in found.passages:
                trail = _marked(passage.headings)
                yield f"  {trail}" if trail else "  (no heading)"
                yield from (f"    {line}" for line in _marked(passage.text).splitlines())
    yield (
        f"{len(changes.created)} created, {len(changes.changed)} changed, "
        f"{len(changes.removed)} removed from edition {before} to {after}."
    )


def _marked(pieces: Iterable[Piece]) -> str:
    return "".join(_mark(piece) for piece in pieces)


def _mark(piece: Piece) -> str:
    """Mark the words of a piece; the spaces around them stay outside."""
    found = _WORDS.fullmatch(piece.text)
    if found is None:
        return piece.text
    start, words, end = found.groups()
    before, after = _MARKS[piece.kind]
    return f"{start}{before}{words}{after}{end}"

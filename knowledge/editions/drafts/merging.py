"""Putting two editors' changes of one text together."""

from collections.abc import Sequence
from difflib import SequenceMatcher


def merged(before: str, theirs: str, ours: str) -> str | None:
    """Give a text with the changes of both; None if both changed the same lines.

    :param before: the text that both began from.
    """
    base = _lines(before)
    changes = sorted({*_changes(base, _lines(theirs)), *_changes(base, _lines(ours))})
    result: list[str] = []
    at = 0
    for place, (start, end, lines) in enumerate(changes):
        if place and start <= at:
            return None  # beside each other is too near: the two may mean each other
        result += base[at:start]
        result += lines
        at = end
    return "".join(result + base[at:])


_Change = tuple[int, int, tuple[str, ...]]


def _changes(before: Sequence[str], after: Sequence[str]) -> list[_Change]:
    """Give what was changed: lines from one place to another, and what stands there now."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        (start, end, tuple(after[new_start:new_end]))
        for what, start, end, new_start, new_end in matcher.get_opcodes()
        if what != "equal"
    ]


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.splitlines()]

"""What differs between two texts, word by word.

Lines are compared first, and words only where lines differ: a paragraph that stays is never taken
apart, and a document of 50,000 words takes as long as what was changed in it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["same", "added", "removed"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# A word with the spaces around it, or the end of a line: together they are the whole text.
_WORD = re.compile(r"\n|[^\S\n]*\S+[^\S\n]*|[^\S\n]+")
# So few words alike between two changes are chance: "of the" says nothing to whoever compares.
_CHANCE = 2
# Above so many pairs of words, comparing would take seconds: 4,000 new words in place of 4,000.
_MOST_PAIRS = 16_000_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text that both texts have, or only one of them."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Give the pieces of two texts in order; what was removed stands before what was added.

    The pieces that are not removed are together the text after, and those that are not added are
    the text before, but for spaces.
    """
    found: list[Piece] = []
    for removed, added, same in _aligned(_LINE.findall(before), _LINE.findall(after)):
        if same:
            found.append(Piece("same", "".join(added)))
        else:
            found += _by_words("".join(removed), "".join(added))
    return tuple(_joined(found))


def _by_words(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > _MOST_PAIRS:
        yield Piece("removed", before)
        yield Piece("added", after)
        return
    steps = list(_aligned(old, new))
    for place, (removed, added, same) in enumerate(steps):
        if same and not _is_chance(steps, place):
            yield Piece("same", "".join(added))
        else:
            yield Piece("removed", "".join(removed))
            yield Piece("added", "".join(added))


# The words before, those after, and whether they are alike.
_Step = tuple[Sequence[str], Sequence[str], bool]


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[_Step]:
    # Spaces at the ends do not count. autojunk would leave out the commonest words of long texts.
    matcher = SequenceMatcher(None, _plain(before), _plain(after), autojunk=False)
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        yield before[start:end], after[new_start:new_end], what == "equal"


def _plain(words: Sequence[str]) -> list[str]:
    return [word.strip() or word for word in words]


def _is_chance(steps: Sequence[_Step], place: int) -> bool:
    """Say whether a few like words stand between two changes of more words."""
    words = steps[place][1]
    if not 0 < place < len(steps) - 1 or len(words) > _CHANCE or "\n" in words:
        return False
    beside = (steps[place - 1], steps[place + 1])
    return all(len(removed) + len(added) > len(words) for removed, added, _ in beside)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Put pieces of a kind together, and between two that stay what was removed before the new."""
    for stays, run in groupby((p for p in pieces if p.text), lambda piece: piece.kind == "same"):
        own = list(run)
        kinds: tuple[Kind, ...] = ("same",) if stays else ("removed", "added")
        for kind in kinds:
            if text := "".join(piece.text for piece in own if piece.kind == kind):
                yield Piece(kind, text)

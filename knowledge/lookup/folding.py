"""Folding what says nearly the same: the first stands for the others."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.lookup.body import Place
from knowledge.search.searcher import Hit

_ALIKE = 0.8  # the share of the shorter text's stretches of words that the other one holds too
_STRETCH = 3  # words
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Spotted:
    """A hit where it was found.

    :param also: the other places where exactly this text stands.
    :param withdrawn: whether it was found in what was withdrawn.
    """

    hit: Hit
    also: tuple[Place, ...] = ()
    withdrawn: bool = False

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.hit.document, self.hit.passage)


@dataclass(frozen=True)
class Group:
    """A hit, and those that say nearly the same."""

    first: Spotted
    more: tuple[Spotted, ...] = ()

    @property
    def others(self) -> tuple[Place, ...]:
        """Every other place where this, or nearly this, can be read."""
        return (
            *self.first.also,
            *(place for one in self.more for place in (one.place, *one.also)),
        )


def fold_alike(found: Sequence[Spotted], is_live: Callable[[Spotted], bool]) -> tuple[Group, ...]:
    """Put together what says nearly the same, in the order it was found.

    :param is_live: what members can see stands for what they cannot.
    """
    groups: list[list[Spotted]] = []
    stretches: list[set[tuple[str, ...]]] = []
    for one in found:
        own = _stretches(one.hit.passage.text)
        for group, theirs in zip(groups, stretches, strict=True):
            if _alike(own, theirs):
                group.append(one)
                break
        else:
            groups.append([one])
            stretches.append(own)
    return tuple(_group(group, is_live) for group in groups)


def _group(found: list[Spotted], is_live: Callable[[Spotted], bool]) -> Group:
    first = next(filter(is_live, found), found[0])
    return Group(first, tuple(one for one in found if one is not first))


def _stretches(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    if len(words) < _STRETCH:
        return {tuple(words)}
    return set(zip(*(words[start:] for start in range(_STRETCH)), strict=False))


def _alike(own: set[tuple[str, ...]], theirs: set[tuple[str, ...]]) -> bool:
    # A short text that stands inside a long one is no double of it: the long one says more.
    fewer, more = sorted((len(own), len(theirs)))
    return fewer >= _ALIKE * more and len(own & theirs) >= _ALIKE * fewer

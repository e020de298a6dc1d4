"""Published passages that say much the same as a draft's, or perhaps contradict it."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from knowledge.documents.document import Document, Passage
from knowledge.editions.edition import Version

_STRETCH = 3  # words
_NEAR = 0.5  # of the shorter one's stretches
_FEWEST = 8  # stretches; what is shorter is a formula
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d[\d.,:]*")


@dataclass(frozen=True)
class NearPassage:
    """A passage of a draft and a published one that says much the same.

    :param share: how much of the shorter one stands in the other too, from 0 to 1.
    :param figures_differ: whether they name other numbers: then one of them may be wrong.
    """

    passage: Passage
    other: Passage
    document: Document
    share: float
    figures_differ: bool


def near_passages(
    version: Version, published: Iterable[Version], apart_from: Collection[str] = ()
) -> tuple[NearPassage, ...]:
    """Find the published passages near to a draft's, the nearest first.

    Only the stretches of the draft are kept in memory, so that thousands of others can be tried.

    :param apart_from: documents that leave when the draft is published.
    """
    own = [stored.passage for stored in version.passages]
    sizes = []
    owners: dict[int, list[int]] = {}
    for place, passage in enumerate(own):
        stretches = _stretches(passage.text)
        sizes.append(len(stretches))
        for stretch in stretches:
            owners.setdefault(stretch, []).append(place)
    found = []
    for document, other in _passages(published, {version.document.id, *apart_from}):
        theirs = _stretches(other.text)
        if len(theirs) < _FEWEST:
            continue
        counts = Counter(place for stretch in theirs for place in owners.get(stretch, ()))
        for place, count in counts.items():
            share = count / min(sizes[place], len(theirs))
            if sizes[place] >= _FEWEST and share >= _NEAR:
                differ = _figures(own[place].text) != _figures(other.text)
                found.append(NearPassage(own[place], other, document, share, differ))
    return tuple(sorted(found, key=lambda near: (-near.share, near.other.id)))


def _passages(
    published: Iterable[Version], apart_from: Collection[str]
) -> Iterator[tuple[Document, Passage]]:
    for version in published:
        if version.document.id not in apart_from:
            for stored in version.passages:
                yield version.document, stored.passage


def _stretches(text: str) -> set[int]:
    words = _WORD.findall(text.casefold())
    stretches = zip(*(words[start:] for start in range(_STRETCH)), strict=False)
    return {hash(stretch) for stretch in stretches}


def _figures(text: str) -> set[str]:
    return {figure.rstrip(".,:") for figure in _FIGURE.findall(text)}

"""A body of guidance that can be looked through: an edition, or what was withdrawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from knowledge.documents.document import Document, Passage
from knowledge.editions.edition import Version
from knowledge.lookup.completing import Completion
from knowledge.lookup.typed import Typed, fold
from knowledge.reading.finder import Finder
from knowledge.search.searcher import Hit, Numbers

_Text = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Place:
    """Where a text stands: in which document, and as which passage of it."""

    document: Document
    passage: Passage


class Body:
    """The passages of some documents, with all the places where each text stands.

    An index holds a text that several documents share only once, under one of their names.
    """

    def __init__(self, finder: Finder, versions: Sequence[Version]) -> None:
        self.finder, self.versions = finder, versions
        self._last: tuple[object, Numbers] | None = None

    @cached_property
    def places(self) -> Mapping[_Text, tuple[Place, ...]]:
        """Where each text stands."""
        found: dict[_Text, list[Place]] = {}
        for version in self.versions:
            for stored in version.passages:
                passage = stored.passage
                place = Place(version.document, passage)
                found.setdefault((passage.headings, passage.text), []).append(place)
        return {text: tuple(places) for text, places in found.items()}

    @cached_property
    def completion(self) -> Completion:
        """What completes a word that is being typed."""
        return Completion(self.finder.index)

    def among(self, typed: Typed, keep: Callable[[Document], bool]) -> Numbers:
        """Give the numbers of the passages that may be found.

        :param keep: which documents may be.
        """
        kept = frozenset(version.document.id for version in self.versions if keep(version.document))
        asked = kept, typed.phrases, typed.without
        last = self._last
        if last is not None and last[0] == asked:  # another letter, and the same filters
            return last[1]
        exact = typed.phrases or typed.without
        numbers = (
            number
            for number, names in enumerate(self._owners)
            if not kept.isdisjoint(names) and (not exact or typed.allows(self._folded[number]))
        )
        found = np.fromiter(numbers, dtype=np.int64)
        self._last = asked, found
        return found

    def placed(self, hit: Hit, keep: Callable[[Document], bool]) -> tuple[Hit, tuple[Place, ...]]:
        """Give a hit under the name of a document that may be found, and the other such places."""
        passage = hit.passage
        fitting = [
            place for place in self.places[passage.headings, passage.text] if keep(place.document)
        ]
        first, *others = fitting
        return replace(hit, document=first.document, passage=first.passage), tuple(others)

    @cached_property
    def _owners(self) -> list[tuple[str, ...]]:
        """Give the documents that hold each entry's text."""
        return [
            tuple(
                place.document.id
                for place in self.places[entry.passage.headings, entry.passage.text]
            )
            for entry in self.finder.index.entries
        ]

    @cached_property
    def _folded(self) -> list[str]:
        return [fold(entry.passage_text) for entry in self.finder.index.entries]

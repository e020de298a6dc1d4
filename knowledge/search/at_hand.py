"""The index that a process has in memory: the next one is made from it."""

from typing import Literal

from knowledge.search.index import Index


class AtHand:
    """Holds the newest index of a process, by the digest of what it is derived from.

    :param most: how many it holds: one, or none for a process that does not answer.
    """

    def __init__(self, most: Literal[0, 1] = 1) -> None:
        self.most = most
        self._held: tuple[str, Index] | None = None

    def put(self, content: str, index: Index) -> None:
        """Hold an index in place of the one before."""
        if self.most:
            self._held = (content, index)

    def find(self, content: str) -> Index | None:
        """Give the index of this content."""
        held = self._held
        return held[1] if held and held[0] == content else None

    def newest(self) -> Index | None:
        """Give whatever is held."""
        return self._held[1] if self._held else None

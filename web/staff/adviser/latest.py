"""Answering the newest request alone: who types on does not wait for what they typed before."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class LatestWins:
    """Lets a few requests through at once, and of those of one page that wait only the newest.

    :param at_once: how many work at the same time; more than there are cores are no quicker.
    """

    def __init__(self, at_once: int = 2) -> None:
        self._room = asyncio.Semaphore(at_once)
        self._newest: dict[Hashable, object] = {}

    @asynccontextmanager
    async def turn(self, page: Hashable) -> AsyncIterator[bool]:
        """Wait for room; gives whether the page has asked for nothing else meanwhile."""
        own = object()
        self._newest[page] = own
        try:
            async with self._room:
                yield self._newest.get(page) is own
        finally:
            if self._newest.get(page) is own:
                del self._newest[page]

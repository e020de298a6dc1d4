"""Looks after the gaps in the background, for as long as the site is open."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator

from web.staff.gap_work import GapWork

# How soon questions are grouped, and a new edition is noticed.
_SECONDS = 30.0

logger = logging.getLogger(__name__)


class GapRounds:
    """Groups and retests again and again, and rests as long as it works: members come first."""

    def __init__(self, work: GapWork, seconds: float = _SECONDS) -> None:
        self.work, self.seconds = work, seconds

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Go round until this is left; what is being asked then is finished, and no more."""
        closing = asyncio.Event()
        task = asyncio.create_task(self._again_and_again(closing))
        try:
            yield
        finally:
            closing.set()
            await task

    async def _again_and_again(self, closing: asyncio.Event) -> None:
        def rest(seconds: float) -> bool:
            time.sleep(0 if closing.is_set() else seconds)
            return closing.is_set()

        while not closing.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(closing.wait(), self.seconds)
                return
            try:
                await asyncio.to_thread(self.work.follow, rest)
            except Exception as error:
                # The kind only: the text of an error can hold wordings.
                logger.error("The gaps could not be looked after: %s", type(error).__name__)

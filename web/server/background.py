"""Work that goes on beside the answers for as long as the site is open, on a thread of its own."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import AsyncIterator, Callable

logger = logging.getLogger(__name__)

# How long the site's end waits for work that has begun; then it is left where it is.
_END_SECONDS = 5


class Background:
    """Does something at once and then again and again.

    It has a thread of its own, since a mail server that does not answer would hold up others' work.

    :param name: of the work, in the log.
    :param seconds: between two times.
    """

    def __init__(self, name: str, seconds: float, work: Callable[[], object]) -> None:
        self.name, self.seconds, self.work = name, seconds, work

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Do the work until this is left."""
        stop = threading.Event()
        thread = threading.Thread(
            target=self._again_and_again, args=(stop,), name=self.name, daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            stop.set()
            await asyncio.to_thread(thread.join, _END_SECONDS)

    def _again_and_again(self, stop: threading.Event) -> None:
        while True:
            try:
                self.work()
            except Exception:  # the database may be away; next time it may be back
                logger.exception("Work in the background failed: %s", self.name)
            if stop.wait(self.seconds):
                return

"""Deletes what has been kept for long enough, every few minutes."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping

import sqlalchemy as sa

_SECONDS = 600

logger = logging.getLogger(__name__)


class Upkeep:
    """Runs every job now and then, for as long as the site is open.

    :param jobs: what is deleted, by its name in the log; each deletes and gives how many.
    """

    def __init__(self, jobs: Mapping[str, Callable[[], int]]) -> None:
        self.jobs = jobs

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the jobs, at once and then again and again, until this is left."""
        task = asyncio.create_task(self._again_and_again())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def run(self) -> None:
        """Run every job once; one that fails stops no other."""
        for name, job in self.jobs.items():
            try:
                deleted = await asyncio.to_thread(job)
                if deleted:
                    logger.info("Deleted %d %s whose time was up.", deleted, name)
            except sa.exc.SQLAlchemyError:
                logger.exception("The %s whose time is up could not be deleted", name)

    async def _again_and_again(self) -> None:
        while True:
            await self.run()
            await asyncio.sleep(_SECONDS)

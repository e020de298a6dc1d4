"""Publishes drafts whose time has come; of several processes one does it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from knowledge.editions.drafts.drafts import Drafts
from knowledge.errors import AdviceError
from knowledge.service import Service
from people.audit import Actor
from web.staff.drafting import publish_draft

_SECONDS = 15

logger = logging.getLogger(__name__)


class Scheduled:
    """Looks for drafts that are due, for as long as the site is open."""

    def __init__(self, service: Service, drafts: Drafts) -> None:
        self.service, self.drafts = service, drafts

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look at once and then again and again, until this is left."""
        task = asyncio.create_task(self._again_and_again())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def publish_due(self) -> int:
        """Publish every draft that is due, as whoever set its time; give how many were published.

        What cannot be published stays a draft and says why.
        """
        count = 0
        while (draft := self.drafts.claim_due()) is not None:
            actor = Actor(draft.publish_by, draft.publish_role)
            try:
                publish_draft(self.service, self.drafts, draft, actor, draft.reason)
                count += 1
            except AdviceError as problem:
                self.drafts.not_published(draft, str(problem), again=False)
            except Exception as fault:
                # Another try, when the lease is over, may do better: the database may be back.
                logger.exception("Draft %d could not be published at its time", draft.number)
                self.drafts.not_published(draft, type(fault).__name__, again=True)
        return count

    async def _again_and_again(self) -> None:
        while True:
            try:
                count = await asyncio.to_thread(self.publish_due)
                if count:
                    logger.info("Published %d drafts at their time.", count)
            except Exception:
                logger.exception("Could not look for drafts whose time has come")
            await asyncio.sleep(_SECONDS)

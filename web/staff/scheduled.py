"""Publishes drafts whose time has come; of several processes one does it."""

import logging

from knowledge.editions.drafts.drafts import Drafts
from knowledge.errors import AdviceError
from knowledge.service import Service
from people.audit import Actor
from web.staff.drafting import publish_draft

logger = logging.getLogger(__name__)


class Scheduled:
    """Finds drafts that are due."""

    def __init__(self, service: Service, drafts: Drafts) -> None:
        self.service, self.drafts = service, drafts

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

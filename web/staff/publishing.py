"""Changing the guidance: the edition and its row in the audit are kept together."""

import sqlalchemy as sa

from knowledge.editions.publish import Library
from knowledge.service import Service
from people.audit import Act, Actor, record


def library_of(
    service: Service, by: Actor, action: str, subject: str = "", reason: str = ""
) -> Library:
    """Give the guidance for one change by somebody.

    :param action: such as `guidance_added`; see `people.audit.Act`.
    """

    def keep(connection: sa.Connection, before: int | None, after: int) -> None:
        record(connection, by, Act(action, subject, reason, before, after))

    return service.recorded_library(keep, by.name)

"""Marking documents as reviewed and giving them owners: one edition, and an audit row for each."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from knowledge.editions.amending import Review, Seen, assigning, reviewing
from knowledge.editions.catalogue import newest
from knowledge.editions.changes import Change
from knowledge.editions.due import WITHIN, Watched, watch
from knowledge.editions.report import Report
from knowledge.service import Service
from people.audit import Act, Actor, record
from people.fields import storable

LONGEST_NOTE = 1000


def watched(service: Service, within: int = WITHIN) -> tuple[Watched, ...]:
    """Give the published documents with what must be seen to of each."""
    with service.store.engine.connect() as connection:
        return watch(newest(connection), service.today(), within)


def mark_reviewed(service: Service, reviews: Sequence[Review], note: str, by: Actor) -> Report:
    """Publish that somebody has read documents and found them right, each with its next date.

    :raises UnknownDocument: if there is no such document.
    :raises ChangedMeanwhile: if one is not what was seen; then none is marked.
    :raises PublishingError: if others publish at the same time, again and again.
    """
    note = " ".join(storable(note).split())[:LONGEST_NOTE]
    reasons = {
        one.seen.name: f"review by {one.review_by}" + (f": {note}" if note else "")
        for one in reviews
    }
    return _publish(service, reviewing(reviews, service.today()), "reviewed", reasons, by)


def set_owner(service: Service, documents: Sequence[Seen], owner: str, by: Actor) -> Report:
    """Publish who keeps documents from now on.

    :raises BadOwner: if the name cannot be an owner's.
    :raises UnknownDocument: if there is no such document.
    :raises ChangedMeanwhile: if one is not what was seen; then none is given to the owner.
    :raises PublishingError: if others publish at the same time, again and again.
    """
    change = assigning(documents, storable(owner))
    reasons = dict.fromkeys((seen.name for seen in documents), " ".join(owner.split()))
    return _publish(service, change, "owner_set", reasons, by)


def _publish(
    service: Service, change: Change, action: str, reasons: Mapping[str, str], by: Actor
) -> Report:
    """Publish a change, with a row of the audit for each document, in the same transaction."""

    def keep(connection: sa.Connection, before: int | None, after: int) -> None:
        for name, reason in reasons.items():
            record(connection, by, Act(action, name, reason, before, after))

    return service.recorded_library(keep).publish(change)

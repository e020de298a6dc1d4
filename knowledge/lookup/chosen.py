"""Which documents a search is to look through."""

import datetime as dt
from dataclasses import dataclass

from knowledge.documents.document import Document
from knowledge.editions.catalogue import Status


@dataclass(frozen=True)
class Chosen:
    """What was chosen in the filters; what is empty leaves all.

    A document that names no nation, or no audience, is for all of them.

    :param since: the first day on which a document may have been published.
    :param until: the last one.
    :param also: what is not live and may be found all the same.
    """

    topic: str = ""
    nation: str = ""
    audience: str = ""
    publisher: str = ""
    document: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    also: frozenset[Status] = frozenset()

    def fits(self, document: Document, status: Status) -> bool:
        """Say whether a document may be found."""
        return (
            (status == "live" or status in self.also)
            and (not self.topic or self.topic in document.topics)
            and (not self.nation or not document.nations or self.nation in document.nations)
            and (not self.audience or not document.audience or self.audience in document.audience)
            and self.publisher in ("", document.publisher)
            and self.document in ("", document.id)
            and self._in_time(document.published)
        )

    def _in_time(self, day: dt.date | None) -> bool:
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

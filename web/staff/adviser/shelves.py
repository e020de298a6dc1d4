"""The bodies of guidance that advisers look through, opened once and kept while they hold."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from database import aware
from knowledge.documents.document import Document
from knowledge.editions.catalogue import Status
from knowledge.editions.history import last_edition
from knowledge.editions.loading import load_version
from knowledge.editions.switches import Off
from knowledge.lookup.body import Body, Place
from knowledge.lookup.typed import Typed
from knowledge.service import Service


@dataclass(frozen=True)
class Seen:
    """An edition that somebody looks at.

    :param now: whether it is the one that answers members.
    :param day: the day that review dates are held against.
    """

    number: int
    published: dt.datetime
    now: bool
    day: dt.date
    off: Off

    def status(self, document: Document) -> Status:
        """Say whether members see a document, and if they do not, why."""
        if self.off.hides(document):
            return "off"
        return "past_review" if document.past_review(self.day) else "live"


@dataclass(frozen=True)
class Opened(Seen):
    """An edition that can be looked through.

    :param then: the day on which it was published.
    """

    body: Body
    then: dt.date

    def found_as(self, document: Document) -> Status:
        """Say as what a document is found.

        In an older edition this is what it was then, so that a link to a search goes on finding
        what it found; how the document stands today is said beside it.
        """
        if self.now:
            return self.status(document)
        return "past_review" if document.past_review(self.then) else "live"


@dataclass(frozen=True)
class Withdrawn:
    """The documents that were withdrawn, as they were last.

    :param editions: the newest edition that held each.
    """

    body: Body
    editions: Mapping[str, int]


class Shelves:
    """Opens editions for a service; what is opened is kept until something else is asked for."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._now: Body | None = None
        self._older: tuple[int, dt.datetime, Body] | None = None
        self._withdrawn: tuple[object, Withdrawn] | None = None
        self._lock = Lock()

    def now(self) -> Opened:
        """Give the edition that answers members.

        :raises EditionError: if nothing is published.
        """
        edition, dialogue = self.service.answering()
        body = self._now
        if body is None or body.finder is not dialogue.engine.finder:
            body = Body(dialogue.engine.finder, edition.versions)
            self._now = body
        return self._opened(edition.number, edition.published, body, dialogue.off, now=True)

    def at(self, number: int | None) -> Opened:
        """Give an edition by its number; without one the one that answers members.

        :raises EditionError: if there is no such edition.
        """
        newest = self.now()
        if number is None or number == newest.number:
            return newest
        with self._lock:
            older = self._older
            if older is None or older[0] != number:
                edition = self.service.store.edition(number)
                index = self.service.library.index_of(edition.versions)
                body = Body(self.service.finder(index), edition.versions)
                older = number, edition.published, body
                self._older = older
        return self._opened(*older, newest.off, now=False)

    def withdrawn(self) -> Withdrawn:
        """Give what was withdrawn and can be looked through all the same."""
        names = self.service.store.withdrawn()
        key = tuple(sorted(names.items()))
        with self._lock:
            held = self._withdrawn
            if held is None or held[0] != key:
                held = key, self._open_withdrawn(names)
                self._withdrawn = held
        return held[1]

    def warm(self) -> None:
        """Make ready what the first letter of a search would otherwise wait for."""
        body = self.now().body
        _ = body.completion
        body.among(Typed(), lambda _: True)

    def _opened(
        self, number: int, published: dt.datetime, body: Body, off: Off, now: bool
    ) -> Opened:
        published = aware(published)
        then = published.astimezone(self.service.contacts.time_zone).date()
        return Opened(number, published, now, self.service.today(), off, body, then)

    def _open_withdrawn(self, names: Mapping[str, dt.datetime]) -> Withdrawn:
        versions, editions = [], {}
        with self.service.store.engine.connect() as connection:
            for name in sorted(names):
                number = last_edition(connection, name)
                version = load_version(connection, name, number) if number is not None else None
                if number is not None and version is not None:
                    versions.append(version)
                    editions[name] = number
        index = self.service.library.index_of(versions)
        return Withdrawn(Body(self.service.finder(index), versions), editions)


def since(place: Place, newest: Body) -> str:
    """Say what became of a passage of an older edition: the `same`, `changed`, or `gone`."""
    document, passage = place.document, place.passage
    there = newest.places.get((passage.headings, passage.text), ())
    if any(one.document.id == document.id for one in there):
        return "same"
    kept = any(version.document.id == document.id for version in newest.versions)
    return "changed" if kept else "gone"

"""One document as an edition holds it, opened at a passage, with find-in-document."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from knowledge.answers.dialogue import Dialogue
from knowledge.documents.document import Document
from knowledge.editions.catalogue import Status
from knowledge.editions.edition import StoredPassage, Version
from knowledge.editions.history import last_edition
from knowledge.editions.loading import load_version
from knowledge.errors import EditionError
from knowledge.lookup.body import Body, Place
from knowledge.lookup.typed import read_typed
from knowledge.search.index import Entry
from knowledge.search.searcher import Hit
from web.server.site import Site
from web.staff.addresses import own_origin
from web.staff.adviser.filters import LONGEST
from web.staff.adviser.marking import spans_of
from web.staff.adviser.shelves import Seen
from web.staff.adviser.view import Shower, Shown
from web.staff.auth.access import Refused, Signed, staff
from web.staff.editor.shown import guidance_frame, number_in
from web.staff.pages import Pages

PATH = "/adviser/documents/{document_id}"


@dataclass(frozen=True)
class _Held(Seen):
    """An edition that holds a document.

    :param withdrawn: whether the edition that answers now does not hold it any more.
    """

    withdrawn: bool

    def status(self, document: Document) -> Status:
        return "withdrawn" if self.withdrawn else super().status(document)


def adviser_document_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the route of that page."""
    routes = APIRouter()
    service = site.service

    @routes.get(PATH)
    def show(
        document_id: str, request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]
    ) -> HTMLResponse:
        given = request.query_params
        asked, anchor = given.get("q", "")[:LONGEST], given.get("passage", "")
        find = given.get("find", "").strip()[:LONGEST]
        try:
            newest, dialogue = service.answering()
        except EditionError as problem:
            raise Refused(404, "no_document") from problem
        with service.store.engine.connect() as connection:
            number, version = _version(
                connection, document_id, number_in(request, "edition") or newest.number
            )
            last = last_edition(connection, document_id)
        held = _Held(
            number,
            _published(site, number),
            number == newest.number,
            service.today(),
            dialogue.off,
            withdrawn=last != newest.number,
        )
        body = Body(dialogue.engine.finder, newest.versions)
        shower = Shower(site, held, body, None, own_origin(request, site.settings), asked)
        words = _looked_for(find)
        shown: list[tuple[Shown, int]] = []
        for stored in version.passages:
            passage = stored.passage
            wanted = asked and passage.id == f"{document_id}#{anchor}"
            hit = _read(dialogue, version, stored, asked) if wanted else None
            spans = spans_of(passage.text, words)
            place = Place(version.document, passage)
            shown.append((shower.place(place, hit, spans), len(spans)))
        return pages.page(
            "adviser/document.html",
            signed,
            document=version.document,
            held=held,
            state=held.status(version.document),
            same=all(one.since in ("", "same") for one, _ in shown)
            and _current(newest.versions, version),
            newest=newest.number,
            passages=[one for one, _ in shown],
            found=[(one, count) for one, count in shown if count],
            anchor=anchor,
            asked=asked,
            find=find,
            limit=LONGEST,
            **guidance_frame(site),
        )

    return routes


def _version(connection: sa.Connection, document_id: str, number: int) -> tuple[int, Version]:
    """Give a document as an edition holds it, or else as the last one did that held it.

    :raises Refused: if none ever did.
    """
    version = load_version(connection, document_id, number)
    if version is None:
        last = last_edition(connection, document_id)
        if last is None or (version := load_version(connection, document_id, last)) is None:
            raise Refused(404, "no_document")
        number = last
    return number, version


def _published(site: Site, number: int) -> dt.datetime:
    (row,) = site.service.store.editions(1, number + 1)
    return row.published


def _current(versions: tuple[Version, ...], version: Version) -> bool:
    """Say whether a document has as many passages in an edition as it had."""
    now = [one for one in versions if one.document.id == version.document.id]
    return bool(now) and len(now[0].passages) == len(version.passages)


def _read(dialogue: Dialogue, version: Version, stored: StoredPassage, asked: str) -> Hit:
    engine = dialogue.engine
    question = engine.reader.read(read_typed(asked).words).mended
    entry = Entry(stored.passage, version.document, stored.sentences)
    (hit,) = engine.finder.read(question, [entry])
    return hit


def _looked_for(find: str) -> tuple[str, ...]:
    """Give what is marked: phrases in quotation marks, else each word."""
    typed = read_typed(find)
    return (*typed.phrases, *typed.loose.split())

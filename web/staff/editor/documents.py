"""The list of all guidance: search, filters and order stand in the address."""

from collections.abc import Iterable
from functools import partial
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from knowledge.documents.document import NATIONS, TOPICS
from knowledge.editions.catalogue import Listed, Status, catalogue, versions_with
from knowledge.editions.listing import SORTS, Wanted, due_of, make_listing
from knowledge.editions.switches import standing
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.editor.shown import guidance_frame, page_in, query
from web.staff.pages import Pages

_PATH = "/editor"
_ROWS = 50
_LONGEST = 100  # characters of a search
_FILTERS = ("words", "status", "topic", "owner", "nation", "publisher", "due", "sort")


def documents_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the route of that page."""
    routes = APIRouter()
    store = site.service.store

    @routes.get(_PATH)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        values = {name: _value(request, name) for name in _FILTERS}
        today = site.service.today()
        with store.engine.connect() as connection:
            now = standing(connection)
            number = now.number or 0
            documents = catalogue(connection, number)
            search = partial(versions_with, connection, number, documents)
            listing = make_listing(documents, Wanted(**values), search, today, now.off)
        page, found = page_in(request), listing.documents
        start = (page - 1) * _ROWS
        return pages.page(
            "editor/documents.html",
            signed,
            number=now.number,
            all=len(documents),
            found=len(found),
            rows=[(one, one.status(today, now.off)) for one in found[start : start + _ROWS]],
            counts=[(status, listing.counts.get(status, 0)) for status in get_args(Status)],
            due_of=lambda one: due_of(one, today),
            values=values,
            choices=_choices(documents),
            here=partial(query, values),
            page=page,
            pages=-(-len(found) // _ROWS),
            **guidance_frame(site),
        )

    return routes


def _value(request: Request, name: str) -> str:
    return request.query_params.get(name, "").strip()[:_LONGEST]


def _choices(documents: Iterable[Listed]) -> dict[str, tuple[str, ...]]:
    """Give what can be chosen in each filter: of names that editors write, those there are."""
    own = [one.document for one in documents]
    return {
        "topic": TOPICS,
        "nation": NATIONS,
        "owner": _sorted(document.owner for document in own),
        "publisher": _sorted(document.publisher for document in own),
        "due": ("soon", "overdue"),
        "sort": tuple(SORTS),
    }


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}, key=str.casefold))

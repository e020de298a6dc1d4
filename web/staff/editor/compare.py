"""What differs, word by word: between two editions, and between two states of one document."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from knowledge.editions.comparing import (
    DocumentChanges,
    EditionChanges,
    Named,
    compare_editions,
    compare_versions,
)
from knowledge.editions.history import history, last_version
from knowledge.editions.loading import load_version
from web.server.site import Site
from web.staff.auth.access import Refused, Signed, staff
from web.staff.editor.document import PATH
from web.staff.editor.shown import guidance_frame, number_in, page_in, query
from web.staff.pages import Pages

_DOCUMENTS = 10  # changed documents on a page that compares editions
_FIRST = 5  # passages of each that are shown there
_PASSAGES = 25  # on a page that compares one document


@dataclass(frozen=True)
class ShownChanges:
    """A changed document with the first of its changes.

    :param more: how many passages differ besides those shown.
    """

    document: Named
    changes: DocumentChanges
    more: int


def compare_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of those pages."""
    routes = APIRouter()
    engine = site.service.store.engine

    @routes.get("/editor/editions/compare")
    def editions(
        request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> HTMLResponse:
        before, after = _pair(request, site.service.store.latest_number() or 0)
        page = page_in(request)
        with engine.connect() as connection:
            unknown = site.service.store.unknown_editions((before, after))
            changes = compare_editions(connection, before, after)
            some = changes.changed[(page - 1) * _DOCUMENTS : page * _DOCUMENTS]
            shown = [_shown(connection, document, before, after) for document in some]
        return pages.page(
            "editor/compare_editions.html",
            signed,
            404 if unknown else 200,
            before=before,
            after=after,
            unknown=unknown,
            changes=changes,
            shown=shown,
            here=partial(query, {"from": before, "to": after}),
            page=page,
            pages=-(-len(changes.changed) // _DOCUMENTS),
            **guidance_frame(site),
        )

    @routes.get(f"{PATH}/compare")
    def versions(
        document_id: str, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> HTMLResponse:
        before, after = _pair(request, site.service.store.latest_number() or 0)
        page = page_in(request)
        with engine.connect() as connection:
            steps = history(connection, document_id)
            last = last_version(connection, document_id)
            if last is None:
                raise Refused(404, "no_document")
            old = load_version(connection, document_id, before)
            new = load_version(connection, document_id, after)
        changes = compare_versions(old, new)
        return pages.page(
            "editor/compare_versions.html",
            signed,
            document=(new or old or last).document,
            before=before,
            after=after,
            absent=[number for number, one in ((before, old), (after, new)) if one is None],
            steps=steps,
            fields=changes.fields if page == 1 else (),
            changes=changes,
            passages=changes.passages[(page - 1) * _PASSAGES : page * _PASSAGES],
            here=partial(query, {"from": before, "to": after}),
            page=page,
            pages=-(-len(changes.passages) // _PASSAGES),
            **guidance_frame(site),
        )

    return routes


def changes_to(site: Site, number: int) -> tuple[int, EditionChanges]:
    """Give the edition that answers now, and what would differ if another took its place."""
    newest = site.service.store.latest_number() or 0
    with site.service.store.engine.connect() as connection:
        return newest, compare_editions(connection, newest, number)


def _pair(request: Request, newest: int) -> tuple[int, int]:
    """Give the two editions that are asked for; without any, the newest and the one before."""
    after = number_in(request, "to") or newest
    return number_in(request, "from") or max(after - 1, 0), after


def _shown(connection: sa.Connection, document: Named, before: int, after: int) -> ShownChanges:
    old, new = (load_version(connection, document.id, number) for number in (before, after))
    changes = compare_versions(old, new)
    first: Sequence[object] = changes.passages[:_FIRST]
    return ShownChanges(document, changes, len(changes.passages) - len(first))

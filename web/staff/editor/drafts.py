"""The list of drafts, and how one begins from a published document."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.editions.drafts.draft import DraftStatus
from knowledge.errors import UnknownDocument
from web.server.site import Site
from web.staff.auth.access import Refused, Signed, staff
from web.staff.drafting import begin_from_document
from web.staff.pages import Pages

DRAFTS_PATH = "/editor/drafts"
_STATES: dict[str, tuple[DraftStatus, ...]] = {
    "": ("open", "scheduled"),
    "open": ("open",),
    "scheduled": ("scheduled",),
    "published": ("published",),
    "thrown-away": ("thrown away",),
}
_MOST = 200  # rows; what is older is found by its title


def draft_list_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of the list."""
    routes = APIRouter()
    drafts = site.staff.drafts

    @routes.get(DRAFTS_PATH)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        query = request.query_params
        state = query.get("state", "") if query.get("state") in _STATES else ""
        words, mine = query.get("q", "").strip(), query.get("mine") == "1"
        new = {int(number) for number in query.getlist("new") if number.isdecimal()}
        rows = [
            row
            for row in drafts.rows(_STATES[state])
            if words.casefold() in f"{row.title} {row.source_name}".casefold()
            and (not mine or signed.user.name in (row.by, row.changed_by))
        ]
        return pages.page(
            "editor/drafts/list.html",
            signed,
            rows=rows[:_MOST],
            more=len(rows) > _MOST,
            new=new,
            state=state,
            states=tuple(_STATES),
            words=words,
            mine=mine,
            zone=site.service.contacts.time_zone,
        )

    @routes.post("/editor/documents/{document_id}/draft")
    async def begin(
        document_id: str, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        try:
            number = await run_in_threadpool(
                begin_from_document, site.service, drafts, document_id, signed.actor
            )
        except UnknownDocument:
            raise Refused(404, "no_document") from None
        return pages.go(f"{DRAFTS_PATH}/{number}")

    return routes

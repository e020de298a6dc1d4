"""Withdrawing a document, after a page that says what that means; and bringing one back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.editions.catalogue import listed
from knowledge.errors import AdviceError
from people.fields import storable
from web.server.site import Site
from web.staff.auth.access import Refused, Signed, staff
from web.staff.editor.document import PATH, Typed, document_page
from web.staff.pages import Pages
from web.staff.publishing import library_of
from web.staff.reasons import LONGEST_REASON, checked_reason


def withdrawing_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of those pages."""
    routes = APIRouter()
    service = site.service

    def page(signed: Signed, document_id: str, typed: Typed | None = None) -> HTMLResponse:
        with service.store.engine.connect() as connection:
            own = listed(connection, service.store.latest_number() or 0, document_id)
        if own is None:
            raise Refused(404, "no_document")
        return pages.page(
            "editor/withdraw.html",
            signed,
            422 if typed else 200,
            document=own.document,
            passages=str(own.passages),
            withdrawn=own.withdrawn is not None,
            typed=typed or Typed("", ""),
        )

    @routes.get(f"{PATH}/withdraw")
    def ask(document_id: str, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        return page(signed, document_id)

    @routes.post(f"{PATH}/withdraw")
    async def withdraw(
        document_id: str, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        typed = str((await request.form()).get("reason", ""))

        def work() -> Response:
            try:
                reason = checked_reason(typed)
                by = signed.actor
                library = library_of(service, by, "guidance_removed", document_id, reason)
                library.remove(document_id, reason)
            except AdviceError as problem:
                return page(signed, document_id, Typed(type(problem).__name__, typed))
            return pages.go(f"/editor/documents/{document_id}?done=withdrawn")

        return await run_in_threadpool(work)

    @routes.post(f"{PATH}/return")
    async def bring_back(
        document_id: str, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        typed = str((await request.form()).get("reason", ""))

        def work() -> Response:
            reason = storable(typed).strip()[:LONGEST_REASON]
            by = signed.actor
            library = library_of(service, by, "guidance_returned", document_id, reason)
            try:
                library.bring_back(document_id, reason)
            except AdviceError as problem:
                said = Typed(type(problem).__name__, typed)
                return document_page(site, pages, signed, document_id, request, said)
            return pages.go(f"/editor/documents/{document_id}?done=returned")

        return await run_in_threadpool(work)

    return routes

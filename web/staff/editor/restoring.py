"""Bringing a whole edition back, after a page that says what would change."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.errors import AdviceError
from web.server.site import Site
from web.staff.auth.access import Refused, Signed, staff
from web.staff.editor.compare import changes_to
from web.staff.editor.document import Typed
from web.staff.editor.shown import guidance_frame
from web.staff.pages import Pages
from web.staff.publishing import library_of
from web.staff.reasons import checked_reason

_PATH = "/editor/editions/{number:int}/restore"


def restoring_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    service = site.service

    def page(signed: Signed, number: int, typed: Typed | None = None) -> HTMLResponse:
        if service.store.unknown_editions((number,)):
            raise Refused(404, "no_edition")
        newest, changes = changes_to(site, number)
        (row,) = service.store.editions(1, below=number + 1)
        return pages.page(
            "editor/restore.html",
            signed,
            422 if typed else 200,
            row=row,
            newest=newest,
            changes=changes,
            typed=typed or Typed("", ""),
            **guidance_frame(site),
        )

    @routes.get(_PATH)
    def ask(number: int, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        return page(signed, number)

    @routes.post(_PATH)
    async def restore(
        number: int, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()
        typed, seen = str(form.get("reason", "")), str(form.get("newest", ""))

        def work() -> Response:
            # What the page said would change is another thing once somebody else has published:
            # this also stops a form that is sent twice.
            if seen != str(service.store.latest_number()):
                return page(signed, number, Typed("published_meanwhile", typed))
            try:
                reason = checked_reason(typed)
                by = signed.actor
                library = library_of(service, by, "edition_restored", str(number), reason)
                library.restore(number, reason=reason)
            except AdviceError as problem:
                return page(signed, number, Typed(type(problem).__name__, typed))
            return pages.go(f"/editor/editions?restored={number}")

        return await run_in_threadpool(work)

    return routes

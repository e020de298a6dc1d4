"""The list of everything that was published: when, by whom and why."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.editor.shown import guidance_frame, number_in
from web.staff.pages import Pages

_PATH = "/editor/editions"
_ROWS = 50


def editions_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the route of that page."""
    routes = APIRouter()
    service = site.service

    @routes.get(_PATH)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        rows = service.library.editions(_ROWS + 1, number_in(request, "below"))
        return pages.page(
            "editor/editions.html",
            signed,
            rows=rows[:_ROWS],
            newest=service.store.latest_number(),
            more=rows[_ROWS - 1].number if len(rows) > _ROWS else None,
            restored=number_in(request, "restored"),
            **guidance_frame(site),
        )

    return routes

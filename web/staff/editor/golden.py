"""The list of golden questions: what should answer them, who said so."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.errors import AdviceError
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.editor.shown import page_in, query
from web.staff.golden import all_golden, unmark_golden
from web.staff.pages import Pages
from web.staff.passages import placed_passages

PATH = "/editor/golden"
_ROWS = 50


def golden_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    service = site.service

    def page(
        request: Request, signed: Signed, status: int = 200, problem: str = ""
    ) -> HTMLResponse:
        wanted = request.query_params.get("search", "").strip()
        every = all_golden(service)
        found = [one for one in every if wanted.casefold() in one.question.casefold()]
        number, last = page_in(request), max(1, -(-len(found) // _ROWS))
        start = (min(number, last) - 1) * _ROWS
        return pages.page(
            "editor/golden.html",
            signed,
            status,
            rows=found[start : start + _ROWS],
            count=len(found),
            placed=placed_passages(service),
            search=wanted,
            here=lambda **changed: query({"search": wanted}, **changed),
            page=min(number, last),
            pages=last,
            problem=problem,
            zone=service.contacts.time_zone,
        )

    @routes.get(PATH)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        return page(request, signed)

    @routes.post(PATH)
    async def remove(
        request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        number = str((await request.form()).get("number", ""))

        def work() -> Response:
            try:
                plain = number.isascii() and number.isdecimal() and len(number) < 10
                unmark_golden(service, int(number) if plain else 0, signed.actor)
            except AdviceError as problem:
                return page(request, signed, 422, type(problem).__name__)
            return pages.go(PATH)

        return await run_in_threadpool(work)

    return routes

"""What the member would have been told: the bot's own answer, and how it came about."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from knowledge.errors import AdviceError
from knowledge.lookup.typed import read_typed
from web.server.site import Site
from web.staff.adviser.filters import LONGEST
from web.staff.auth.access import Signed, staff
from web.staff.editor.shown import guidance_frame
from web.staff.pages import Pages
from web.staff.trying import try_question

PATH = "/adviser/told"


def told_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the route of that page; with `part` in the address only what stands beside a search."""
    routes = APIRouter()
    service = site.service

    @routes.get(PATH)
    def show(
        request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]
    ) -> HTMLResponse:
        text = request.query_params.get("q", "").strip()[:LONGEST]
        question = read_typed(text).words
        tried, problem = None, ""
        try:
            if question:
                tried = try_question(service.dialogue(), question)
        except AdviceError:
            problem = "nothing"
        part = bool(request.query_params.get("part"))
        return pages.page(
            "adviser/told_part.html" if part else "adviser/told.html",
            signed,
            text=text,
            question=question,
            tried=tried,
            problem=problem,
            limit=LONGEST,
            hours=site.advice_line.hours(),
            lines=service.tuning.coverage,
            reasons=site.staff.wording.section("trial.reasons"),
            **guidance_frame(site),
        )

    return routes

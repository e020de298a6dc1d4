"""The pages of pinned answers: the list with what can be done, and proposing one.

Advisers and editors propose; editors approve and end.
"""

import datetime as dt
from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.editions.pinned import LONGEST_DAYS, PIN_STATES
from knowledge.errors import AdviceError
from knowledge.evaluation.golden_questions import LONGEST_QUESTION
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.editor.shown import guidance_frame, query
from web.staff.pages import Pages
from web.staff.passages import placed_passages
from web.staff.pinning import Proposal, approve, end, listed_pins, propose

PATH = "/editor/pinned"
_OFFERED = 8  # passages to choose from


def pinned_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of the list, and of proposing."""
    routes = APIRouter()
    routes.include_router(_proposing_routes(site, pages))  # before any number: it is at `new`
    routes.include_router(_list_routes(site, pages))
    return routes


def _list_routes(site: Site, pages: Pages) -> APIRouter:
    routes = APIRouter()
    service = site.service

    def page(
        request: Request, signed: Signed, status: int = 200, problem: str = "", reason: str = ""
    ) -> HTMLResponse:
        found = listed_pins(service)
        chosen = request.query_params.get("state", "")
        return pages.page(
            "editor/pinned.html",
            signed,
            status,
            rows=[one for one in found if chosen in ("", one.state)],
            counts=Counter(one.state for one in found),
            states=PIN_STATES,
            chosen=chosen,
            query=query,
            placed=placed_passages(service),
            may_decide=signed.user.may("editor"),
            problem=problem,
            reason=reason,
            done=request.query_params.get("done", ""),
            **guidance_frame(site),
        )

    @routes.get(PATH)
    def show(
        request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]
    ) -> HTMLResponse:
        return page(request, signed)

    @routes.post(f"{PATH}/{{number}}")
    async def decide(
        number: int, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()
        do, reason = str(form.get("do", "")), str(form.get("reason", ""))

        def work() -> Response:
            try:
                if do == "approve":
                    approve(service, site.staff.users, number, signed.actor)
                elif do == "end":
                    end(service, number, reason, signed.actor)
                else:
                    return page(request, signed, 422, "bad_form", reason)
            except AdviceError as problem:
                return page(request, signed, 422, type(problem).__name__, reason)
            return pages.go(f"{PATH}?done={do}")

        return await run_in_threadpool(work)

    return routes


def _proposing_routes(site: Site, pages: Pages) -> APIRouter:
    routes = APIRouter()
    service = site.service

    def page(signed: Signed, typed: Proposal, status: int = 200, problem: str = "") -> HTMLResponse:
        placed = placed_passages(service)
        offered = [typed.passage_id] if typed.passage_id in placed else []
        if placed and typed.question.strip():
            engine = service.dialogue().engine
            mended = engine.reader.read(typed.question).mended
            hits = engine.finder.find(mended, most=_OFFERED)
            # Text that two documents share is found once, and may bear either name.
            offered += [hit.passage.id for hit in hits if hit.passage.id in placed]
        today = service.today()
        return pages.page(
            "editor/pin.html",
            signed,
            status,
            typed=typed,
            offered=[placed[name] for name in dict.fromkeys(offered)],
            first=today,
            last=today + dt.timedelta(days=LONGEST_DAYS),
            limit=LONGEST_QUESTION,
            problem=problem,
            **guidance_frame(site),
        )

    @routes.get(f"{PATH}/new")
    def show(signed: Annotated[Signed, Depends(staff("adviser"))]) -> HTMLResponse:
        return page(signed, Proposal("", "", ""))

    @routes.post(f"{PATH}/new")
    async def send(
        request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]
    ) -> Response:
        form = await request.form()
        typed = Proposal(
            str(form.get("question", ""))[: site.settings.message_limit],
            str(form.get("other", "")).strip() or str(form.get("passage", "")).strip(),
            str(form.get("ends", "")),
            form.get("whole") == "yes",
            str(form.get("note", "")),
        )
        finding = form.get("do") != "propose"

        def work() -> Response:
            if finding:
                return page(signed, typed)
            try:
                propose(service, typed, signed.actor)
            except AdviceError as problem:
                return page(signed, typed, 422, type(problem).__name__)
            return pages.go(f"{PATH}?done=propose")

        return await run_in_threadpool(work)

    return routes

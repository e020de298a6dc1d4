"""The page of the outbox: what waits, what was sent, and why something could not be sent."""

from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from people.outbox.outbox import NotWaiting, State
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.pages import Pages

_PATH = "/admin/outbox"
_ROWS = 50
_STATES: tuple[State, ...] = get_args(State)


def outbox_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    outbox = site.staff.outbox

    def page(
        signed: Signed,
        state: State | None = None,
        below: int | None = None,
        status: int = 200,
        problem: str = "",
    ) -> HTMLResponse:
        rows = outbox.rows(state, _ROWS + 1, below)
        return pages.page(
            "outbox.html",
            signed,
            status,
            path=_PATH,
            rows=rows[:_ROWS],
            more=rows[_ROWS - 1].number if len(rows) > _ROWS else None,
            state=state or "",
            states=_STATES,
            counts=outbox.counts(),
            problem=problem,
            mail_on=bool(site.settings.smtp_url),
            now=outbox.now(),
            zone=site.service.contacts.time_zone,
        )

    @routes.get(_PATH)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("admin"))]) -> HTMLResponse:
        state = next((one for one in _STATES if one == request.query_params.get("state")), None)
        return page(signed, state, _number(request.query_params.get("below", "")))

    @routes.post(_PATH)
    async def change(
        request: Request, signed: Annotated[Signed, Depends(staff("admin"))]
    ) -> Response:
        form = await request.form()
        number, what = _number(str(form.get("number", ""))), form.get("do")

        def work() -> Response:
            try:
                if number is not None and what == "retry":
                    outbox.retry(number, signed.actor)
                elif number is not None and what == "take_out":
                    outbox.take_out(number, signed.actor)
                else:
                    return page(signed, status=422, problem="bad_form")
            except NotWaiting:
                return page(signed, status=409, problem="NotWaiting")
            return pages.go(_PATH)

        return await run_in_threadpool(work)

    return routes


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None

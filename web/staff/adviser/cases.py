"""The list of cases: what waits, how urgent and since when; as a page, as a file, and as news."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from people.desk.case import URGENCIES, DeskCase
from people.desk.listing import CaseFilters
from web.server.site import Site
from web.staff.adviser.case import case_page_routes
from web.staff.adviser.case_filters import (
    AGE_CHOICES,
    MINE,
    NOBODY,
    STATE_CHOICES,
    read_case_query,
)
from web.staff.auth.access import Signed, staff
from web.staff.case_news import LIST_PATH
from web.staff.csv_file import csv_lines
from web.staff.editor.shown import number_in
from web.staff.pages import Pages

_ROWS = 50
_COLUMNS = (
    "reference", "state", "urgency", "sent", "first contact", "closed", "outcome", "passage",
)  # fmt: skip


def cases_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of the list, and of each case's page."""
    routes = APIRouter()
    listing = site.staff.listing

    @routes.get(LIST_PATH)
    def show(
        request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]
    ) -> HTMLResponse:
        query, now = read_case_query(request.query_params), site.service.now()
        begin = number_in(request, "from") or 0
        # Read before the list: what changes in between is news.
        seen = listing.fingerprint()
        found = listing.page(query.filters(signed.user.name, now), _ROWS + 1, begin)
        waiting = listing.oldest(CaseFilters(states=("new",)))
        return pages.page(
            "adviser/cases.html",
            signed,
            cases=found[:_ROWS],
            more=begin + _ROWS if len(found) > _ROWS else None,
            query=query,
            seen=seen,
            counts=listing.by_state(),
            ages=listing.by_age(now),
            oldest=waiting,
            state_choices=STATE_CHOICES,
            urgencies=("", *URGENCIES),
            age_choices=AGE_CHOICES,
            people=("", MINE, NOBODY, *(one.name for one in site.staff.users.all() if one.active)),
            zone=site.service.contacts.time_zone,
        )

    @routes.get(f"{LIST_PATH}/news")
    def news(request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]) -> Response:
        seen = listing.fingerprint()
        headers = {"etag": f'"{seen}"', "cache-control": "private, no-cache"}
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        return JSONResponse({"counts": listing.by_state()}, headers=headers)

    @routes.get(f"{LIST_PATH}.csv")
    def export(
        request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]
    ) -> StreamingResponse:
        query = read_case_query(request.query_params)
        found = listing.every(query.filters(signed.user.name, site.service.now()))
        return StreamingResponse(
            csv_lines(_COLUMNS, map(_row, found)),
            media_type="text/csv; charset=utf-8",
            headers={
                "content-disposition": 'attachment; filename="cases.csv"',
                "cache-control": "no-store",
            },
        )

    routes.include_router(case_page_routes(site, pages))
    return routes


def _row(case: DeskCase) -> tuple[str | None, ...]:
    """Give a case without anything of its member, and of who has it."""
    times = (case.asked, case.contacted, case.closed)
    sent, contacted, closed = (
        time.isoformat(timespec="minutes") if time else None for time in times
    )
    return (
        *(case.reference, case.state, case.urgency, sent, contacted, closed),
        *(case.outcome, case.passage),
    )

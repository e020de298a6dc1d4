"""The list of gaps: what members asked and guidance did not answer; and the list as a file."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from knowledge.documents.document import TOPICS
from knowledge.editions.briefs import briefs
from people.asked import LACKS
from people.gaps import FEW, STATES, Listed
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.csv_file import csv_lines
from web.staff.editor.gap import assignable, gap_page_routes
from web.staff.editor.gap_filters import ALL, GapFilters, periods, read_filters, topics_of
from web.staff.pages import Pages

_PATH = "/editor/gaps"
_ROWS = 50
_COLUMNS = (
    "gap", "state", "assigned to", "conversations", "not covered", "nearest shown", "handed over",
    "not helpful", "choice not made", "adviser found none", "first asked", "last asked", "wording",
    "reason", "answer", "edition tested", "wordings tested", "wordings answered",
)  # fmt: skip


def gap_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of the list, and of each gap's page."""
    routes = APIRouter()
    gaps, asked = site.gap_work.gaps, site.asked

    def found(filters: GapFilters, me: str) -> list[Listed]:
        since = filters.since(site.service.now())
        listed = gaps.listed(since, filters.only_state, filters.assigned(me))
        if not filters.topic:
            return listed
        with site.service.store.engine.connect() as connection:
            documents = briefs(connection)
        near = gaps.nearest(since)
        return [
            one
            for one in listed
            if filters.topic in topics_of(near.get(one.gap.number, []), documents)
        ]

    @routes.get(_PATH)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        filters = read_filters(request.query_params, site.settings.question_days)
        listed = found(filters, signed.user.name)
        begin = _number(request.query_params.get("from", ""))
        shown = listed[begin : begin + _ROWS]
        return pages.page(
            "editor/gaps.html",
            signed,
            often=[one for one in shown if one.conversations >= FEW],
            seldom=[one for one in shown if one.conversations < FEW],
            total=len(listed),
            counts=asked.counts(filters.since(site.service.now())),
            filters=filters,
            begin=begin,
            more=begin + _ROWS if begin + _ROWS < len(listed) else None,
            states=(*STATES, ALL),
            topics=TOPICS,
            periods=periods(site.settings.question_days),
            people=assignable(site),
            few=FEW,
            zone=site.service.contacts.time_zone,
        )

    @routes.get(f"{_PATH}.csv")
    def export(
        request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> StreamingResponse:
        filters = read_filters(request.query_params, site.settings.question_days)
        return StreamingResponse(
            csv_lines(_COLUMNS, (_row(one) for one in found(filters, signed.user.name))),
            media_type="text/csv; charset=utf-8",
            headers={
                "content-disposition": 'attachment; filename="gaps.csv"',
                "cache-control": "no-store",
            },
        )

    routes.include_router(gap_page_routes(site, pages))
    return routes


def _row(one: Listed) -> tuple[str | int | None, ...]:
    gap, retest = one.gap, one.gap.retest
    return (
        *(gap.number, gap.state, gap.assigned, one.conversations),
        *(one.lacks.get(lack, 0) for lack in LACKS),
        *(time.isoformat(timespec="seconds") for time in (one.first, one.last)),
        *(one.wording, gap.reason, gap.answer),
        *((retest.edition, retest.tested, retest.answered) if retest else (None, None, None)),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0

"""The page of the audit: who did what and when; with filters in the address, and as a file."""

import datetime as dt
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from people.audit import Filters, Recorded
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.csv_file import csv_lines
from web.staff.pages import Pages

_PATH = "/admin/audit"
_ROWS = 50
_NAMES = ("who", "what", "on", "from", "until")
_COLUMNS = ("when", "who", "role", "what", "on", "from edition", "to edition", "reason")


def audit_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    audit, words = site.staff.audit, site.staff.wording
    zone = site.service.contacts.time_zone
    actions = words.section("actions")

    @routes.get(_PATH)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("admin"))]) -> HTMLResponse:
        values = {name: request.query_params.get(name, "").strip() for name in _NAMES}
        below = request.query_params.get("below", "")
        rows = audit.rows(
            _filters(values, zone), _ROWS + 1, int(below) if _is_number(below) else None
        )
        more = rows[_ROWS - 1].number if len(rows) > _ROWS else None
        kept = {name: value for name, value in values.items() if value}
        return pages.page(
            "audit.html",
            signed,
            rows=rows[:_ROWS],
            actions=actions,
            values=values,
            more=urlencode({**kept, "below": more}) if more else "",
            file=urlencode(kept),
            zone=zone,
        )

    @routes.get(f"{_PATH}.csv")
    def export(
        request: Request, signed: Annotated[Signed, Depends(staff("admin"))]
    ) -> StreamingResponse:
        values = {name: request.query_params.get(name, "").strip() for name in _NAMES}
        rows = (_row(recorded) for recorded in audit.every(_filters(values, zone)))
        return StreamingResponse(
            csv_lines(_COLUMNS, rows),
            media_type="text/csv; charset=utf-8",
            headers={
                "content-disposition": 'attachment; filename="audit.csv"',
                "cache-control": "no-store",
            },
        )

    return routes


def _row(recorded: Recorded) -> tuple[str | int | None, ...]:
    actor, act = recorded.actor, recorded.act
    at = recorded.at.isoformat(timespec="seconds")
    return (
        *(at, actor.name, actor.role, act.action, act.subject),
        *(act.edition_from, act.edition_to, act.reason),
    )


def _filters(values: dict[str, str], zone: ZoneInfo) -> Filters:
    """Read the filters; days are days of the union, and the last one counts whole."""
    return Filters(
        who=values["who"],
        action=values["what"],
        subject=values["on"],
        since=_midnight(values["from"], zone),
        until=_midnight(values["until"], zone, days=1),
    )


def _midnight(day: str, zone: ZoneInfo, days: int = 0) -> dt.datetime | None:
    """Give the beginning of a day, or of one so much later, in UTC; of what is no day, nothing."""
    try:
        date = dt.date.fromisoformat(day) + dt.timedelta(days=days)
        begin = dt.datetime.combine(date, dt.time(), zone)
        return begin.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10

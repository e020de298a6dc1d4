"""The list of what must be looked at: filters and order in the address; also as a file."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from knowledge.documents.document import TOPICS
from knowledge.editions.crowds import Crowd, crowds
from knowledge.editions.due import MATTERS, ORDERS, Watched, chosen, counts
from web.server.site import Site
from web.staff.amending import watched
from web.staff.auth.access import Signed, staff
from web.staff.csv_file import csv_lines
from web.staff.due_words import crowd_line, state_lines
from web.staff.editor.due.query import PATH, SHOWS, Query, read_query
from web.staff.pages import Pages

_ROWS = 100
_COLUMNS = (
    *("document", "title", "owner", "owner's e-mail", "topics", "reviewed", "review by", "days"),
    *MATTERS,
    "changes",
)


def list_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    service, words = site.service, site.staff.wording

    @routes.get(PATH)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        query = read_query(request.query_params)
        documents = watched(service, query.within)
        found = chosen(documents, query.wanted)
        begin = (query.page - 1) * _ROWS
        done = request.query_params.get("done", "")
        today = service.today()
        return pages.page(
            "editor/due.html",
            signed,
            query=query,
            path=PATH,
            shows=SHOWS,
            counts=counts(documents),
            topics=TOPICS,
            orders=ORDERS,
            rows=found[begin : begin + _ROWS],
            found=len(found),
            first=begin + 1,
            more=len(found) > begin + _ROWS,
            states=lambda one: state_lines(one, words),
            crowds=[
                (crowd_line(crowd, words), _address(query, crowd, (crowd.last - today).days))
                for crowd in crowds((one.document for one in documents), today)
            ],
            emails=site.staff.owners.all(),
            mail_on=bool(site.settings.smtp_url),
            done=done if done.isascii() and done.isdecimal() and len(done) < 7 else "",
        )

    @routes.get(f"{PATH}.csv")
    def export(
        request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> StreamingResponse:
        query = read_query(request.query_params)
        emails = {name: owner.email for name, owner in site.staff.owners.all().items()}
        rows = (_row(one, emails) for one in chosen(watched(service, query.within), query.wanted))
        return StreamingResponse(
            csv_lines(_COLUMNS, rows),
            media_type="text/csv; charset=utf-8",
            headers={
                "content-disposition": 'attachment; filename="due.csv"',
                "cache-control": "no-store",
            },
        )

    return routes


def _address(query: Query, crowd: Crowd, days: int) -> str:
    """Give the address of the list of a crowd, ticked, so that it can be spread."""
    return Query(query.wanted).address(
        show="due", within=str(max(days, 1)), topic=crowd.topic, owner="", ticked="all"
    )


def _row(one: Watched, emails: dict[str, str]) -> tuple[str | int | None, ...]:
    document = one.document
    changes = "; ".join(
        f"{change.day} {'begins' if change.begins else 'ends'}: {change.notice}"
        for change in one.changes
    )
    return (
        document.id,
        document.title,
        document.owner,
        emails.get(document.owner, ""),
        ", ".join(document.topics),
        str(document.reviewed or ""),
        str(document.review_by or ""),
        one.days,
        *("yes" if matter in one.matters else "" for matter in MATTERS),
        changes,
    )

"""Guidance while a member is on the phone: found while somebody types, read when they pause."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.documents.document import Document
from knowledge.errors import EditionError
from knowledge.language.acronyms import load_acronyms
from knowledge.lookup.lookup import Shelf, look_up
from web.server.site import Site
from web.staff.addresses import own_origin
from web.staff.adviser.filters import ALSO, DATES, FILTERS, LONGEST, Wanted, choices_of, wanted_in
from web.staff.adviser.latest import LatestWins
from web.staff.adviser.shelves import Opened, Shelves, Withdrawn
from web.staff.adviser.view import Shower
from web.staff.auth.access import Signed, staff
from web.staff.editor.shown import guidance_frame
from web.staff.pages import Pages

PATH = "/adviser"


def search_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page, and of what it loads while somebody types."""
    routes = APIRouter()
    shelves, latest = Shelves(site.service), LatestWins()
    acronyms = load_acronyms()

    def results(request: Request, wanted: Wanted, opened: Opened, read: bool) -> dict[str, Any]:
        """Give what the list of results shows."""
        withdrawn = shelves.withdrawn() if "withdrawn" in wanted.chosen.also else None
        origin = own_origin(request, site.settings)
        newest = opened.body if opened.now else shelves.now().body
        shower = Shower(site, opened, newest, withdrawn, origin, wanted.text)
        found = look_up(
            wanted.text,
            _shelves(wanted, opened, withdrawn),
            site.service.dialogue().engine.reader,
            acronyms,
            read,
            shower.is_live,
        )
        return {
            "found": found,
            "rows": [shower.group(group) for group in found.groups],
            "wanted": wanted,
            "opened": opened,
            "link": PATH + wanted.address(edition=opened.number),
            **guidance_frame(site),
        }

    @routes.get(PATH)
    def show(
        request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]
    ) -> HTMLResponse:
        wanted = wanted_in(request)
        values: dict[str, Any] = {"wanted": wanted, "opened": None, "choices": None, "problem": ""}
        status = 422 if wanted.wrong else 200
        try:
            opened = shelves.at(wanted.edition)
            values |= {"choices": choices_of(opened.body), **results(request, wanted, opened, True)}
            shelves.warm()
        except EditionError:
            status, values["problem"] = 404, "no_edition" if wanted.edition else "nothing"
        return pages.page(
            "adviser/search.html",
            signed,
            status,
            filters=FILTERS,
            dates=DATES,
            also=ALSO,
            limit=LONGEST,
            done=request.query_params.get("done") == "missing",
            **values,
        )

    @routes.get(f"{PATH}/results")
    async def type_on(
        request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]
    ) -> Response:
        wanted, given = wanted_in(request), request.query_params

        def work() -> Response:
            try:
                opened = shelves.at(wanted.edition)
                values = results(request, wanted, opened, bool(given.get("read")))
            except EditionError:
                return Response(status_code=404)
            return pages.page("adviser/results.html", signed, **values)

        async with latest.turn((signed.token, given.get("page", ""))) as newest:
            if not newest:
                return Response(status_code=204)  # nobody waits for this any more
            return await run_in_threadpool(work)

    return routes


def _shelves(wanted: Wanted, opened: Opened, withdrawn: Withdrawn | None) -> list[Shelf]:
    chosen = wanted.chosen

    def keep(document: Document) -> bool:
        return chosen.fits(document, opened.found_as(document))

    def keep_withdrawn(document: Document) -> bool:
        return chosen.fits(document, "withdrawn")

    shelves = [Shelf(opened.body, keep)]
    if withdrawn is not None and opened.now:
        shelves.append(Shelf(withdrawn.body, keep_withdrawn, withdrawn=True))
    return shelves

"""An adviser says that no guidance answers a question: it becomes one that was asked in vain."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from knowledge.lookup.typed import read_typed
from people.asked import keep_missing
from people.audit import Act, record
from people.fields import storable
from web.server.site import Site
from web.staff.adviser.filters import LONGEST
from web.staff.auth.access import Signed, staff
from web.staff.editor.shown import query
from web.staff.pages import Pages


def missing_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the route of that form."""
    routes = APIRouter()

    @routes.post("/adviser/missing")
    async def say_so(
        request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]
    ) -> Response:
        text = storable(str((await request.form()).get("q", ""))).strip()[:LONGEST]

        def work() -> Response:
            words = read_typed(text).words
            if words:
                _keep(site, words, signed)
            return pages.go(f"/adviser{query({'q': text, 'done': 'missing' if words else ''})}")

        return await run_in_threadpool(work)

    return routes


def _keep(site: Site, words: str, signed: Signed) -> None:
    wording = site.questions.mask(words)
    with site.service.store.engine.begin() as connection:
        keep_missing(connection, wording, site.service.now())
        # The audit is kept for good, so it holds nothing of the words.
        record(connection, signed.actor, Act("gap_reported"))

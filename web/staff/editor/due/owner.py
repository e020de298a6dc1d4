"""Giving documents an owner: the team or person that keeps them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.editions.amending import LONGEST_OWNER
from knowledge.errors import AdviceError
from web.server.site import Site
from web.staff.amending import set_owner, watched
from web.staff.auth.access import Signed, staff
from web.staff.editor.due.chosen import Chosen, choose, refusal, seen_in
from web.staff.editor.due.query import PATH
from web.staff.pages import Pages

_OWNER = f"{PATH}/owner"


def owner_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    service, words = site.service, site.staff.wording

    def page(
        signed: Signed, chosen: Chosen, owner: str = "", status: int = 200, problem: str = ""
    ) -> HTMLResponse:
        return pages.page(
            "editor/owner.html",
            signed,
            status,
            path=PATH,
            documents=chosen.documents,
            gone="; ".join(chosen.gone),
            owner=owner,
            owners=sorted(known_owners(site)),
            problem=problem,
            longest=LONGEST_OWNER,
        )

    @routes.get(_OWNER)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        return page(signed, choose(service, request.query_params.getlist("id")))

    @routes.post(_OWNER)
    async def change(
        request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()
        seen, owner = seen_in(form), str(form.get("owner", ""))

        def work() -> Response:
            def again(status: int, problem: str) -> HTMLResponse:
                chosen = choose(service, [one.name for one in seen])
                return page(signed, chosen, owner, status, problem)

            if not seen:
                return again(422, words.say("due.problems.nothing"))
            try:
                set_owner(service, seen, owner, signed.actor)
            except AdviceError as problem:
                return again(*refusal(service, words, problem))
            return pages.go(f"{PATH}/owners?saved=owner")

        return await run_in_threadpool(work)

    return routes


def known_owners(site: Site) -> set[str]:
    """Give the owners of the published documents, and those with an address."""
    of_documents = {one.document.owner for one in watched(site.service)}
    return (of_documents | site.staff.owners.all().keys()) - {""}

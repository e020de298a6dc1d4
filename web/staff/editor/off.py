"""The page of the kill switch: what is off for members, why, and since when."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.documents.document import TOPICS
from knowledge.editions.catalogue import listed
from knowledge.editions.switches import Kind, Switch, standing
from knowledge.errors import AdviceError
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.pages import Pages
from web.staff.switching import Target, all_off, switch_off, switch_on

_PATH = "/editor/off"
_KINDS: tuple[Kind, ...] = ("bot", "document", "topic")


def off_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    service = site.service

    def page(
        signed: Signed, status: int = 200, problem: str = "", reason: str = ""
    ) -> HTMLResponse:
        off = all_off(service)
        return pages.page(
            "editor/off.html",
            signed,
            status,
            off=off,
            bot_off=any(switch.kind == "bot" for switch in off),
            titles=_titles(site, off),
            topics=TOPICS,
            problem=problem,
            reason=reason,
            zone=service.contacts.time_zone,
        )

    @routes.get(_PATH)
    def show(signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        return page(signed)

    @routes.post(_PATH)
    async def change(
        request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()
        kind = next((kind for kind in _KINDS if kind == form.get("kind")), None)
        name, reason = str(form.get("name", "")), str(form.get("reason", ""))

        def work() -> Response:
            if kind is None:
                return page(signed, 422, "bad_form")
            target = Target(kind, "" if kind == "bot" else name)
            try:
                if form.get("do") == "on":
                    switch_on(service, target, signed.actor)
                else:
                    switch_off(service, target, reason, signed.actor)
            except AdviceError as problem:
                return page(signed, 422, type(problem).__name__, reason)
            return pages.go(_PATH)

        return await run_in_threadpool(work)

    return routes


def _titles(site: Site, off: list[Switch]) -> dict[str, str]:
    """Give the titles of the documents that are off, as far as there are such documents."""
    with site.service.store.engine.connect() as connection:
        number = standing(connection).number
        names = [switch.name for switch in off if switch.kind == "document"] if number else []
        found = (listed(connection, number or 0, name) for name in names)
        return {one.document.id: one.document.title for one in found if one}

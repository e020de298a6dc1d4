"""The page of the kill switch: what is off for members, why, and since when."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.documents.document import TOPICS
from knowledge.editions.switches import Kind
from knowledge.errors import AdviceError, EditionError
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.pages import Pages
from web.staff.switching import Target, all_off, switch_off, switch_on

_PATH = "/admin/off"
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
            "off.html",
            signed,
            status,
            off=off,
            bot_off=any(switch.kind == "bot" for switch in off),
            titles=_titles(site),
            topics=TOPICS,
            problem=problem,
            reason=reason,
            zone=service.contacts.time_zone,
        )

    @routes.get(_PATH)
    def show(signed: Annotated[Signed, Depends(staff("admin"))]) -> HTMLResponse:
        return page(signed)

    @routes.post(_PATH)
    async def change(
        request: Request, signed: Annotated[Signed, Depends(staff("admin"))]
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


def _titles(site: Site) -> dict[str, str]:
    """Give the titles of the newest edition's documents; none before the first one."""
    try:
        edition = site.service.store.latest()
    except EditionError:
        return {}
    return {name: document.title for name, document in edition.documents.items()}

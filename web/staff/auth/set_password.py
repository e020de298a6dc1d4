"""The page behind a one-time link, where somebody sets their password."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from people.errors import BadLink, WeakPassword
from people.passwords import SHORTEST, check_password
from web.server.site import Site
from web.staff.addresses import from_own_page
from web.staff.auth.access import Refused
from web.staff.link_addresses import link_path
from web.staff.pages import Pages


def set_password_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    parts = site.staff

    def form(token: str, name: str, status: int = 200, problem: str = "") -> HTMLResponse:
        return pages.page(
            "set_password.html",
            status=status,
            name=name,
            problem=problem,
            shortest=str(SHORTEST),
            path=link_path(token),
        )

    @routes.get("/staff/password/{token}")
    def show(token: str) -> HTMLResponse:
        try:
            return form(token, parts.users.owner_of_link(token))
        except BadLink:
            return pages.message("bad_link", 404)

    @routes.post("/staff/password/{token}")
    async def set_password(token: str, request: Request) -> Response:
        if not from_own_page(request, site.settings):
            raise Refused(403, "bad_origin")
        if not parts.rates.within(request, None):
            raise Refused(429, "too_many")
        values = await request.form()
        password, again = str(values.get("password", "")), str(values.get("again", ""))
        try:
            name = await run_in_threadpool(parts.users.owner_of_link, token)
            check_password(password, name)
            if password != again:
                raise WeakPassword("different")
            kept = await parts.passwords.hash(password)
            await run_in_threadpool(parts.users.set_password, token, kept)
        except BadLink:
            return pages.message("bad_link", 404)
        except WeakPassword as problem:
            return form(token, name, 422, problem.code)
        await run_in_threadpool(parts.pauses.clear, name)
        return pages.go("/staff/sign-in?done=password")

    return routes

"""The page where an admin looks after accounts."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from people.accounts import ROLES, Role
from people.audit import Actor
from people.errors import StaffError
from people.links import LINK_HOURS
from web.server.site import Site
from web.staff.addresses import own_origin
from web.staff.auth.access import Signed, staff
from web.staff.link_addresses import link_path
from web.staff.pages import Pages

_PATH = "/admin/users"


def user_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    users = site.staff.users
    # What a button does to the account that was chosen.
    changes: dict[str, Callable[[str, Actor], None]] = {
        "off": users.switch_off,
        "on": users.switch_on,
        "sign_out": users.sign_out,
    }

    def page(signed: Signed, status: int = 200, problem: str = "", name: str = "") -> HTMLResponse:
        return pages.page(
            "users.html",
            signed,
            status,
            users=users.all(),
            chosen=users.find(name),
            roles=ROLES,
            problem=problem,
            name=name,
        )

    def link_page(request: Request, signed: Signed, name: str, token: str) -> HTMLResponse:
        address = own_origin(request, site.settings) + pages.root + link_path(token)
        return pages.page("link.html", signed, name=name, address=address, hours=str(LINK_HOURS))

    @routes.get(_PATH)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("admin"))]) -> HTMLResponse:
        return page(signed, name=request.query_params.get("name", ""))

    @routes.post(_PATH)
    async def change(
        request: Request, signed: Annotated[Signed, Depends(staff("admin"))]
    ) -> Response:
        form = await request.form()
        name, role = str(form.get("name", "")), _role(form.get("role"))
        what = str(form.get("do", ""))

        def work() -> Response:
            try:
                if what == "add" and role:
                    return link_page(request, signed, name, users.add(name, role, signed.actor))
                if what == "link":
                    return link_page(request, signed, name, users.link(name, signed.actor))
                if what == "role" and role:
                    users.change_role(name, role, signed.actor)
                elif what in changes:
                    changes[what](name, signed.actor)
                else:
                    return page(signed, 422, "bad_form")
            except StaffError as problem:
                return page(signed, 422, type(problem).__name__, name)
            return pages.go(_PATH)

        return await run_in_threadpool(work)

    return routes


def _role(value: object) -> Role | None:
    return next((role for role in ROLES if role == value), None)

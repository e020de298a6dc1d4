"""The first page after sign-in: who is signed in, and what they may do."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.due_words import warnings
from web.staff.pages import Pages


def home_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the route of that page."""
    routes = APIRouter()

    @routes.get("/staff")
    def home(signed: Annotated[Signed, Depends(staff("adviser"))]) -> HTMLResponse:
        may_edit = signed.user.may("editor")
        told = warnings(site.service, site.staff.wording) if may_edit else []
        return pages.page("home.html", signed, warnings=told)

    return routes

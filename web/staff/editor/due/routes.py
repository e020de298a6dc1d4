"""The routes of all pages about review dates and owners."""

from fastapi import APIRouter

from web.server.site import Site
from web.staff.editor.due.addresses import address_routes
from web.staff.editor.due.listing import list_routes
from web.staff.editor.due.owner import owner_routes
from web.staff.editor.due.review import review_routes
from web.staff.pages import Pages


def due_routes(site: Site, pages: Pages) -> APIRouter:
    """Give those routes."""
    routes = APIRouter()
    for each in (list_routes, review_routes, owner_routes, address_routes):
        routes.include_router(each(site, pages))
    return routes

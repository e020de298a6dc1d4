"""All routes of staff, and the one list in which each page for staff stands."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI
from starlette.staticfiles import StaticFiles

from people.accounts import Role
from web.server.site import Site
from web.staff.addresses import from_allowed_address
from web.staff.audit import audit_routes
from web.staff.auth.access import Refused, SignInNeeded
from web.staff.auth.oidc import oidc_routes
from web.staff.auth.set_password import set_password_routes
from web.staff.auth.sign_in import sign_in_routes
from web.staff.editor.draft import draft_routes
from web.staff.editor.drafts import draft_list_routes
from web.staff.editor.preview import preview_routes
from web.staff.editor.publish import publish_routes
from web.staff.editor.uploads import upload_routes
from web.staff.home import home_routes
from web.staff.job_page import job_routes
from web.staff.off import off_routes
from web.staff.pages import Pages, refused, sign_in_needed
from web.staff.users import user_routes

_STATIC = Path(__file__).with_name("static")
Routes = Callable[[Site, Pages], APIRouter]


@dataclass(frozen=True)
class Section:
    """A page that roles find in their navigation.

    :param role: the lowest that may open it.
    :param name: of its words under `sections` in the wording file.
    :param routes: gives its routes; each asks for its role by itself.
    """

    path: str
    role: Role
    name: str
    routes: Routes


SECTIONS: tuple[Section, ...] = (
    Section("/editor/add", "editor", "add", upload_routes),
    Section("/editor/drafts", "editor", "drafts", draft_list_routes),
    Section("/admin/off", "admin", "off", off_routes),
    Section("/admin/users", "admin", "users", user_routes),
    Section("/admin/audit", "admin", "audit", audit_routes),
)


def include_staff(app: FastAPI, site: Site) -> None:
    """Give an app the pages of staff; they are there for the allowed addresses alone."""
    pages = Pages(site, tuple((one.path, one.role, one.name) for one in SECTIONS))
    app.state.staff_pages = pages
    allowed = Depends(from_allowed_address(site.settings.staff_networks))
    for routes in (
        sign_in_routes,
        set_password_routes,
        oidc_routes,
        home_routes,
        job_routes,
        draft_routes,
        preview_routes,
        publish_routes,
        *(section.routes for section in SECTIONS),
    ):
        app.include_router(routes(site, pages), dependencies=[allowed])
    app.mount("/staff/static", StaticFiles(directory=_STATIC), name="staff-static")
    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(SignInNeeded, sign_in_needed)

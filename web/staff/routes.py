"""All routes of staff, and the one list in which each page for staff stands."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI
from starlette.staticfiles import StaticFiles

from people.accounts import Role
from web.server.site import Site
from web.staff.addresses import from_allowed_address
from web.staff.adviser.cases import cases_routes
from web.staff.adviser.document import adviser_document_routes
from web.staff.adviser.insight import insight_routes
from web.staff.adviser.missing import missing_routes
from web.staff.adviser.search import search_routes
from web.staff.adviser.told import told_routes
from web.staff.audit import audit_routes
from web.staff.auth.access import Refused, SignInNeeded
from web.staff.auth.oidc import oidc_routes
from web.staff.auth.set_password import set_password_routes
from web.staff.auth.sign_in import sign_in_routes
from web.staff.editor.compare import compare_routes
from web.staff.editor.document import document_routes
from web.staff.editor.documents import documents_routes
from web.staff.editor.draft import draft_routes
from web.staff.editor.drafts import draft_list_routes
from web.staff.editor.due.routes import due_routes
from web.staff.editor.editions import editions_routes
from web.staff.editor.gaps import gap_routes
from web.staff.editor.golden import golden_routes
from web.staff.editor.impact import impact_routes
from web.staff.editor.off import off_routes
from web.staff.editor.pinned import pinned_routes
from web.staff.editor.preview import preview_routes
from web.staff.editor.publish import publish_routes
from web.staff.editor.restoring import restoring_routes
from web.staff.editor.trial import trial_routes
from web.staff.editor.uploads import upload_routes
from web.staff.editor.withdrawing import withdrawing_routes
from web.staff.home import home_routes
from web.staff.job_page import job_routes
from web.staff.outbox import outbox_routes
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
    Section("/adviser", "adviser", "search", search_routes),
    Section("/adviser/cases", "adviser", "cases", cases_routes),
    Section("/adviser/insight", "adviser", "insight", insight_routes),
    Section("/editor", "editor", "documents", documents_routes),
    Section("/editor/add", "editor", "add", upload_routes),
    Section("/editor/drafts", "editor", "drafts", draft_list_routes),
    Section("/editor/due", "editor", "due", due_routes),
    Section("/editor/gaps", "editor", "gaps", gap_routes),
    Section("/editor/editions", "editor", "editions", editions_routes),
    Section("/editor/try", "editor", "trial", trial_routes),
    Section("/editor/impact", "editor", "impact", impact_routes),
    Section("/editor/golden", "editor", "golden", golden_routes),
    Section("/editor/pinned", "adviser", "pinned", pinned_routes),
    Section("/editor/off", "editor", "off", off_routes),
    Section("/admin/users", "admin", "users", user_routes),
    Section("/admin/outbox", "admin", "outbox", outbox_routes),
    Section("/admin/audit", "admin", "audit", audit_routes),
)
# Pages that others lead to.
INNER: tuple[Routes, ...] = (
    told_routes,
    missing_routes,
    adviser_document_routes,
    document_routes,
    withdrawing_routes,
    compare_routes,
    restoring_routes,
    draft_routes,
    preview_routes,
    publish_routes,
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
        *(section.routes for section in SECTIONS),
        *INNER,
    ):
        app.include_router(routes(site, pages), dependencies=[allowed])
    app.mount("/staff/static", StaticFiles(directory=_STATIC), name="staff-static")
    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(SignInNeeded, sign_in_needed)

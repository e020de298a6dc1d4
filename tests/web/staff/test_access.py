"""Who may open which page: every route of staff asks for a role, by the one dependency."""

import re
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts

from people.accounts import ROLES, Role, User
from tests.web.staff.conftest import MakeSite
from tests.web.staff.person import Person
from web.server.app import create_app, create_staff_app
from web.server.site import Site
from web.staff.auth.access import StaffOnly
from web.staff.routes import SECTIONS

# What somebody needs who is not signed in yet. Nothing else is open.
OPEN = {
    "/staff/sign-in",
    "/staff/password/{token}",
    "/staff/oidc",
    "/staff/oidc/callback",
    "/staff/static",
}
# Advisers propose pinned answers; editors decide on them.
PROPOSING = {"/editor/pinned", "/editor/pinned/new"}
OIDC = {"oidc_issuer": "http://127.0.0.1:1", "oidc_client_id": "x", "oidc_roles": "g=e:editor"}


def all_routes(app: FastAPI) -> list[RouteContext]:
    """Give every route of an app, those of included routers too."""
    return list(iter_route_contexts(app.routes))


def staff_routes(app: FastAPI) -> list[RouteContext]:
    """Give every route whose code or address is one of staff, however it was added."""
    return [
        route
        for route in all_routes(app)
        if getattr(route.endpoint, "__module__", "").startswith("web.staff")
        or re.match(r"/(staff|adviser|editor|admin)\b", route.path or "")
    ]


def role_of(route: RouteContext) -> Role | None:
    """Give the role that a route asks for; None when it asks for none."""

    def calls(dependant: Dependant) -> Iterator[object]:
        for inner in dependant.dependencies:
            yield inner.call
            yield from calls(inner)

    dependant = getattr(route, "dependant", None)
    if dependant is None:
        return None
    return next((call.role for call in calls(dependant) if isinstance(call, StaffOnly)), None)


def unguarded(app: FastAPI) -> set[str]:
    return {str(route.path) for route in staff_routes(app) if role_of(route) is None}


def test_every_route_of_staff_asks_for_a_role(make_site: MakeSite) -> None:
    assert unguarded(create_app(make_site(**OIDC))) == OPEN


def test_every_route_of_the_staff_port_asks_for_a_role(make_site: MakeSite) -> None:
    app = create_staff_app(make_site(**OIDC, staff_port=9))
    assert unguarded(app) == OPEN
    of_staff = {route.path for route in staff_routes(app)}
    assert {route.path for route in all_routes(app)} - of_staff == {"/static"}


def test_a_route_without_a_role_is_found(site: Site) -> None:
    app = create_app(site)

    @app.get("/admin/forgotten")
    def forgotten() -> str:
        return "everything"

    app.mount("/staff/files", FastAPI())
    assert {"/admin/forgotten", "/staff/files"} <= unguarded(app)


def pages(site: Site) -> list[tuple[str, str, Role]]:
    """Give every guarded route: a method, a path as it may be asked for, and the role it needs."""
    return [
        (method, re.sub(r"{\w+:int}", "1", str(route.path)), role)
        for route in staff_routes(create_app(site))
        if (role := role_of(route))
        for method in sorted(route.methods or ())
    ]


def test_the_pages_of_admins_ask_for_admins(site: Site) -> None:
    roles = {role for _, path, role in pages(site) if path.startswith("/admin")}
    assert roles == {"admin"}


def test_the_pages_of_editors_ask_for_editors(site: Site) -> None:
    of_editors = [(path, role) for _, path, role in pages(site) if path.startswith("/editor")]
    assert {role for path, role in of_editors if path not in PROPOSING} == {"editor"}
    assert {role for path, role in of_editors if path in PROPOSING} == {"adviser"}


def test_nobody_sees_a_page_without_being_signed_in(site: Site, visitor: Person) -> None:
    for method, path, _ in pages(site):
        response = visitor.client.request(method, path)
        assert response.status_code == 303, path
        assert response.headers["location"].startswith("/staff/sign-in"), path


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_pages_and_no_others(
    site: Site, member_of_staff: Callable[[str, Role], Person], role: Role
) -> None:
    person = member_of_staff("ann", role)
    for method, path, needed in pages(site):
        person.keep(site.staff.sessions.begin(User("ann", role)))
        response = person.open(path) if method == "GET" else person.send(path)
        may = ROLES.index(role) >= ROLES.index(needed)
        assert (response.status_code == 403) is not may, (method, path)


@pytest.mark.parametrize("role", ROLES)
def test_the_navigation_leads_where_the_role_may_go(
    member_of_staff: Callable[[str, Role], Person], role: Role
) -> None:
    page = member_of_staff("ann", role).open("/staff").text
    for section in SECTIONS:
        may = ROLES.index(role) >= ROLES.index(section.role)
        assert (f'href="{section.path}"' in page) is may, section.path


def test_a_page_that_a_role_may_not_see_says_so_kindly(
    member_of_staff: Callable[[str, Role], Person],
) -> None:
    response = member_of_staff("ann", "adviser").open("/admin/users")
    assert "This page is not for your role" in response.text

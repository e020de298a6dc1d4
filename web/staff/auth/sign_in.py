"""Sign-in by password, and sign-out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from people.accounts import User, read_name
from people.audit import Act, Actor
from people.errors import BadName, Paused
from web.server.site import Site
from web.staff.addresses import from_own_page, local_path, on_loopback
from web.staff.auth.access import Refused, Signed, staff
from web.staff.auth.cookies import COOKIE, drop_session, keep_session
from web.staff.pages import Pages


def sign_in_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of sign-in and sign-out."""
    routes = APIRouter()
    parts, root = site.staff, site.settings.sub_path

    def form(
        request: Request, status: int = 200, problem: str = "", name: str = "", wait: int = 0
    ) -> HTMLResponse:
        return pages.page(
            "sign_in.html",
            status=status,
            problem=problem,
            name=name,
            wait=str(wait),
            next=local_path(str(request.query_params.get("next", ""))),
            done=str(request.query_params.get("done", "")) in ("password", "out"),
            done_code=str(request.query_params.get("done", "")),
            elsewhere=bool(site.settings.oidc_issuer),
            # A cookie that asks for TLS would not come back, and nobody would know why.
            unsafe=request.url.scheme == "http" and not on_loopback(request),
        )

    @routes.get("/staff/sign-in")
    def show(request: Request) -> HTMLResponse:
        return form(request)

    @routes.post("/staff/sign-in")
    async def sign_in(request: Request) -> Response:
        if not from_own_page(request, site.settings):
            raise Refused(403, "bad_origin")
        if not parts.rates.within(request, None):
            return form(request, 429, "too_many")
        values = await request.form()
        typed, password = str(values.get("name", "")), str(values.get("password", ""))
        try:
            name = read_name(typed)
        except BadName:
            name = ""  # nobody's: it takes the same way
        try:
            await run_in_threadpool(parts.pauses.count, name)
        except Paused as paused:
            response = form(request, 429, "paused", typed, paused.seconds)
            response.headers["retry-after"] = str(paused.seconds)
            return response
        user = await _check(site, name, password)
        if user is None:
            return form(request, 403, "wrong", typed)
        await run_in_threadpool(parts.pauses.clear, name)
        return await signed_in(site, pages, request, user, str(values.get("next", "")))

    @routes.post("/staff/sign-out")
    def sign_out(signed: Annotated[Signed, Depends(staff("adviser"))]) -> Response:
        parts.sessions.end(signed.token)
        response = pages.go("/staff/sign-in?done=out")
        drop_session(response, root)
        return response

    @routes.post("/staff/sign-out-everywhere")
    def sign_out_everywhere(signed: Annotated[Signed, Depends(staff("adviser"))]) -> Response:
        parts.sessions.end_all(signed.user)
        response = pages.go("/staff/sign-in?done=out")
        drop_session(response, root)
        return response

    return routes


async def signed_in(site: Site, pages: Pages, request: Request, user: User, path: str) -> Response:
    """Begin a session for somebody who has shown who they are, and go where they wanted to.

    The browser's session before, whosever it was, ends: a token is never used for two sign-ins.
    """
    if before := request.cookies.get(COOKIE):
        await run_in_threadpool(site.staff.sessions.end, before)
    token = await run_in_threadpool(site.staff.sessions.begin, user)
    response = pages.go(local_path(path))
    keep_session(request, response, site.settings.sub_path, token)
    return response


async def _check(site: Site, name: str, password: str) -> User | None:
    """Give the account if the password is its own; the work is the same whoever asks."""
    parts = site.staff
    kept = await run_in_threadpool(parts.users.password_of, name)
    matches = await parts.passwords.matches(password, kept)
    user = await run_in_threadpool(parts.users.find, name)
    if not matches or kept is None or user is None or not user.active:
        if user is not None:  # of a name that is none, nothing is kept: it may be a password
            actor = Actor(user.name, user.role)
            await run_in_threadpool(parts.audit.record, actor, Act("sign_in_failed", user.name))
        return None
    if parts.passwords.is_old(kept):
        newer = await parts.passwords.hash(password)
        await run_in_threadpool(parts.users.keep_hash, user.name, newer)
    return user

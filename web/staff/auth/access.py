"""The one dependency of every staff route: who is signed in, with the role that the route needs."""

import hmac
from dataclasses import dataclass

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from people.accounts import Role, User
from people.audit import Actor
from web.server.site import Site
from web.staff.addresses import from_own_page
from web.staff.auth.cookies import COOKIE, form_token

_READING = ("GET", "HEAD")
FORM_TOKEN = "form_token"


@dataclass(frozen=True)
class Signed:
    """Who is signed in for this request.

    :param token: of the session.
    """

    user: User
    token: str

    @property
    def actor(self) -> Actor:
        """Who it is, for the audit."""
        return Actor(self.user.name, self.user.role)

    @property
    def form_token(self) -> str:
        """What the page's forms send along."""
        return form_token(self.token)


class Refused(Exception):
    """A staff page cannot be shown; the code names the wording of the page that says so."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


class SignInNeeded(Exception):
    """Nobody is signed in.

    :param path: where to go on after sign-in.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class StaffOnly:
    """Lets a request through for one role and those above it."""

    def __init__(self, role: Role) -> None:
        self.role = role

    async def __call__(self, request: Request) -> Signed:
        """Give who is signed in.

        What changes something must come from a form of our own page in the same session.

        :raises SignInNeeded: if nobody is.
        :raises Refused: if the role may not, or the form is not ours.
        """
        site: Site = request.app.state.site
        token = request.cookies.get(COOKIE, "")
        user = await run_in_threadpool(site.staff.sessions.find, token) if token else None
        if user is None:
            raise SignInNeeded(_path(request) if request.method in _READING else "/staff")
        if not user.may(self.role):
            raise Refused(403, "not_allowed")
        signed = Signed(user, token)
        if request.method not in _READING:
            await _check_form(request, site, signed)
        return signed


def staff(role: Role) -> StaffOnly:
    """Give the dependency of a route for a role: `signed: Annotated[Signed, Depends(staff(…))]`."""
    return StaffOnly(role)


async def _check_form(request: Request, site: Site, signed: Signed) -> None:
    if not from_own_page(request, site.settings):
        raise Refused(403, "bad_origin")
    given = (await request.form()).get(FORM_TOKEN)
    if not isinstance(given, str) or not hmac.compare_digest(
        given.encode("utf-8", "replace"), signed.form_token.encode()
    ):
        raise Refused(403, "old_form")


def _path(request: Request) -> str:
    root = request.scope.get("root_path", "")
    path = request.url.path.removeprefix(root)
    return f"{path}?{request.url.query}" if request.url.query else path

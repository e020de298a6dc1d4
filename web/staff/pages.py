"""How every staff page is made: its frame, its words and its headers."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from people.accounts import Role
from web.server.site import Site
from web.server.words import SHARED_TEMPLATES
from web.staff.auth.access import FORM_TOKEN, Refused, Signed, SignInNeeded

_TEMPLATES = Path(__file__).with_name("templates")
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


class Pages:
    """Makes the pages of one site.

    :param sections: what a role may do, in the order of the navigation; see `routes.SECTIONS`.
    """

    def __init__(self, site: Site, sections: tuple[tuple[str, Role, str], ...] = ()) -> None:
        self.site, self.sections = site, sections
        self.root = site.settings.sub_path
        self._templates = Environment(
            loader=FileSystemLoader([_TEMPLATES, SHARED_TEMPLATES]),
            autoescape=True,
            undefined=StrictUndefined,
        )

    def page(
        self, template: str, signed: Signed | None = None, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """Give a page.

        :param values: what its template needs besides the frame.
        """
        words = self.site.staff.wording
        links = [
            {"path": path, "title": words.say(f"sections.{name}.title"),
             "text": words.say(f"sections.{name}.text")}
            for path, role, name in self.sections
            if signed is not None and signed.user.may(role)
        ]  # fmt: skip
        frame = {
            "root": self.root,
            "say": words.say,
            "signed": signed,
            "links": links,
            "form_token_name": FORM_TOKEN,
        }
        text = self._templates.get_template(template).render({**frame, **values})
        return HTMLResponse(text, status, headers=_HEADERS)

    def message(self, code: str, status: int, **values: str) -> HTMLResponse:
        """Give a page that says one thing, by the name of its words."""
        return self.page("message.html", None, status, code=code, values=values)

    def go(self, path: str) -> RedirectResponse:
        """Send the browser to another page of ours, as after every form that changed something."""
        return RedirectResponse(self.root + path, 303, headers=_HEADERS)


async def refused(request: Request, error: Exception) -> Response:
    """Give the page for somebody who may not see what they asked for."""
    assert isinstance(error, Refused)
    pages: Pages = request.app.state.staff_pages
    return pages.message(error.code, error.status)


async def sign_in_needed(request: Request, error: Exception) -> Response:
    """Send somebody who is not signed in to the page where they can be."""
    assert isinstance(error, SignInNeeded)
    pages: Pages = request.app.state.staff_pages
    return pages.go(f"/staff/sign-in?next={quote(error.path, safe='/')}")

"""The address book: where each owner gets reminders."""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from people.owners import BadEmail
from web.server.site import Site
from web.staff.amending import watched
from web.staff.auth.access import Signed, staff
from web.staff.editor.due.owner import known_owners
from web.staff.editor.due.query import PATH
from web.staff.pages import Pages

_OWNERS = f"{PATH}/owners"
_SAVED = ("owner", "address")  # what has just been saved


@dataclass(frozen=True)
class _Line:
    """An owner, the address as it is kept or was typed, and how many documents they keep."""

    name: str
    email: str
    documents: int
    problem: bool = False


def address_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    owners, words = site.staff.owners, site.staff.wording

    def page(
        signed: Signed, status: int = 200, bad: tuple[str, str] | None = None, saved: str = ""
    ) -> HTMLResponse:
        of_documents = Counter(one.document.owner for one in watched(site.service))
        addresses = {name: owner.email for name, owner in owners.all().items()}
        lines = [
            _Line(name, bad[1], of_documents[name], problem=True)
            if bad and bad[0] == name
            else _Line(name, addresses.get(name, ""), of_documents[name])
            for name in sorted(known_owners(site), key=str.casefold)
        ]
        return pages.page(
            "editor/owners.html",
            signed,
            status,
            path=PATH,
            lines=lines,
            problem=words.say("due.problems.email") if bad else "",
            saved=saved,
            mail_on=bool(site.settings.smtp_url),
        )

    @routes.get(_OWNERS)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        saved = request.query_params.get("saved")
        known = next((one for one in _SAVED if one == saved), None)
        return page(signed, saved=words.say(f"due.owners.saved_{known}") if known else "")

    @routes.post(_OWNERS)
    async def change(
        request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()
        name, email = str(form.get("name", "")), str(form.get("email", ""))

        def work() -> Response:
            if name not in known_owners(site):
                return pages.go(_OWNERS)
            try:
                owners.set_email(name, email, signed.actor)
            except BadEmail:
                return page(signed, 422, (name, email))
            return pages.go(f"{_OWNERS}?saved=address")

        return await run_in_threadpool(work)

    return routes

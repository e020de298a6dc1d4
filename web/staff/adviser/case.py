"""The page of one case: what its member sent, who has it, and what is done with it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.errors import AdviceError
from knowledge.messages.masking import mask
from people.desk.case import LONGEST_WORDS, OUTCOMES, Closing, DeskCase, HeldByOther, UnknownCase
from people.errors import StaffError
from people.fields import storable
from web.server.site import Site
from web.staff.adviser.suggesting import suggestions, why_handed_over
from web.staff.auth.access import Signed, staff
from web.staff.case_news import LIST_PATH, case_path
from web.staff.pages import Pages
from web.staff.passages import find_passage

_PATH = f"{LIST_PATH}/{{reference}}"


class NoOutcome(StaffError):
    """A case should be closed, and nobody said how it ended."""

    def __init__(self) -> None:
        super().__init__("Choose how it ended.")


class NotConfirmed(StaffError):
    """A case should be deleted, and nobody said that its member asked for it."""

    def __init__(self) -> None:
        super().__init__("Confirm that the member asked for it.")


@dataclass(frozen=True)
class _Typed:
    """What was typed, so that a problem loses none of it."""

    outcome: str = ""
    chosen: str = ""
    passage: str = ""
    missing: str = ""
    remark: str = ""
    note: str = ""


def case_page_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    desk = site.staff.desk

    def page(
        signed: Signed,
        reference: str,
        status: int = 200,
        problem: str = "",
        typed: _Typed = _Typed(),
    ) -> HTMLResponse:
        case = desk.find(reference)
        found = suggestions(site, case)
        return pages.page(
            "adviser/case.html",
            signed,
            status,
            case=case,
            mine=case.holder == signed.user.name,
            notes=desk.notes(reference),
            suggested=found.found,
            closed_by=found.closed_by,
            why=why_handed_over(site, case),
            conversation_over=_is_over(site, case),
            problem=problem,
            typed=typed,
            outcomes=OUTCOMES,
            longest=LONGEST_WORDS,
            idle_hours=site.settings.case_idle_hours,
            kept_until=case.asked + site.cases.kept,
            zone=site.service.contacts.time_zone,
        )

    def closing(typed: _Typed) -> Closing:
        outcome = next((one for one in OUTCOMES if one == typed.outcome), None)
        if outcome is None:
            raise NoOutcome
        passage = (typed.passage or typed.chosen).strip()
        if outcome == "answered":
            find_passage(site.service, passage)
        missing = " ".join(storable(typed.missing).split())
        if outcome == "no_guidance" and missing:
            missing = mask(missing, site.entities())  # asked for without names; and if not
        return Closing(outcome, passage, missing, typed.remark)

    def change(signed: Signed, reference: str, values: Mapping[str, str], typed: _Typed) -> None:
        what, by = values.get("do", ""), signed.actor
        if what == "take":
            desk.take(reference, by, values.get("holder", ""))
        elif what == "give_back":
            desk.give_back(reference, by)
        elif what == "contacted":
            desk.note_contact(reference, by)
        elif what == "wait":
            desk.wait(reference, by)
        elif what == "note":
            desk.add_note(reference, typed.note, by)
        elif what == "close":
            desk.close(reference, closing(typed), by)
        elif what == "reopen":
            desk.reopen(reference, by)
        elif what == "delete":
            if not values.get("confirmed"):
                raise NotConfirmed
            desk.delete(reference, by)

    @routes.get(_PATH)
    def show(reference: str, signed: Annotated[Signed, Depends(staff("adviser"))]) -> Response:
        return _or_gone(pages, lambda: page(signed, reference))

    @routes.post(_PATH)
    async def send(
        reference: str, request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]
    ) -> Response:
        values = {name: str(value) for name, value in (await request.form()).items()}
        typed = _Typed(**{name: values.get(name, "") for name in vars(_Typed())})

        def work() -> Response:
            try:
                change(signed, reference, values, typed)
            except UnknownCase:
                raise
            except HeldByOther as problem:
                name = "HeldByName" if problem.case.holder else "HeldByOther"
                return page(signed, reference, 409, name, typed)
            except (StaffError, AdviceError) as problem:
                return page(signed, reference, 422, type(problem).__name__, typed)
            gone = values.get("do") == "delete"
            return pages.go(LIST_PATH if gone else case_path(reference))

        return await run_in_threadpool(_or_gone, pages, work)

    return routes


def _or_gone(pages: Pages, work: Callable[[], Response]) -> Response:
    """Do something with a case, or say that it is gone."""
    try:
        return work()
    except UnknownCase:
        return pages.message("case_gone", 404)


def _is_over(site: Site, case: DeskCase) -> bool:
    """Say whether the conversation's time is up since the case was sent."""
    kept = dt.timedelta(hours=site.settings.conversation_hours)
    return site.service.now() > case.asked + kept

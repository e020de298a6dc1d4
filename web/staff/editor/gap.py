"""The page of one gap: what was asked, what the bot did, and what becomes of it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.editions.briefs import Brief, briefs
from knowledge.errors import AdviceError
from people.accounts import User
from people.asked import Kept
from people.errors import StaffError
from people.gaps import STATES, Ending, GapChanged, State, UnknownGap
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.editor.gap_filters import periods
from web.staff.pages import Pages

_PATH = "/editor/gaps"
_MOST_SHOWN = 50  # wordings on the page
_NEAREST = 5  # documents offered as the answer


class NoSuchDocument(StaffError):
    """The newest edition has no such document."""

    def __init__(self, typed: str) -> None:
        super().__init__(f"There is no document '{typed}'. Give its title, or its name.")


@dataclass(frozen=True)
class _Asked:
    """One wording of a gap, and how it went the last time it was asked."""

    last: Kept
    times: int


@dataclass(frozen=True)
class _Form:
    """What was typed, so that a problem loses none of it."""

    reason: str = ""
    answer: str = ""


def gap_page_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    gaps = site.gap_work.gaps

    def page(
        signed: Signed, number: int, status: int = 200, problem: str = "", form: _Form = _Form()
    ) -> HTMLResponse:
        gap, now = gaps.find(number), site.service.now()
        questions = gaps.questions(number)
        if not questions:
            raise UnknownGap(number)
        with site.service.store.engine.connect() as connection:
            documents = briefs(connection)
        return pages.page(
            "editor/gap.html",
            signed,
            status,
            gap=gap,
            title=questions[-1].wording,
            wordings=_wordings(questions)[:_MOST_SHOWN],
            conversations={
                days: gaps.conversations(number, now - dt.timedelta(days=days))
                for days in periods(site.settings.question_days)
            },
            documents=documents,
            nearest=_nearest(questions, documents),
            steps=site.staff.wording.section("gap.steps"),
            people=assignable(site),
            problem=problem,
            form=form,
            zone=site.service.contacts.time_zone,
        )

    def change(signed: Signed, number: int, values: Mapping[str, str]) -> None:
        what, version = values.get("do", ""), _number(values.get("version", ""))
        if what == "assign":
            gaps.assign(number, version, _account(site, values.get("to", "")), signed.actor)
        elif what == "reopen":
            gaps.reopen(number, version, signed.actor)
        elif what == "test":
            site.gap_work.retest(number)
        elif state := _state(what):
            answer = _answer(site, values) if state == "covered" else ""
            ending = Ending(state, values.get("reason", ""), answer)
            newest = site.service.store.latest_number()
            gaps.end(number, version, ending, newest, signed.actor)

    @routes.get(f"{_PATH}/{{number}}")
    def show(number: int, signed: Annotated[Signed, Depends(staff("editor"))]) -> Response:
        return _or_gone(pages, lambda: page(signed, number))

    @routes.post(f"{_PATH}/{{number}}")
    async def send(
        number: int, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        values = {name: str(value) for name, value in (await request.form()).items()}
        form = _Form(values.get("reason", ""), values.get("answer", ""))

        def work() -> Response:
            try:
                change(signed, number, values)
            except UnknownGap:
                raise
            except StaffError as problem:
                status = 409 if isinstance(problem, GapChanged) else 422
                return page(signed, number, status, type(problem).__name__, form)
            except AdviceError:
                return page(signed, number, 503, "not_tested", form)
            return pages.go(f"{_PATH}/{number}")

        return await run_in_threadpool(_or_gone, pages, work)

    return routes


def assignable(site: Site) -> list[User]:
    """Give the accounts that may look after a gap."""
    return [user for user in site.staff.users.all() if user.may("editor")]


def _or_gone(pages: Pages, work: Callable[[], Response]) -> Response:
    """Do something with a gap, or say that it is gone."""
    try:
        return work()
    except UnknownGap:
        return pages.message("gap_gone", 404)


def _wordings(questions: Sequence[Kept]) -> list[_Asked]:
    """Give each wording once, those that were asked most first."""
    last: dict[str, Kept] = {}
    times: dict[str, int] = {}
    for kept in questions:  # the newest first
        last.setdefault(kept.wording, kept)
        times[kept.wording] = times.get(kept.wording, 0) + 1
    asked = [_Asked(kept, times[wording]) for wording, kept in last.items()]
    return sorted(asked, key=lambda one: -one.times)


def _nearest(questions: Sequence[Kept], documents: Mapping[str, Brief]) -> list[str]:
    """Give the documents that came nearest to most questions."""
    near: dict[str, int] = {}
    for kept in questions:
        for name in dict.fromkeys(passage.partition("#")[0] for passage in kept.considered):
            near[name] = near.get(name, 0) + 1
    return [name for name in sorted(near, key=lambda name: -near[name]) if name in documents][
        :_NEAREST
    ]


def _account(site: Site, name: str) -> str:
    return name if any(user.name == name for user in assignable(site)) else ""


def _state(what: str) -> State | None:
    return next((state for state in STATES if state == what and state != "open"), None)


def _answer(site: Site, values: Mapping[str, str]) -> str:
    """Give the document or passage that was typed or chosen.

    :raises NoSuchDocument: if what was typed is none.
    """
    typed = values.get("answer", "").strip() or values.get("chosen", "").strip()
    if not typed:
        return ""
    with site.service.store.engine.connect() as connection:
        documents = briefs(connection)
    if typed.partition("#")[0] in documents:
        return typed
    for name, brief in documents.items():
        if brief.title.casefold() == typed.casefold():
            return name
    raise NoSuchDocument(typed)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

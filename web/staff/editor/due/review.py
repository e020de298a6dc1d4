"""Reviewed, no change: somebody has read documents, and says so with the next date for each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.documents.document import Passage
from knowledge.documents.readers.dates import read_date
from knowledge.editions.amending import (
    LONGEST_REVIEW,
    BadReviewDate,
    Review,
    latest_review,
    read_review_by,
)
from knowledge.editions.catalogue import passages_of
from knowledge.editions.due import Watched, spread
from knowledge.errors import AdviceError
from web.server.site import Site
from web.staff.amending import LONGEST_NOTE, mark_reviewed
from web.staff.auth.access import Signed, staff
from web.staff.due_words import say_day, state_lines
from web.staff.editor.due.chosen import Chosen, choose, refusal, seen_in, texts
from web.staff.editor.due.query import PATH
from web.staff.pages import Pages

_REVIEW = f"{PATH}/review"
_NEXT = dt.timedelta(365)


@dataclass(frozen=True)
class _Line:
    """A document of the form.

    :param until: the next review-by date, as it was typed or is proposed.
    :param problem: what is wrong with it, by its code.
    """

    one: Watched
    until: str
    problem: str = ""


@dataclass(frozen=True)
class _Spread:
    """The first and the last day between which dates are to be spread, as they were typed."""

    first: str
    last: str
    problem: str = ""


def review_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    service, words = site.service, site.staff.wording

    def page(
        signed: Signed,
        chosen: Chosen,
        lines: Sequence[_Line],
        spreading: _Spread,
        status: int = 200,
        problem: str = "",
        note: str = "",
    ) -> HTMLResponse:
        return pages.page(
            "editor/review.html",
            signed,
            status,
            path=PATH,
            lines=lines,
            gone="; ".join(chosen.gone),
            passages=_passages(site, lines[0].one) if len(lines) == 1 else (),
            states=lambda one: state_lines(one, words),
            spreading=spreading,
            problem=problem,
            note=note,
            longest_note=LONGEST_NOTE,
            years=str(LONGEST_REVIEW),
            latest=say_day(latest_review(service.today())),
            say_day=say_day,
        )

    @routes.get(_REVIEW)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        chosen = choose(service, request.query_params.getlist("id"))
        spreading, days = _spread(
            request.query_params.get("first"),
            request.query_params.get("last"),
            len(chosen.documents),
            service.today(),
        )
        lines = [_Line(one, say_day(day)) for one, day in zip(chosen.documents, days, strict=True)]
        return page(signed, chosen, lines, spreading)

    @routes.post(_REVIEW)
    async def change(
        request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()
        seen, dates = seen_in(form), texts(form, "until")
        note = str(form.get("note", ""))

        def work() -> Response:
            today = service.today()
            typed = {one.name: text for one, text in zip(seen, dates, strict=False)}
            problems: dict[str, str] = {}
            reviews: list[Review] = []
            for one in seen:
                try:
                    reviews.append(Review(one, read_review_by(typed.get(one.name, ""), today)))
                except BadReviewDate as problem:
                    problems[one.name] = problem.code

            def again(status: int, problem: str) -> HTMLResponse:
                chosen = choose(service, [one.name for one in seen])
                lines = [
                    _Line(
                        one,
                        typed.get(one.document.id, ""),
                        problems.get(one.document.id, ""),
                    )
                    for one in chosen.documents
                ]
                spreading, _ = _spread(None, None, len(lines), today)
                return page(signed, chosen, lines, spreading, status, problem, note)

            if not seen:
                return again(422, words.say("due.problems.nothing"))
            if problems:
                return again(422, words.say("due.problems.dates"))
            if len(note) > LONGEST_NOTE:
                return again(422, words.say("due.problems.note", most=str(LONGEST_NOTE)))
            try:
                mark_reviewed(service, reviews, note, signed.actor)
            except AdviceError as problem:
                return again(*refusal(service, words, problem))
            return pages.go(f"{PATH}?done={len(reviews)}")

        return await run_in_threadpool(work)

    return routes


def _spread(
    first: str | None, last: str | None, count: int, today: dt.date
) -> tuple[_Spread, list[dt.date]]:
    """Propose a date for each document: in a year, or spread between two days that were typed."""
    usual = [today + _NEXT] * count
    if first is None or last is None:
        half = today + _NEXT / 2
        return _Spread(say_day(half), say_day(today + _NEXT)), usual
    begin, end = read_date(first), read_date(last)
    problem = ""
    if begin is None or end is None:
        problem = "no_date"
    elif begin <= today:
        problem = "past"
    elif end < begin:
        problem = "order"
    elif end > latest_review(today):
        problem = "far"
    spreading = _Spread(first, last, problem)
    if problem or begin is None or end is None:
        return spreading, usual
    return spreading, spread(begin, end, count)


def _passages(site: Site, one: Watched) -> tuple[Passage, ...]:
    """Give the text of a document as it is published now."""
    with site.service.store.engine.connect() as connection:
        return passages_of(connection, one.document.id, one.digest)

"""The page of one document: what it is, what members see of it, its history, what can be done."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.answers.notices import notice_for
from knowledge.documents.document import Document, Timing
from knowledge.editions.catalogue import listed
from knowledge.editions.edition import StoredPassage
from knowledge.editions.history import Step, history, last_version
from knowledge.editions.listing import DUE_DAYS, due_of
from knowledge.editions.switches import standing
from knowledge.errors import AdviceError
from web.server.site import Site
from web.staff.auth.access import Refused, Signed, staff
from web.staff.editor.shown import guidance_frame, page_in
from web.staff.pages import Pages
from web.staff.switching import Target, all_off, switch_off, switch_on

PATH = "/editor/documents/{document_id}"
# What the page says after something was done; the words stand under `document.done`.
DONE = ("withdrawn", "returned", "off", "on")
_PASSAGES = 30
# Fields that an editor should fill in, and without which members or colleagues miss something.
_WANTED = ("publisher", "published", "review_by", "owner", "topics")
Holds = Literal["now", "coming", "over"]


@dataclass(frozen=True)
class Typed:
    """What somebody sent that could not be done, so that it is not lost.

    :param problem: names the words that say what is wrong.
    """

    problem: str
    reason: str


def document_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()

    @routes.get(PATH)
    def show(
        document_id: str, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> HTMLResponse:
        return document_page(site, pages, signed, document_id, request)

    @routes.post(f"{PATH}/switch")
    async def switch(
        document_id: str, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()
        reason = str(form.get("reason", ""))
        back_on = form.get("do") == "on"

        def work() -> Response:
            target = Target("document", document_id)
            try:
                if back_on:
                    switch_on(site.service, target, signed.actor)
                else:
                    switch_off(site.service, target, reason, signed.actor)
            except AdviceError as problem:
                typed = Typed(type(problem).__name__, reason)
                return document_page(site, pages, signed, document_id, request, typed)
            return pages.go(f"/editor/documents/{document_id}?done={'on' if back_on else 'off'}")

        return await run_in_threadpool(work)

    return routes


def document_page(
    site: Site,
    pages: Pages,
    signed: Signed,
    document_id: str,
    request: Request,
    typed: Typed | None = None,
) -> HTMLResponse:
    """Give the page of a document.

    :param typed: what could not be done: it is said, and what was typed is there again.
    :raises Refused: if there is no such document.
    """
    service = site.service
    today = service.today()
    with service.store.engine.connect() as connection:
        now = standing(connection)
        own = listed(connection, now.number or 0, document_id)
        steps = history(connection, document_id)
        version = last_version(connection, document_id)
    if version is None:
        raise Refused(404, "no_document")
    document = version.document
    page, stored = page_in(request), version.passages
    start = (page - 1) * _PASSAGES
    return pages.page(
        "editor/document.html",
        signed,
        422 if typed else 200,
        document=document,
        number=now.number,
        state=own.status(today, now.off) if own else "withdrawn",
        due=due_of(own, today) if own else "",
        days=_days(document, today),
        due_days=str(DUE_DAYS),
        missing=[name for name in _WANTED if not getattr(document, name)],
        timing=[(timing, _holds(timing, today)) for timing in document.timing],
        switches=[one for one in all_off(service) if _is_about(one.kind, one.name, document)],
        passages=_with_notices(site, document, stored[start : start + _PASSAGES], today),
        count=len(stored),
        turn_page=lambda page: f"?page={page}#passages",
        page=page,
        pages=-(-len(stored) // _PASSAGES),
        history=_with_before(steps),
        done=done if (done := request.query_params.get("done")) in DONE else "",
        typed=typed or Typed("", ""),
        **guidance_frame(site),
    )


def _is_about(kind: str, name: str, document: Document) -> bool:
    if kind == "topic":
        return name in document.topics
    return kind == "bot" or name == document.id


def _with_notices(
    site: Site, document: Document, stored: Sequence[StoredPassage], today: dt.date
) -> list[tuple[StoredPassage, str | None]]:
    """Give each passage with the notice that members see before it today."""
    return [
        (one, notice_for(document, one.passage.headings, today, site.wording)) for one in stored
    ]


def _with_before(steps: Sequence[Step]) -> list[tuple[Step, int | None]]:
    """Give each step with the edition of the step before, to compare the two."""
    before = [step.edition for step in steps[1:]]
    return list(zip(steps, [*before, None], strict=False))


def _days(document: Document, today: dt.date) -> int | None:
    """Give in how many days the review is due; a day that is over is below 0."""
    return (document.review_by - today).days if document.review_by else None


def _holds(timing: Timing, today: dt.date) -> Holds:
    if timing.start and today < timing.start:
        return "coming"
    return "over" if timing.end and timing.end < today else "now"

"""The page of a change's impact: worked out in the background, with filters in the address."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.editions.catalogue import catalogue
from knowledge.editions.differences import Piece, differences
from knowledge.editions.publish import Progress
from knowledge.errors import AdviceError
from knowledge.evaluation.impact import (
    DIFFERENCES,
    KINDS,
    Asked,
    Row,
    Seen,
    blocking,
    read_impact,
)
from web.server.site import Site
from web.staff.auth.access import Refused, Signed, staff
from web.staff.editor.changes import NamedChange, change_named
from web.staff.editor.shown import guidance_frame, page_in, query
from web.staff.impact import asked_of, impact_of
from web.staff.jobs import Job, Work
from web.staff.pages import Pages

PATH = "/editor/impact"
_ROWS = 50
_REAL_DAYS, _MOST_REAL = 90, 500  # of members' questions, the newest
_EDITIONS = 20  # of those that could be brought back, the latest are offered


def impact_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    service, say = site.service, site.staff.wording.say

    def page(signed: Signed, name: str, status: int = 200, problem: str = "") -> HTMLResponse:
        change: NamedChange | None = None
        try:
            change = change_named(service, name) if name else None
        except AdviceError as error:
            status, problem = 422, problem or type(error).__name__
        editions = service.store.editions()
        newest = editions[0].number if editions else 0
        with service.store.engine.connect() as connection:
            documents = [one for one in catalogue(connection, newest) if one.withdrawn is None]
        return pages.page(
            "editor/impact.html",
            signed,
            status,
            change=change,
            documents=documents,
            editions=editions[1 : _EDITIONS + 1],
            problem=problem,
        )

    @routes.get(PATH)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        return page(signed, request.query_params.get("change", ""))

    @routes.post(PATH)
    async def start(
        request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        name = str((await request.form()).get("change", ""))

        def begin() -> Response:
            try:
                named = change_named(service, name)
            except AdviceError as problem:
                return page(signed, "", 422, type(problem).__name__)
            title = say("impact.of", change=say(f"changes.{named.kind}", of=named.of))
            work = impact_work(site, named)
            return pages.go(f"{PATH}/{site.staff.jobs.start(signed.user.name, title, work)}")

        return await run_in_threadpool(begin)

    @routes.get(f"{PATH}/{{job_id}}")
    def result(
        job_id: str, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> HTMLResponse:
        job = site.staff.jobs.find(job_id, signed.user.name)
        if job is None:
            raise Refused(404, "no_job")
        if job.state != "done":
            return pages.page("editor/impact_going.html", signed, job=job)
        return _result(site, pages, signed, job, request)

    return routes


def impact_work(site: Site, named: NamedChange) -> Work:
    """Give the work of a job: it asks both editions, and gives the impact as plain values."""
    service, say = site.service, site.staff.wording.say

    def work(progress: Progress) -> Mapping[str, Any]:
        def told(step: str, done: int, total: int) -> None:
            progress(say(f"impact.steps.{step}"), done, total)

        asked = asked_of(service, real_questions(site))
        impact = impact_of(service, named.change, asked, told)
        edition = service.edition().number
        return {"change": named.name, "edition": edition, "impact": impact.saved()}

    return work


def real_questions(site: Site) -> list[Asked]:
    """Give what members asked of late, as it is kept: without personal data, each wording once."""
    since = site.service.now() - dt.timedelta(days=_REAL_DAYS)
    return [
        Asked(str(kept.number), kept.wording, "real")
        for kept in site.asked.recent(since, _MOST_REAL)
    ]


def _wordings(site: Site, saved: Mapping[str, Any]) -> dict[str, str]:
    """Give what members asked, by identifier, as far as it is still kept."""
    asked = (row["asked"] for row in saved["rows"])
    numbers = [int(one["id"]) for one in asked if one["kind"] == "real"]
    return {str(number): words for number, words in site.asked.wordings(numbers).items()}


def _result(site: Site, pages: Pages, signed: Signed, job: Job, request: Request) -> HTMLResponse:
    values = job.result or {}
    saved = values["impact"]
    impact = read_impact(saved, _wordings(site, saved))
    kind = request.query_params.get("kind", "")
    difference = request.query_params.get("difference", "")
    rows = [
        row
        for row in impact.rows
        if kind in ("", row.asked.kind) and difference in ("", row.difference)
    ]
    number, last = page_in(request), max(1, -(-len(rows) // _ROWS))
    start = (min(number, last) - 1) * _ROWS
    chosen = {"kind": kind, "difference": difference}
    kind_of, _, of = str(values["change"]).partition(":")
    return pages.page(
        "editor/impact_result.html",
        signed,
        change=str(values["change"]),
        change_words=site.staff.wording.say(f"changes.{kind_of}", of=of),
        edition=str(values["edition"]),
        newest=str(site.service.store.latest_number()),
        blocking=blocking(impact),
        counts=impact.counts,
        kinds=KINDS,
        differences=DIFFERENCES,
        chosen=chosen,
        query=query,
        here=lambda **changed: query(chosen, **changed),
        rows=[(row, _apart(row)) for row in rows[start : start + _ROWS]],
        page=min(number, last),
        pages=last,
        reasons=site.staff.wording.section("trial.reasons"),
        **guidance_frame(site),
    )


def _apart(row: Row) -> tuple[Piece, ...]:
    """Give what differs in the quotation, word by word; nothing when another passage is quoted."""
    before = {quote.passage_id for quote in row.before.quotes}
    same = before.intersection(quote.passage_id for quote in row.after.quotes)
    return differences(_text(row.before), _text(row.after)) if same else ()


def _text(seen: Seen) -> str:
    return "\n".join(quote.text for quote in seen.quotes)

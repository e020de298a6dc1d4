"""The page of a change's impact: worked out in the background, shown with filters in the address."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.editions.catalogue import listed
from knowledge.editions.differences import differences
from knowledge.editions.publish import Progress
from knowledge.errors import AdviceError
from knowledge.evaluation.impact import (
    DIFFERENCES,
    KINDS,
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
from web.staff.jobs import Job
from web.staff.pages import Pages

PATH = "/editor/impact"
_ROWS = 50
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
        with service.store.engine.connect() as connection:
            documents = listed(connection)
        return pages.page(
            "editor/impact.html",
            signed,
            status,
            change=change,
            documents=documents,
            editions=service.store.editions()[1 : _EDITIONS + 1],
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


def impact_work(site: Site, named: NamedChange) -> Any:
    """Give the work of a job: it asks both editions, and gives the impact as plain values."""
    service, say = site.service, site.staff.wording.say

    def work(progress: Progress) -> Mapping[str, Any]:
        def told(step: str, done: int, total: int) -> None:
            progress(say(f"impact.steps.{step}"), done, total)

        impact = impact_of(service, named.change, asked_of(service), told)
        edition = service.edition().number
        return {"change": named.name, "edition": edition, "impact": impact.saved()}

    return work


def real_wordings(site: Site, ids: list[str]) -> dict[str, str]:
    """Give what members asked, as it is kept now, by identifier; what was deleted is left out."""
    return {}


def _result(site: Site, pages: Pages, signed: Signed, job: Job, request: Request) -> HTMLResponse:
    values = job.result or {}
    saved = values["impact"]
    real = [row["asked"]["id"] for row in saved["rows"] if row["asked"]["kind"] == "real"]
    impact = read_impact(saved, real_wordings(site, real))
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


def _apart(row: Row) -> Any:
    """Give what differs between what is quoted before and after, word by word."""
    return differences(_text(row.before), _text(row.after))


def _text(seen: Seen) -> str:
    return "\n".join(quote.text for quote in seen.quotes)

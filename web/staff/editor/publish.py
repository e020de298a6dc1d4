"""The page where a draft is published, now or at a time, or thrown away."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.documents.readers.dates import read_date
from knowledge.editions.drafts.draft import SavedDraft
from knowledge.editions.drafts.errors import DraftChanged, DraftClosed
from knowledge.editions.publish import Progress
from people.fields import storable
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.drafting import kept, publish_draft, schedule_draft
from web.staff.editor.draft_shown import draft_values, find_draft
from web.staff.editor.drafts import DRAFTS_PATH
from web.staff.impact import WouldLose
from web.staff.job_page import job_path
from web.staff.pages import Pages

_LONGEST_REASON = 1000
_CLOCK = ("%H:%M", "%H.%M", "%I%p", "%I:%M%p", "%I.%M%p")


def publish_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    drafts, say = site.staff.drafts, site.staff.wording.say
    zone = site.service.contacts.time_zone
    one = f"{DRAFTS_PATH}/{{number}}"

    def page(
        signed: Signed, draft: SavedDraft, status: int = 200, problem: str = "",
        typed: Mapping[str, str] | None = None, losses: Sequence[str] = (),
    ) -> HTMLResponse:  # fmt: skip
        return pages.page(
            "editor/drafts/publish.html",
            signed,
            status,
            **draft_values(site, draft),
            problem=problem,
            typed={"reason": draft.reason, "day": "", "time": "", **(typed or {})},
            losses=losses,
        )

    @routes.get(f"{one}/publish")
    def show(
        number: int, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> HTMLResponse:
        draft = find_draft(site, number)
        job = site.staff.jobs.find(request.query_params.get("lost", ""), signed.user.name)
        lost = ((job and job.result) or {}).get("lost", {})
        # Of another state of the draft it is not known what would be lost.
        if not lost or lost["version"] != draft.version or not draft.can_change:
            return page(signed, draft)
        problem = say("publish.reason_needed")
        return page(signed, draft, 200, problem, lost["typed"], lost["questions"])

    @routes.post(f"{one}/publish")
    async def publish(
        number: int, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()
        typed = {
            name: storable(str(form.get(name, ""))).strip() for name in ("reason", "day", "time")
        }

        def work() -> Response:
            draft = find_draft(site, number)
            reason = typed["reason"][:_LONGEST_REASON]
            if form.get("do") == "take_back":
                return taken_back(signed, draft)
            if str(form.get("version", "")) != str(draft.version):
                return page(
                    signed, draft, 409, say("publish.changed", name=draft.changed_by), typed
                )
            if problem := in_the_way(draft):
                return page(signed, draft, 422, problem, typed)
            at = None
            if form.get("do") == "later":
                at = read_moment(typed["day"], typed["time"], zone)
                if at is None or at <= site.service.now():
                    return page(signed, draft, 422, say("publish.no_time"), typed)
            return pages.go(job_path(start(signed, draft, {**typed, "reason": reason}, at)))

        return await run_in_threadpool(work)

    def in_the_way(draft: SavedDraft) -> str:
        """Say why a draft cannot be published now; empty when it can."""
        if not draft.can_change:
            return str(DraftClosed(draft.number, draft.status))
        values = draft_values(site, draft)
        if values["checked"].problems:
            return say("publish.problems")
        if draft.reading.must_accept:
            return say("publish.must_accept")
        if values["is_moved"]:
            return say("publish.moved")
        return ""

    def start(
        signed: Signed, draft: SavedDraft, typed: Mapping[str, str], at: dt.datetime | None
    ) -> str:
        """Publish a draft in the background, or set its time; golden questions are asked first."""
        reason, here = typed["reason"], f"{DRAFTS_PATH}/{draft.number}/publish"

        def work(progress: Progress) -> Mapping[str, Any]:
            try:
                if at is None:
                    publish_draft(
                        site.service, drafts, draft, signed.actor, reason, worded(progress)
                    )
                else:
                    schedule_draft(
                        site.service, drafts, draft, signed.actor, reason, at, worded(progress)
                    )
            except WouldLose as losses:
                lost = {"version": draft.version, "typed": dict(typed)}
                questions = list(losses.questions)
                return {"go": here + "?lost={job}", "lost": {**lost, "questions": questions}}
            return {"go": here}

        def worded(progress: Progress) -> Progress:
            return lambda step, done, total: progress(say(f"publish.steps.{step}"), done, total)

        what = say("publish.job", title=draft.title)
        return site.staff.jobs.start(signed.user.name, what, work)

    def taken_back(signed: Signed, draft: SavedDraft) -> Response:
        try:
            keep = kept(signed.actor, "draft_time_taken_back")
            drafts.take_back(draft.number, draft.version, keep)
        except (DraftChanged, DraftClosed) as problem:
            return page(signed, find_draft(site, draft.number), 409, str(problem))
        return pages.go(f"{DRAFTS_PATH}/{draft.number}")

    @routes.get(f"{one}/throw-away")
    def ask(number: int, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        draft = find_draft(site, number)
        return pages.page("editor/drafts/throw_away.html", signed, draft=draft, problem="")

    @routes.post(f"{one}/throw-away")
    async def throw_away(
        number: int, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()
        version = str(form.get("version", ""))

        def work() -> Response:
            draft = find_draft(site, number)
            try:
                drafts.throw_away(
                    number, int(version) if version.isdecimal() else 0, signed.user.name,
                    kept(signed.actor, "draft_thrown_away", draft.title),
                )  # fmt: skip
            except (DraftChanged, DraftClosed) as problem:
                return pages.page(
                    "editor/drafts/throw_away.html", signed, 409,
                    draft=find_draft(site, number), problem=str(problem),
                )  # fmt: skip
            return pages.go(DRAFTS_PATH)

        return await run_in_threadpool(work)

    return routes


def read_moment(day: str, time: str, zone: ZoneInfo) -> dt.datetime | None:
    """Read a day such as "3 May 2027" and a time such as "9:30" in the union's zone, as UTC."""
    date = read_date(day)
    plain = time.replace(" ", "").upper()
    for form in _CLOCK:
        try:
            clock = dt.datetime.strptime(plain, form).time()
        except ValueError:
            continue
        if date is None:
            return None
        return dt.datetime.combine(date, clock, zone).astimezone(dt.UTC)
    return None

"""The page where a draft is published, now or at a time, or thrown away."""

import datetime as dt
from collections.abc import Callable, Mapping
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
from web.staff.drafting import kept, publish_draft
from web.staff.editor.draft_shown import draft_values, find_draft
from web.staff.editor.drafts import DRAFTS_PATH
from web.staff.job_page import job_path
from web.staff.pages import Pages

# What would be lost by publishing a draft, each in a sentence: then publishing needs a reason.
Losses = Callable[[Site, SavedDraft], tuple[str, ...]]

_LONGEST_REASON = 1000
_CLOCK = ("%H:%M", "%H.%M", "%I%p", "%I:%M%p", "%I.%M%p")


def no_losses(_site: Site, _draft: SavedDraft) -> tuple[str, ...]:
    """Ask for a reason in no case."""
    return ()


def publish_routes(site: Site, pages: Pages, losses: Losses = no_losses) -> APIRouter:
    """Give the routes of that page.

    :param losses: says what would be lost; with any, a reason must be given.
    """
    routes = APIRouter()
    drafts, say = site.staff.drafts, site.staff.wording.say
    zone = site.service.contacts.time_zone
    one = f"{DRAFTS_PATH}/{{number}}"

    def page(
        signed: Signed, draft: SavedDraft, status: int = 200, problem: str = "",
        typed: Mapping[str, str] | None = None,
    ) -> HTMLResponse:  # fmt: skip
        return pages.page(
            "editor/drafts/publish.html",
            signed,
            status,
            **draft_values(site, draft),
            problem=problem,
            typed={"reason": draft.reason, "day": "", "time": "", **(typed or {})},
            losses=losses(site, draft),
        )

    @routes.get(f"{one}/publish")
    def show(number: int, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        return page(signed, find_draft(site, number))

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
            if problem := in_the_way(draft, reason):
                return page(signed, draft, 422, problem, typed)
            if form.get("do") != "later":
                return pages.go(job_path(start(signed, draft, reason)))
            at = read_moment(typed["day"], typed["time"], zone)
            if at is None or at <= site.service.now():
                return page(signed, draft, 422, say("publish.no_time"), typed)
            try:
                drafts.schedule(number, draft.version, at, signed.user.name, signed.user.role,
                                reason, kept(signed.actor, "draft_scheduled", reason))  # fmt: skip
            except (DraftChanged, DraftClosed) as problem:
                return page(signed, find_draft(site, number), 409, str(problem), typed)
            return pages.go(f"{DRAFTS_PATH}/{number}/publish")

        return await run_in_threadpool(work)

    def in_the_way(draft: SavedDraft, reason: str) -> str:
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
        if losses(site, draft) and not reason:
            return say("publish.reason_needed")
        return ""

    def start(signed: Signed, draft: SavedDraft, reason: str) -> str:
        def work(progress: Progress) -> Mapping[str, Any]:
            publish_draft(site.service, drafts, draft, signed.actor, reason, worded(progress))
            return {"go": f"{DRAFTS_PATH}/{draft.number}/publish"}

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

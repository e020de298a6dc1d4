"""The page of one draft: its fields and its text, with what members will see beside it."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from knowledge.editions.differences import differences
from knowledge.editions.drafts.begin import text_of_version
from knowledge.editions.drafts.draft import Content, SavedDraft
from knowledge.editions.drafts.errors import DraftChanged, DraftClosed
from knowledge.editions.drafts.merging import merged
from web.server.site import Site
from web.staff.auth.access import Refused, Signed, staff
from web.staff.drafting import kept
from web.staff.editor.draft_shown import draft_values, find_draft, folded, live_version
from web.staff.editor.drafts import DRAFTS_PATH
from web.staff.editor.fields import CHOICES, KINDS, content_of, shown_fields
from web.staff.pages import Pages


def draft_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    drafts = site.staff.drafts
    one = f"{DRAFTS_PATH}/{{number}}"

    def page(
        signed: Signed, draft: SavedDraft, status: int = 200, version: int = 0, **values: Any
    ) -> HTMLResponse:
        own = {
            "problem": "", "done": "", "theirs": None, "other_text": "", "is_typed": False,
            **draft_values(site, draft),
        }  # fmt: skip
        problems: dict[str, list[str]] = {}
        for each in own["checked"].problems:
            problems.setdefault(each.field, []).append(each.problem)
        return pages.page(
            "editor/drafts/edit.html",
            signed,
            status,
            **{**own, **values},
            version=version or draft.version,
            fields=shown_fields(draft.content.metadata),
            problems=problems,
            choices=CHOICES,
            kinds=KINDS,
        )

    @routes.get(one)
    def show(
        number: int, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> HTMLResponse:
        done = "saved" if request.query_params.get("done") == "saved" else ""
        return page(signed, find_draft(site, number), done=done)

    @routes.post(one)
    async def change(
        number: int, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()

        def work() -> Response:
            draft = find_draft(site, number)
            content = content_of(form, draft.content.replaces)
            version = _version(form, draft)
            if form.get("do") == "show":
                typed = replace(draft, content=content)
                return page(signed, typed, version=version, is_typed=True)
            if not content.title and not content.text:
                empty = site.staff.wording.say("draft.empty")
                return page(signed, draft, 422, problem=empty)
            try:
                drafts.save(number, version, content, signed.user.name,
                            kept(signed.actor, "draft_changed"))  # fmt: skip
            except DraftChanged as problem:
                return conflict(signed, draft, content, version, problem)
            except DraftClosed as problem:
                closed = replace(draft, content=content)
                return page(signed, closed, 409, problem=str(problem), is_typed=True)
            if form.get("do") == "preview":
                return pages.go(f"{DRAFTS_PATH}/{number}/preview")
            return pages.go(f"{DRAFTS_PATH}/{number}?done=saved")

        return await run_in_threadpool(work)

    def conflict(
        signed: Signed, now: SavedDraft, ours: Content, version: int, problem: DraftChanged
    ) -> HTMLResponse:
        """Show what somebody else saved, with both texts in one where that can be."""
        before = drafts.saved_text(now.number, version)
        both = None if before is None else merged(before, now.content.text, ours.text)
        typed = replace(now, content=replace(ours, text=ours.text if both is None else both))
        return page(
            signed,
            typed,
            409,
            is_typed=True,
            problem=site.staff.wording.say(
                "draft.conflict_merged" if both is not None else "draft.conflict", name=problem.by
            ),
            theirs=folded(differences(before or "", now.content.text)),
            other_text="" if both is not None else now.content.text,
        )

    @routes.post(f"{one}/view")
    async def view(
        number: int, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> HTMLResponse:
        form = await request.form()

        def work() -> HTMLResponse:
            draft = find_draft(site, number)
            typed = replace(draft, content=content_of(form, draft.content.replaces))
            return pages.page("editor/drafts/view.html", signed, **draft_values(site, typed))

        return await run_in_threadpool(work)

    @routes.post(f"{one}/base")
    async def choose_base(
        number: int, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()

        def work() -> Response:
            draft = find_draft(site, number)
            live = live_version(site, draft)
            text = draft.content.text
            if form.get("do") == "both":
                text = with_published(site, draft) or text
            base = live.digest if live else None
            if (base or "") == form.get("live"):  # else it changed again: look once more
                drafts.rebase(number, _version(form, draft), base, text, signed.user.name,
                              kept(signed.actor, "draft_based_anew"))  # fmt: skip
            return pages.go(f"{DRAFTS_PATH}/{number}/preview")

        return await run_in_threadpool(work)

    @routes.get(f"{one}/source")
    def source(number: int, signed: Annotated[Signed, Depends(staff("editor"))]) -> Response:
        draft = find_draft(site, number)
        file = drafts.source_file(draft.source) if draft.source else None
        if file is None:
            raise Refused(404, "no_source")
        name = draft.source_name.encode("ascii", "ignore").decode().replace('"', "") or "file"
        return Response(
            file.content,
            media_type=file.media_type,
            headers={
                # Never opened in our own pages: a file of others may hold scripts.
                "content-disposition": f'attachment; filename="{name}"',
                "x-content-type-options": "nosniff",
                "cache-control": "no-store",
            },
        )

    return routes


def with_published(site: Site, draft: SavedDraft) -> str | None:
    """Put the draft's changes and those that were published meanwhile together."""
    drafts = site.staff.drafts
    live = live_version(site, draft)
    before = site.service.store.version(draft.base) if draft.base else None
    if live is None or before is None:
        return None
    texts = (text_of_version(before, drafts), text_of_version(live, drafts))
    return merged(*texts, draft.content.text)


def _version(form: FormData, draft: SavedDraft) -> int:
    """Give the version that somebody had before them when they typed."""
    given = str(form.get("version", ""))
    return int(given) if given.isdecimal() and len(given) < 10 else draft.version

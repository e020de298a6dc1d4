"""The page where a question is tried: what a member would see, and how that comes about."""

import math
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.editions.edition import passage_digest
from knowledge.errors import AdviceError
from knowledge.evaluation.golden_questions import NewGolden
from knowledge.messages.model import Judged
from knowledge.service import Service
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.editor.changes import NamedChange, change_named
from web.staff.editor.shown import guidance_frame
from web.staff.golden import mark_golden
from web.staff.pages import Pages
from web.staff.trying import Tried, try_question

PATH = "/editor/try"
_LIKELIEST = 4  # kinds of message that are shown


@dataclass(frozen=True)
class _Typed:
    """What was typed, so that nothing of it is lost.

    :param change: the name of the change whose draft edition is asked; empty asks what answers now.
    """

    question: str = ""
    earlier: str = ""
    change: str = ""


def trial_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    service = site.service

    def page(
        signed: Signed, typed: _Typed, status: int = 200, problem: str = "", done: str = ""
    ) -> HTMLResponse:
        change: NamedChange | None = None
        tried = live = None
        try:
            change = change_named(service, typed.change) if typed.change else None
            if typed.question.strip():
                now = service.dialogue()
                asked = service.try_out(change.change) if change else now
                tried = try_question(asked, typed.question, typed.earlier)
                live = try_question(now, typed.question, typed.earlier) if change else None
        except AdviceError as error:
            status, problem = 422, type(error).__name__
        return pages.page(
            "editor/trial.html",
            signed,
            status,
            typed=typed,
            change=change,
            tried=tried,
            live=live,
            kinds=_likeliest(tried),
            lines=service.tuning.coverage,
            kind_lines=service.tuning.kinds,
            urgent_lines=service.tuning.urgent,
            reasons=site.staff.wording.section("trial.reasons"),
            share=_share,
            problem=problem,
            done=done,
            limit=site.settings.message_limit,
            hours=site.advice_line.hours(),
            **guidance_frame(site),
        )

    @routes.get(PATH)
    def show(request: Request, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        return page(signed, _Typed(change=request.query_params.get("change", "")))

    @routes.post(PATH)
    async def ask(
        request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()
        limit = site.settings.message_limit
        typed = _Typed(
            str(form.get("question", ""))[:limit],
            str(form.get("earlier", ""))[:limit],
            str(form.get("change", "")),
        )
        do, passage = str(form.get("do", "")), str(form.get("passage", "")).strip()

        def work() -> Response:
            if do not in ("golden", "golden_none"):
                return page(signed, typed)
            if do == "golden" and not passage:
                return page(signed, typed, 422, "UnknownPassage")
            try:
                new = NewGolden(typed.question)
                if do == "golden":
                    digest = _draft_digest(service, typed.change, passage)
                    new = NewGolden(typed.question, passage, digest)
                mark_golden(service, new, signed.actor)
            except AdviceError as problem:
                return page(signed, typed, 422, type(problem).__name__)
            return page(signed, typed, done=do)

        return await run_in_threadpool(work)

    return routes


def _draft_digest(service: Service, change: str, passage_id: str) -> str:
    """Give the digest of a passage of a draft edition; empty for what is published now."""
    if not change:
        return ""
    entries = service.try_out(change_named(service, change).change).engine.index.entries
    found = (entry.passage for entry in entries if entry.passage.id == passage_id)
    return next(map(passage_digest, found), "")


def _likeliest(tried: Tried | None) -> list[tuple[str, float]]:
    """Give the likeliest kinds of a message, best first."""
    if tried is None:
        return []
    judged: Judged = tried.checked.judged
    return sorted(judged.kinds.items(), key=lambda each: -each[1])[:_LIKELIEST]


def _share(log_odds: float | None) -> float | None:
    """Give log-odds as a share of 1; None stays None."""
    return None if log_odds is None else 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))

"""The pages members see, and what the widget loads."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from knowledge.answers.notices import notice_for
from knowledge.answers.wording import DEFAULT_LANGUAGE, Wording, languages, load_wording
from knowledge.documents.document import Document
from knowledge.editions.edition import StoredPassage
from web.member.chat import help_at_once, read_message
from web.member.conversations import Turn
from web.member.script import load_script
from web.member.sessions import BadSession
from web.member.turns import in_store
from web.server.problems import Problem
from web.server.site import Site
from web.server.words import SHARED_TEMPLATES, shown_words

_FOLDER = Path(__file__).parent
_TEMPLATES = Jinja2Templates(directory=[_FOLDER / "templates", SHARED_TEMPLATES])
_FALLBACK_WORDS = ("title", "launcher", "close", "conversation", "unreachable", "try_again")
# How long an urgent reply waits for what was said before it.
_PATIENCE = 0.5
_CACHE = {"cache-control": "public, max-age=300"}


def page_routes(site: Site) -> APIRouter:
    """Give the routes of the pages."""
    routes = APIRouter()
    wordings = {language: load_wording(language) for language in languages()}

    @routes.get("/")
    def chat_page(request: Request) -> HTMLResponse:
        return _chat_page(site, request, _Page())

    @routes.post("/")
    async def ask_by_form(request: Request) -> HTMLResponse:
        form = await request.form()
        # A form sends two characters for each line end that the member made.
        draft = str(form.get("message", "")).replace("\r\n", "\n")
        token = str(form.get("session", "")) or None
        # The identifier tells a turn that was kept from one that could not be.
        message_id = site.sessions.new_id()
        values = {"message": draft, "session": token, "message_id": message_id}
        urgent = await help_at_once(site, request, values)
        if urgent is not None:
            session, turn = urgent
            page = _Page(session, _with(turn, await _kept_in_time(site, session)))
            return await run_in_threadpool(_chat_page, site, request, page)
        session, too_old = site.sessions.new_id(), False
        try:
            session = site.sessions.read(token) if token else session
        except BadSession:
            token, too_old = None, True
        try:
            site.rates.count(request, session if token else None)
            turn = await site.turns.say(session, read_message(site, draft), message_id)
            page = _Page(session, _with(turn, await _kept(site, session)), too_old)
        except Problem as problem:
            page = _Page(session, await _kept(site, session), too_old, problem, draft)
        return await run_in_threadpool(_chat_page, site, request, page)

    @routes.get("/widget.js")
    def widget() -> Response:
        # Any page may load the script, also as a module, which a browser asks for by CORS; whether
        # it may talk to us is decided by its origin.
        headers = {
            **_CACHE,
            "cross-origin-resource-policy": "cross-origin",
            "access-control-allow-origin": "*",
        }
        script = load_script().replace("/*fallback*/ null", json.dumps(_fallback(site)))
        return Response(script, media_type="text/javascript", headers=headers)

    @routes.get("/wording/{language}.json")
    def words(language: str) -> dict[str, Any]:
        wording = wordings.get(language)
        if wording is None:
            raise Problem(404, "not_found")
        off = site.service.bot_off()
        said = wording.section("widget")
        return {
            "language": language,
            "widget": {**said, "welcome": wording.say("pages.bot_off")} if off else said,
            "off": off,
            "suggestions": list(wording.lists["suggestions"]),
            "contact": site.advice_line.card(),
            "hours": site.advice_line.hours(),
            "expect": site.advice_line.expect(),
            "notice": _privacy(site, wording),
            "limit": site.settings.message_limit,
        }

    @routes.get("/passages/{passage_id:path}")
    def passage(passage_id: str) -> dict[str, Any]:
        document, stored = _find_passage(site, passage_id)
        return {
            "passage_id": stored.passage.id,
            "title": document.title,
            "headings": list(stored.passage.headings),
            "text": stored.passage.text,
            "page": stored.passage.page,
            "language": document.language,
            "publisher": document.publisher,
            "made_from": document.source.dated if document.source else None,
            "published": document.published,
            "reviewed": document.reviewed,
            "url": document.url,
            "notice": notice_for(
                document, stored.passage.headings, site.service.today(), site.wording
            ),
        }

    @routes.get("/guidance/{document_id}")
    def document_page(document_id: str, request: Request) -> HTMLResponse:
        for version in site.service.shown():
            if version.document.id == document_id:
                return _document_page(site, request, version.document, version.passages)
        return error_page(site, site.wording.say("errors.not_found"), 404)

    return routes


def error_page(site: Site, words: str, status: int) -> HTMLResponse:
    """Give a page that says what went wrong and whom to contact."""
    template = _TEMPLATES.get_template("error.html")
    context = {
        **_frame(site),
        "error": words,
        "contact": site.advice_line.card(),
        "hours": site.advice_line.hours(),
    }
    return HTMLResponse(template.render(context), status)


@dataclass(frozen=True)
class _Page:
    """What the chat page shows.

    :param too_old: whether the conversation it was to go on with has expired.
    :param problem: why the last message was refused.
    :param draft: that message, so that it can be changed and sent again.
    """

    session: str | None = None
    turns: Sequence[Turn] = ()
    too_old: bool = False
    problem: Problem | None = None
    draft: str = ""


def _chat_page(site: Site, request: Request, page: _Page) -> HTMLResponse:
    context = {
        **_frame(site),
        "turns": page.turns,
        "session": site.sessions.token(page.session) if page.session else None,
        "suggestions": site.wording.lists["suggestions"],
        "contact": site.advice_line.card(),
        "hours": site.advice_line.hours(),
        "notice": _privacy(site, site.wording),
        "too_old": page.too_old,
        "bot_off": site.service.bot_off(),
        "error": page.problem.words(site.wording) if page.problem else None,
        "draft": page.draft,
    }
    status = page.problem.status if page.problem else 200
    return _TEMPLATES.TemplateResponse(request, "page.html", context, status_code=status)


async def _kept(site: Site, session: str) -> list[Turn]:
    """Give what was said in a conversation; nothing when the store cannot be reached."""
    nothing: list[Turn] = []
    return await in_store(nothing, site.conversations.turns, session)


async def _kept_in_time(site: Site, session: str) -> list[Turn]:
    """Give what was said before an urgent message, unless the store makes the member wait."""
    try:
        async with asyncio.timeout(_PATIENCE):
            return await _kept(site, session)
    except TimeoutError:
        return []


def _with(turn: Turn, kept: list[Turn]) -> list[Turn]:
    """Show a turn also when it could not be kept, or is not yet."""
    known = [one.message_id for one in kept]
    return kept if turn.message_id in known else [*kept, turn]


def _document_page(
    site: Site, request: Request, document: Document, passages: tuple[StoredPassage, ...]
) -> HTMLResponse:
    today = site.service.today()
    notices = {
        stored.passage.id: words
        for stored in passages
        if (words := notice_for(document, stored.passage.headings, today, site.wording))
    }
    context = {
        **_frame(site),
        "document": document,
        "passages": [stored.passage for stored in passages],
        "notices": notices,
    }
    return _TEMPLATES.TemplateResponse(request, "document.html", context)


def _privacy(site: Site, wording: Wording) -> str:
    kept = site.settings
    return wording.say(
        "privacy",
        hours=str(kept.conversation_hours),
        case_days=str(kept.case_days),
        feedback_days=str(kept.feedback_days),
        question_days=str(kept.question_days),
    )


def _fallback(site: Site) -> dict[str, Any]:
    """Give what the widget says when it cannot fetch its words."""
    words, contact = site.wording.section("widget"), site.advice_line.card() or {}
    return {
        "widget": {key: words[key] for key in _FALLBACK_WORDS},
        "contact": {key: contact.get(key) for key in ("id", "name", "phone", "email")},
    }


def _frame(site: Site) -> dict[str, Any]:
    """Give what every page needs."""
    return {
        "language": DEFAULT_LANGUAGE,
        "root": site.settings.sub_path,
        "wording": shown_words(site.wording),
    }


def _find_passage(site: Site, passage_id: str) -> tuple[Document, StoredPassage]:
    for version in site.service.shown():
        for stored in version.passages:
            if stored.passage.id == passage_id:
                return version.document, stored
    raise Problem(404, "not_found")

"""The pages members see, and what the widget loads."""

import json
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from knowledge.answers.notices import notice_for
from knowledge.answers.wording import DEFAULT_LANGUAGE, Wording, languages, load_wording
from knowledge.documents.document import Document
from knowledge.editions.store import StoredPassage
from web.member.chat import read_message, say
from web.member.sessions import BadSession
from web.server.problems import Problem
from web.server.site import Site

_FOLDER = Path(__file__).parent
_TEMPLATES = Jinja2Templates(directory=_FOLDER / "templates")
_FALLBACK_WORDS = ("title", "launcher", "close", "conversation", "unreachable", "try_again")
_CACHE = {"cache-control": "public, max-age=300"}


def page_routes(site: Site) -> APIRouter:
    """Give the routes of the pages."""
    routes = APIRouter()
    wordings = {language: load_wording(language) for language in languages()}

    @routes.get("/")
    async def chat_page(request: Request) -> HTMLResponse:
        return _chat_page(site, request)

    @routes.post("/")
    async def ask_by_form(request: Request) -> HTMLResponse:
        form = await request.form()
        draft, token = str(form.get("message", "")), str(form.get("session", ""))
        try:
            session = site.sessions.read(token) if token else site.sessions.new_id()
        except BadSession:
            session, token = site.sessions.new_id(), ""
        try:
            site.count(request, session if token else None)
            await say(site, session, read_message(site, draft))
        except Problem as problem:
            words = site.wording.say(f"errors.{problem.code}", **problem.values)
            return _chat_page(site, request, session, words, draft, problem.status)
        return _chat_page(site, request, session)

    @routes.get("/widget.js")
    async def widget() -> Response:
        # Any page may load the script; whether it may talk to us is decided by its origin.
        headers = {**_CACHE, "cross-origin-resource-policy": "cross-origin"}
        script = (_FOLDER / "static" / "widget.js").read_text(encoding="utf-8")
        script = script.replace("/*fallback*/ null", json.dumps(_fallback(site)))
        return Response(script, media_type="text/javascript", headers=headers)

    @routes.get("/wording/{language}.json")
    async def words(language: str) -> dict[str, Any]:
        wording = wordings.get(language)
        if wording is None:
            raise Problem(404, "not_found")
        return {
            "language": language,
            "widget": wording.section("widget"),
            "suggestions": list(wording.lists["suggestions"]),
            "contact": site.contact(),
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
            "publisher": document.publisher,
            "published": document.published,
            "reviewed": document.reviewed,
            "url": document.url,
            "notice": notice_for(
                document, stored.passage.headings, site.service.today(), site.wording
            ),
        }

    @routes.get("/guidance/{document_id}")
    def document_page(document_id: str, request: Request) -> HTMLResponse:
        for version in site.service.edition().versions:
            if version.document.id == document_id:
                return _document_page(site, request, version.document, version.passages)
        return error_page(site, site.wording.say("errors.not_found"), 404)

    return routes


def error_page(site: Site, words: str, status: int) -> HTMLResponse:
    """Give a page that says what went wrong and whom to contact."""
    template = _TEMPLATES.get_template("error.html")
    context = {**_frame(site), "error": words, "contact": site.contact()}
    return HTMLResponse(template.render(context), status)


def _chat_page(
    site: Site,
    request: Request,
    session: str | None = None,
    error: str | None = None,
    draft: str = "",
    status: int = 200,
) -> HTMLResponse:
    turns = site.conversations.turns(session) if session else []
    context = {
        **_frame(site),
        "turns": turns,
        "session": site.sessions.token(session) if session else None,
        "suggestions": site.wording.lists["suggestions"],
        "contact": site.contact(),
        "notice": _privacy(site, site.wording),
        "error": error,
        "draft": draft if error else "",
    }
    return _TEMPLATES.TemplateResponse(request, "page.html", context, status_code=status)


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
    )


def _fallback(site: Site) -> dict[str, Any]:
    """Give what the widget says when it cannot fetch its words."""
    words, contact = site.wording.section("widget"), site.contact() or {}
    return {
        "widget": {key: words[key] for key in _FALLBACK_WORDS},
        "contact": {key: contact.get(key) for key in ("id", "name", "phone", "email")},
    }


def _frame(site: Site) -> dict[str, Any]:
    """Give what every page needs."""
    words = {name: site.wording.section(name) for name in ("widget", "pages", "months")}
    return {
        "language": DEFAULT_LANGUAGE,
        "root": site.settings.sub_path,
        "wording": {**words["widget"], **words["pages"], "months": words["months"]},
    }


def _find_passage(site: Site, passage_id: str) -> tuple[Document, StoredPassage]:
    for version in site.service.edition().versions:
        for stored in version.passages:
            if stored.passage.id == passage_id:
                return version.document, stored
    raise Problem(404, "not_found")

"""The chat: one message in, the bot's replies out."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from knowledge.language.text import clean
from web.member.conversations import Turn
from web.server.problems import Problem
from web.server.site import Site, read_object

_LONGEST_MESSAGE_ID = 64
_UNGUESSABLE = 32  # the widget's identifiers are 128 random bits, as hexadecimal digits


def chat_routes(site: Site) -> APIRouter:
    """Give the routes of the chat."""
    routes = APIRouter()

    @routes.post("/chat")
    async def chat(request: Request) -> dict[str, Any]:
        values = await read_object(request)
        message = read_message(site, values.get("message"))
        message_id = _read_message_id(values.get("message_id"))
        token = values.get("session")
        if token is not None:
            session = site.session(token)
            site.count(request, session)
            turn = await say(site, session, message, message_id)
        else:
            site.count(request, None)
            async with site.turn_of(f"first {message_id or site.sessions.new_id()}"):
                session = _begin(site, message_id)
                turn = await say(site, session, message, message_id)
        return {
            "session": site.sessions.token(session),
            "replies": list(turn.replies),
            "handed_over": handed_over(site, session),
        }

    @routes.get("/conversation")
    async def conversation(request: Request) -> dict[str, Any]:
        session = site.session(request.headers.get("x-session"))
        return {
            "turns": [
                {"message": turn.message, "message_id": turn.message_id, "replies": turn.replies}
                for turn in site.conversations.turns(session)
            ],
            "expires": site.conversations.expires(session).isoformat(),
            "handed_over": handed_over(site, session),
        }

    @routes.delete("/conversation")
    async def forget(request: Request) -> dict[str, Any]:
        session = site.session(request.headers.get("x-session"))
        async with site.turn_of(session):
            site.conversations.delete(session)
        return {"deleted": True}

    @routes.get("/health")
    async def health() -> JSONResponse:
        problems = await site.health.problems()
        state = "ready" if not problems else "not ready"
        return JSONResponse({"state": state, "not_ready": problems}, 200 if not problems else 503)

    return routes


async def say(site: Site, session: str, message: str, message_id: str | None = None) -> Turn:
    """Put a message to the bot and keep the turn; a message that was answered is not put again."""
    async with site.turn_of(session):
        if message_id is not None:
            known = site.conversations.find(session, message_id)
            if known is not None:
                return known
        replies = await site.rasa.send(session, message)
        if not replies:
            return Turn(message, [site.service.composer.unavailable().to_json()], message_id)
        turn = Turn(message, replies, message_id)
        site.conversations.add(session, turn)
        return turn


def read_message(site: Site, message: object) -> str:
    """Check a member's message.

    :raises Problem: if it is not text, is empty or is too long.
    """
    if not isinstance(message, str):
        raise Problem(422, "not_text")
    if len(message) > site.settings.message_limit:
        raise Problem(413, "too_long", limit=str(site.settings.message_limit))
    message = clean(message)
    if not message:
        raise Problem(422, "empty")
    return message


def handed_over(site: Site, session: str) -> bool:
    """Say whether people have taken over, so that the bot should stay quiet."""
    return bool(site.cases.of_session(session))


def _begin(site: Site, message_id: str | None) -> str:
    """Name a new conversation; the first message sent again goes on with the one it began.

    Only for an identifier that nobody could guess: it stands in for the session's token.
    """
    known = None
    if message_id is not None and len(message_id) >= _UNGUESSABLE:
        known = site.conversations.begun_by(message_id)
    return known or site.sessions.new_id()


def _read_message_id(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_MESSAGE_ID:
        raise Problem(422, "bad_request")
    if not value.isascii() or not value.isprintable():
        raise Problem(422, "bad_request")
    return value

"""The chat: one message in, the bot's replies out."""

import asyncio
from typing import Any, TypeGuard

from fastapi import APIRouter, Request

from knowledge.language.text import clean
from web.member.conversations import Turn
from web.member.turns import aided, in_store
from web.server.body import read_object
from web.server.problems import Problem
from web.server.site import Site

_LONGEST_MESSAGE_ID = 64


def chat_routes(site: Site) -> APIRouter:
    """Give the routes of the chat."""
    routes = APIRouter()

    @routes.post("/chat")
    async def chat(request: Request) -> dict[str, Any]:
        values = await read_object(request)
        urgent = await help_at_once(site, request, values)
        if urgent is not None:
            # Whether people have taken over is not asked: the store may not answer.
            return _sent(site, *urgent, handed=False)
        message = read_message(site, values.get("message"))
        message_id = _read_message_id(values.get("message_id"))
        token = values.get("session")
        if token is not None:
            session = site.sessions.of(token)
            site.rates.count(request, session)
            turn = await site.turns.say(session, message, message_id)
        else:
            site.rates.count(request, None)
            async with site.turns.of(f"first {message_id or site.sessions.new_id()}"):
                session = await _begin(site, message_id, message)
                turn = await site.turns.say(session, message, message_id)
        return _sent(site, session, turn, await in_store(False, handed_over, site, session))

    @routes.get("/conversation")
    def conversation(request: Request) -> dict[str, Any]:
        session = site.sessions.of(request.headers.get("x-session"))
        return {
            "turns": [
                {"message": turn.message, "message_id": turn.message_id, "replies": turn.replies}
                for turn in site.conversations.turns(session)
            ],
            "expires": site.conversations.expires(session).isoformat(),
            "handed_over": handed_over(site, session),
            "cases": site.cases.of_session(session),
        }

    @routes.delete("/conversation")
    async def forget(request: Request) -> dict[str, Any]:
        session = site.sessions.of(request.headers.get("x-session"))
        async with site.turns.of(session):
            await site.questions.forget(session)
            await asyncio.to_thread(site.conversations.delete, session)
        return {"deleted": True}

    return routes


async def help_at_once(
    site: Site, request: Request, values: dict[str, Any]
) -> tuple[str, Turn] | None:
    """Answer an urgent message, whatever else is wrong with the request.

    It goes before every limit and check. What is within them is kept and passed on afterwards.

    :return: the conversation and the turn; None when nothing in the message is urgent.
    """
    message = values.get("message")
    replies = await site.first_aid.replies(message)
    if replies is None or not isinstance(message, str):
        return None
    token, message_id = values.get("session"), values.get("message_id")
    try:
        known = None if token is None else site.sessions.of(token)
    except Problem:
        known = None
    session = known or site.sessions.new_id()
    turn = aided(clean(message), replies, message_id if can_be_kept(message_id) else None)
    if site.rates.within(request, known):
        short = len(message) <= site.settings.message_limit
        site.turns.keep_later(session, turn, tell=short)
    return session, turn


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


def _sent(site: Site, session: str, turn: Turn, handed: bool) -> dict[str, Any]:
    return {
        "session": site.sessions.token(session),
        "replies": list(turn.replies),
        "handed_over": handed,
    }


async def _begin(site: Site, message_id: str | None, message: str) -> str:
    """Name a new conversation; the first message sent again goes on with the one it began."""
    known = None
    if message_id is not None:
        known = await in_store(None, site.conversations.begun_by, message_id, message)
    return known or site.sessions.new_id()


def _read_message_id(value: object) -> str | None:
    if value is None or can_be_kept(value):
        return value
    raise Problem(422, "bad_request")


def can_be_kept(message_id: object) -> TypeGuard[str]:
    """Say whether an identifier of a message, as the page made it, can be kept."""
    if not isinstance(message_id, str) or not 0 < len(message_id) <= _LONGEST_MESSAGE_ID:
        return False
    return message_id.isascii() and message_id.isprintable()

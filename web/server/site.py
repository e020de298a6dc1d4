"""The parts that a running site consists of, made once and passed to the routes."""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import sqlalchemy as sa
from fastapi import Request
from fastapi.responses import JSONResponse

from knowledge.answers.engine import ADVICE_LINE
from knowledge.answers.wording import Wording
from knowledge.messages.personal_data import load_nlp
from knowledge.service import Service
from knowledge.settings import Settings
from people.cases import Cases
from people.feedback import FeedbackBox
from web.member.conversations import Conversations
from web.member.sessions import BadSession, Sessions, load_secret
from web.server.guard import Rates
from web.server.health import Health
from web.server.problems import Problem
from web.server.rasa import Rasa

if TYPE_CHECKING:
    from spacy.language import Language

_CLEAN_UP_SECONDS = 600

logger = logging.getLogger(__name__)


class Site:
    """Everything that the public routes need."""

    def __init__(self, settings: Settings, service: Service) -> None:
        self.settings, self.service = settings, service
        self.wording: Wording = service.composer.wording
        self.sessions = Sessions(load_secret(settings.home), settings.conversation_hours)
        self.rasa = Rasa(f"http://127.0.0.1:{settings.rasa_port}", settings.answer_seconds)
        self.rates = Rates(settings.rate, settings.address_rate)
        self.tracker = sa.create_engine(settings.tracker_address)
        self.conversations = Conversations(
            service.store.engine, self.tracker, settings.conversation_hours
        )
        self.cases = Cases(service.store.engine, settings.case_days)
        self.feedback = FeedbackBox(service.store.engine, settings.feedback_days)
        self.health = Health(service, self.rasa, self.conversations, self.sessions)
        self._entities: Language | None = None
        self._entities_lock = Lock()
        self._busy: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Hold the site open: deletes expired conversations until it is closed."""
        cleaning = asyncio.create_task(self._clean_up())
        try:
            yield
        finally:
            cleaning.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await cleaning
            await self.rasa.close()
            self.tracker.dispose()

    @contextlib.asynccontextmanager
    async def turn_of(self, session: str) -> AsyncIterator[None]:
        """Hold one conversation's turn, so that a retry waits for the message it repeats."""
        # A lock lives as long as somebody holds or waits for it.
        lock = self._busy.get(session)
        if lock is None:
            lock = self._busy[session] = asyncio.Lock()
        async with lock:
            yield

    def session(self, token: Any) -> str:
        """Give the conversation that a token names.

        :raises Problem: if it is not one of ours, or too old.
        """
        try:
            return self.sessions.read(token if isinstance(token, str) else "")
        except BadSession:
            raise Problem(403, "bad_session") from None

    def count(self, request: Request, session: str | None) -> None:
        """Count a request against the rate limits.

        :raises Problem: if there were too many.
        """
        if not self.rates.allow(self.address(request), session):
            raise Problem(429, "too_many")

    def address(self, request: Request) -> str:
        """Give the network address a request comes from."""
        return request.client.host if request.client else "unknown"

    def expect(self) -> str:
        """Say when a member can expect a call back, with the opening hours when they are known."""
        card = self.contact()
        opening = card["opening"]["text"] if card and card["opening"] else ""
        return " ".join(text for text in (self.service.contacts.call_back, opening) if text)

    def entities(self) -> "Language":
        """Give the spaCy pipeline that finds names, loaded at the first call."""
        with self._entities_lock:
            if self._entities is None:
                self._entities = load_nlp()
            return self._entities

    def contact(self) -> dict[str, Any] | None:
        """Give the advice line's contact card."""
        return self.service.contacts.card((ADVICE_LINE,), self.wording, self.service.now())

    def problem(self, problem: Problem) -> JSONResponse:
        """Give a refusal: what is wrong, in a member's words, and whom to contact."""
        message = self.wording.say(f"errors.{problem.code}", **problem.values)
        return JSONResponse(
            {"error": {"code": problem.code, "message": message}, "contact": self.contact()},
            problem.status,
        )

    async def _clean_up(self) -> None:
        while True:
            try:
                deleted = await asyncio.to_thread(self.conversations.delete_expired)
                if deleted:
                    logger.info("Deleted %d conversations whose time was up.", deleted)
                await asyncio.to_thread(self.cases.delete_expired)
                await asyncio.to_thread(self.feedback.delete_expired)
            except sa.exc.SQLAlchemyError:
                logger.exception("What has expired could not be deleted")
            await asyncio.sleep(_CLEAN_UP_SECONDS)


async def read_object(request: Request) -> dict[str, Any]:
    """Read a JSON object from a request's body.

    :raises Problem: if the body is no JSON object.
    """
    try:
        values = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Problem(400, "bad_request") from None
    if not isinstance(values, dict):
        raise Problem(400, "bad_request")
    return values

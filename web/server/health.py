"""Is the product ready? Asked by really answering a message."""

import asyncio
import time

import sqlalchemy as sa
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from knowledge.errors import AdviceError
from knowledge.service import Service
from web.member.conversations import Conversations
from web.member.sessions import Sessions
from web.member.turns import in_store
from web.server.rasa import Rasa

# How long what was found is believed. What is not ready can be a moment later.
_READY_SECONDS, _NOT_READY_SECONDS = 10.0, 2.0
# Small talk: it passes through Rasa and an action of ours, and searches for nothing.
_MESSAGE = "hello"


class Health:
    """Probes both processes, once in a few seconds however often and by how many it is asked."""

    def __init__(
        self, service: Service, rasa: Rasa, conversations: Conversations, sessions: Sessions
    ) -> None:
        self.service, self.rasa = service, rasa
        self.conversations, self.sessions = conversations, sessions
        self._probing = asyncio.Lock()
        self._found: dict[str, str] = {}
        self._believed_until = 0.0

    async def problems(self) -> dict[str, str]:
        """Give each part that is not ready, with what is known about it; empty when all are."""
        async with self._probing:
            if time.monotonic() >= self._believed_until:
                self._found = await self._probe()
                seconds = _NOT_READY_SECONDS if self._found else _READY_SECONDS
                self._believed_until = time.monotonic() + seconds
            return self._found

    def warnings(self) -> dict[str, str]:
        """Give what somebody should see to although members get their answers."""
        problem = self.service.edition_problem
        return {} if problem is None else {"edition": problem}

    async def _probe(self) -> dict[str, str]:
        try:
            await asyncio.to_thread(self.service.dialogue)
        except AdviceError as error:
            return {"guidance": str(error)}
        except sa.exc.SQLAlchemyError as error:
            return {"store": f"The database cannot be read ({type(error).__name__})"}
        probe = self.sessions.new_id()
        replies = await self.rasa.send(probe, _MESSAGE)
        await in_store(None, self.conversations.delete, probe)
        if not replies:
            return {"rasa": "Rasa does not answer yet"}
        if replies[0]["status"] == "unavailable":
            return {"actions": "Rasa cannot reach the actions"}
        return {}


def health_routes(health: Health) -> APIRouter:
    """Give the routes for whoever watches over the product."""
    routes = APIRouter()

    @routes.get("/health")
    async def ready() -> JSONResponse:
        problems, warnings = await health.problems(), health.warnings()
        state = "ready" if not problems else "not ready"
        values = {"state": state, "not_ready": problems}
        if warnings:
            values["warnings"] = warnings
        return JSONResponse(values, 200 if not problems else 503)

    @routes.get("/health/live")
    async def live() -> dict[str, str]:
        return {"state": "live"}

    return routes

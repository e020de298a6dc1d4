"""Is the product ready? Asked by really answering a message."""

import time

from knowledge.errors import AdviceError
from knowledge.service import Service
from web.member.conversations import Conversations
from web.member.sessions import Sessions
from web.server.rasa import Rasa

_FRESH_SECONDS = 10.0
# Small talk: it passes through Rasa and an action of ours, and searches for nothing.
_MESSAGE = "hello"


class Health:
    """Probes both processes, at most once in a few seconds however often it is asked."""

    def __init__(
        self, service: Service, rasa: Rasa, conversations: Conversations, sessions: Sessions
    ) -> None:
        self.service, self.rasa = service, rasa
        self.conversations, self.sessions = conversations, sessions
        self._answered = -_FRESH_SECONDS

    async def problems(self) -> dict[str, str]:
        """Give each part that is not ready, with what is known about it; empty when all are."""
        if time.monotonic() - self._answered < _FRESH_SECONDS:
            return {}
        try:
            self.service.dialogue()
        except AdviceError as error:
            return {"guidance": str(error)}
        probe = self.sessions.new_id()
        replies = await self.rasa.send(probe, _MESSAGE)
        self.conversations.delete(probe)
        if not replies:
            return {"rasa": "Rasa does not answer yet"}
        if replies[0]["status"] == "unavailable":
            return {"actions": "Rasa cannot reach the actions"}
        self._answered = time.monotonic()
        return {}

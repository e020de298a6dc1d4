"""One turn of a conversation: put to Rasa, kept, and never lost because it cannot be kept."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import sqlalchemy as sa

from web.member.conversations import Conversations, Turn
from web.member.questions import Questions
from web.server.rasa import Rasa

# What an action says of its reply for staff and for us: no member is sent it.
_INTERNAL = ("decided",)
# How long Rasa may take to hear of a turn that was answered without it.
_TELL_SECONDS = 5.0

logger = logging.getLogger(__name__)
Value = TypeVar("Value")


class Turns:
    """Takes turns, one at a time in a conversation.

    :param unavailable: gives the reply for a message that Rasa did not answer.
    :param questions: keeps what was asked, without personal data, after the reply.
    """

    def __init__(
        self,
        rasa: Rasa,
        conversations: Conversations,
        unavailable: Callable[[], dict[str, Any]],
        questions: Questions,
    ) -> None:
        self.rasa, self.conversations, self.unavailable = rasa, conversations, unavailable
        self.questions = questions
        self._busy: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._later: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def of(self, session: str) -> AsyncIterator[None]:
        """Hold one conversation's turn, so that a retry waits for the message it repeats."""
        # A lock lives as long as somebody holds or waits for it.
        lock = self._busy.get(session)
        if lock is None:
            lock = self._busy[session] = asyncio.Lock()
        async with lock:
            yield

    async def say(self, session: str, message: str, message_id: str | None = None) -> Turn:
        """Put a message to the bot and keep the turn; one that was answered is not put again."""
        async with self.of(session):
            with self.questions.replying():
                return await self._say(session, message, message_id)

    async def _say(self, session: str, message: str, message_id: str | None) -> Turn:
        if message_id is not None:
            known = await in_store(None, self.conversations.find, session, message_id)
            if known is not None:
                return known
        replies = await self.rasa.send(session, message)
        if not replies:
            # Not kept: the message can be sent again, and is then answered.
            turn = _turn("rasa", message, [self.unavailable()], message_id)
        else:
            turn = _turn("rasa", message, replies, message_id)
            await in_store(None, self.conversations.add, session, turn)
        self.questions.keep_later(session, turn)
        return turn

    def keep_later(self, session: str, turn: Turn, tell: bool) -> None:
        """Keep a turn that the member already has the reply of, as far as that is possible.

        :param tell: whether Rasa hears of it too, so that the conversation can go on from it.
        """
        task = asyncio.create_task(self._keep(session, turn, tell))
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def close(self) -> None:
        """Finish what was to be done later."""
        await asyncio.gather(*self._later, return_exceptions=True)
        await self.questions.close()

    async def _keep(self, session: str, turn: Turn, tell: bool) -> None:
        # Within the conversation's turn: a member who deletes it deletes this as well.
        async with self.of(session):
            await in_store(None, self.conversations.add, session, turn)
            self.questions.keep_later(session, turn)
            if tell:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_TELL_SECONDS):
                        await self.rasa.send(session, turn.message)


async def in_store(otherwise: Value, call: Callable[..., Value], *values: Any) -> Value:
    """Ask the store on a thread; give something else when it cannot be reached.

    For what an answer does not depend on: a locked or full disk costs no member the reply.
    """
    try:
        return await asyncio.to_thread(call, *values)
    except sa.exc.SQLAlchemyError as error:
        # The kind only: the text of an error holds what was to be stored.
        name = getattr(call, "__name__", "call")
        logger.error("The store failed (%s): %s", name, type(error).__name__)
        return otherwise


def aided(message: str, replies: list[dict[str, Any]], message_id: str | None) -> Turn:
    """Give the turn of an urgent message, which was answered without Rasa and the store."""
    return _turn("first_aid", message, replies, message_id)


def _turn(step: str, message: str, replies: list[dict[str, Any]], message_id: str | None) -> Turn:
    """Make a turn, and take what members are not sent out of its replies.

    :param step: what decided, where the replies do not say it themselves.
    """
    decided = next((reply["decided"] for reply in replies if reply.get("decided")), None)
    shown = [{k: v for k, v in reply.items() if k not in _INTERNAL} for reply in replies]
    if decided is None:
        decided = {
            "step": step,
            "status": shown[0]["status"],
            "reason": shown[0].get("reason", ""),
            "probability": None,
            "passages": [],
        }
    return Turn(message, shown, message_id, decided)

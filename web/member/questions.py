"""Keeps what members ask for those who mend the guidance: later, masked, and without who asked."""

import asyncio
import hashlib
import hmac
import logging
import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from knowledge.answers.outcome import is_answered
from people.asked import Asked, Lack, Question
from web.member.conversations import Turn

# No reply has been in hand for so long when a question is looked at: two things at once are slower.
_QUIET_SECONDS = 0.1
# On a busy day a question waits no longer than this for such a moment.
_PATIENCE = 10.0
# More wait only while the database cannot be written; what comes then is not kept.
_MOST_WAITING = 1000
_CLOSING_SECONDS = 5.0
# The statuses that questions about guidance end in. Of all others only the turn is counted.
_QUESTIONS = ("answered", "not_covered", "ambiguous")
# Why the bot hands a question to people that it has looked up.
_LOOKED_UP = ("own_case", "not_helped")
# The action that takes a "yes" or "no" in words, and how it ends: that is no question.
_FEEDBACK = "action_feedback"
_VERDICTS = {"feedback_yes": True, "feedback_no": False, "not_helped": False}

logger = logging.getLogger(__name__)


@dataclass
class _Job:
    """What waits to be done.

    :param latest: when it is done at the latest.
    :param dropped: whether its conversation was cleared meanwhile.
    """

    session: str
    work: Callable[[], None]
    latest: float
    dropped: bool = False


class Questions:
    """Keeps questions on one thread of its own, so that no reply waits for it or fails with it.

    :param mask: takes personal data out of a wording.
    :param secret: keys the digests of conversations: nobody can find one from a session's name.
    """

    def __init__(self, asked: Asked, mask: Callable[[str], str], secret: str) -> None:
        self.asked, self.mask = asked, mask
        self._key = hashlib.sha256(f"questions {secret}".encode()).digest()
        self._pool = ThreadPoolExecutor(1, "questions")
        self._waiting: dict[Future[None], _Job] = {}
        self._replies, self._quiet_from = 0, 0.0

    @contextmanager
    def replying(self) -> Iterator[None]:
        """Say that a reply is in hand: what waits to be kept gives way to it."""
        self._replies += 1
        self._quiet_from = math.inf
        try:
            yield
        finally:
            self._replies -= 1
            if not self._replies:
                self._quiet_from = time.monotonic() + _QUIET_SECONDS

    def keep_later(self, session: str, turn: Turn) -> None:
        """Keep the question of a turn, after its reply was sent."""
        self._do_later(session, lambda: self._keep(session, turn))

    def judge_later(self, session: str, message_id: str, helped: bool) -> None:
        """Keep whether the answer to a message helped."""
        conversation = self._digest(session)
        message = self._digest(session, message_id)
        self._do_later(session, lambda: self.asked.judge(conversation, message, helped))

    async def forget(self, session: str) -> None:
        """Delete the questions of a conversation, those that wait to be kept as well."""
        begun = []
        for future, job in list(self._waiting.items()):
            if job.session == session:
                job.dropped = True
                if not future.cancel():
                    begun.append(asyncio.wrap_future(future))
        await asyncio.gather(*begun, return_exceptions=True)
        await asyncio.to_thread(self.asked.forget, self._digest(session))

    async def close(self) -> None:
        """Keep what waits, as far as that is possible in a few seconds."""
        await asyncio.to_thread(wait, list(self._waiting), _CLOSING_SECONDS)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _do_later(self, session: str, work: Callable[[], None]) -> None:
        if len(self._waiting) >= _MOST_WAITING:
            logger.error("A question is not kept: %d others wait.", len(self._waiting))
            return
        job = _Job(session, work, time.monotonic() + _PATIENCE)
        future = self._pool.submit(self._do, job)
        self._waiting[future] = job
        future.add_done_callback(lambda done: self._waiting.pop(done, None))

    def _do(self, job: "_Job") -> None:
        while time.monotonic() < min(self._quiet_from, job.latest) and not job.dropped:
            time.sleep(_QUIET_SECONDS / 2)
        if job.dropped:
            return
        try:
            job.work()
        except sa.exc.SQLAlchemyError as error:
            # The kind only: the text of an error holds what was to be stored.
            logger.error("A question could not be kept: %s", type(error).__name__)

    def _keep(self, session: str, turn: Turn) -> None:
        decided = turn.decided or {}
        reason, step = str(decided.get("reason", "")), str(decided.get("step", ""))
        conversation = self._digest(session)
        if step == _FEEDBACK and reason in _VERDICTS:
            self.asked.judge_last(conversation, _VERDICTS[reason])
        message = None
        if turn.message_id is not None and decided.get("status") != "unavailable":
            message = self._digest(session, turn.message_id)
        self.asked.add(
            Question(
                conversation=conversation,
                message=message,
                wording=self._masked(turn.message) if _is_kept(decided) else None,
                status=str(decided.get("status", "")),
                reason=reason,
                step=step,
                asks=str(decided.get("asks", "own")),
                edition=decided.get("edition"),
                probability=decided.get("probability"),
                shown=tuple(dict.fromkeys(_shown(turn.replies))),
                considered=tuple(decided.get("passages") or ())[:3],
                lack=_lack(decided, turn.replies),
            )
        )

    def _masked(self, wording: str) -> str | None:
        """Give a wording without personal data; nothing when that cannot be made sure."""
        try:
            return self.mask(wording)
        except Exception as error:
            logger.error("A question is kept without its wording: %s", type(error).__name__)
            return None

    def _digest(self, *of: str) -> str:
        return hmac.digest(self._key, "\n".join(of).encode(), "sha256").hex()


def _is_kept(decided: Mapping[str, Any]) -> bool:
    """Say whether a wording is kept: not of what is urgent, small talk, or none of our matters."""
    if decided.get("status") in _QUESTIONS:
        return True
    handed = decided.get("status") == "handoff" and decided.get("reason") in _LOOKED_UP
    return handed and decided.get("step") != _FEEDBACK


def _lack(decided: Mapping[str, Any], replies: Sequence[Mapping[str, Any]]) -> Lack | None:
    if not _is_kept(decided):
        return None
    if not is_answered(str(reply.get("status")) for reply in replies):
        if decided.get("status") == "handoff":
            return "handed_off"
        if decided.get("reason") == "nearest":
            return "nearest"
        return None if decided.get("status") == "ambiguous" else "not_covered"
    return None


def _shown(replies: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for reply in replies:
        for source in reply.get("sources") or ():
            yield str(source.get("passage_id", ""))

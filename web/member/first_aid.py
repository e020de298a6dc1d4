"""Urgent help: found in this process, before anything else is asked of a message."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from knowledge.answers.replies import Reply
from knowledge.language.text import clean

# More than the longest message by far. Of what is longer still, the beginning and the end are read.
_READ = 6000
# Threads of its own: those that wait for a locked database are not needed here.
_THREADS = 2

logger = logging.getLogger(__name__)
Check = Callable[[str], tuple[Reply, ...] | None]


class FirstAid:
    """Gives the contacts for a message that cannot wait.

    It needs no Rasa and no database, and asks for no session and no limit.

    :param check: gives the replies to an urgent message, or None; see `Service.first_aid`.
    :param without_model: the same by patterns alone, when `check` fails; see `Service.safety`.
    """

    def __init__(self, check: Check, without_model: Check) -> None:
        self._checks = (check, without_model)
        self._pool = ThreadPoolExecutor(_THREADS, "first-aid")

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def replies(self, message: object) -> list[dict[str, Any]] | None:
        """Give the replies to an urgent message, or None for anything else.

        :param message: as it came, unchecked: what is no text is not urgent.
        """
        text = clean(message) if isinstance(message, str) else ""
        if not text:
            return None
        if len(text) > _READ:
            text = f"{text[: _READ // 2]}\n{text[-_READ // 2 :]}"
        loop = asyncio.get_running_loop()
        replies = await loop.run_in_executor(self._pool, self._find, text)
        return None if replies is None else [reply.to_json() for reply in replies]

    def _find(self, text: str) -> tuple[Reply, ...] | None:
        for check in self._checks:
            try:
                return check(text)
            except Exception as error:
                # An ordinary message is still answered. The kind only: the text can hold its words.
                logger.error("The urgent check failed: %s", type(error).__name__)
        return None

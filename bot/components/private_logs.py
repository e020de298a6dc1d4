"""Keeps what members type out of Rasa's logs."""

from __future__ import annotations

import json
import logging
import traceback


class PrivateFormatter(logging.Formatter):
    """Writes one line a record: what happened and where, never the values it happened with.

    Rasa logs a member's text when a message fails, SQLAlchemy's errors carry the row that was being
    written, and a traceback ends with the text of the error.
    """

    LONGEST = 300

    def format(self, record: logging.LogRecord) -> str:
        """Gives the time, the level, the logger, the first line and the kind of error."""
        parts = [
            self.formatTime(record),
            f"{record.levelname:8}",
            f"{record.name}:",
            _summary(record.getMessage())[: self.LONGEST],
        ]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(f"[{_where(record.exc_info[1])}]")
        return " ".join(parts)


def _summary(message: str) -> str:
    """Keeps the name of a structured event, or the first line of any other message."""
    try:
        fields = json.loads(message)
    except ValueError:
        return message.split("\n", 1)[0]
    if isinstance(fields, dict):
        return str(fields.get("event", "event without a name"))
    return "event without a name"


def _where(error: BaseException) -> str:
    """Names the errors, first cause first, and the line where the last one was raised."""
    chain = [type(error).__name__]
    cause = error.__cause__ or error.__context__
    while cause is not None and len(chain) < 5:
        chain.insert(0, type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)
    last = f", {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return " > ".join(chain) + last

"""Logs that hold nothing a member typed."""

import contextlib
import copy
import logging
import os
import shutil
import traceback
from pathlib import Path
from types import TracebackType

_LONGEST_LOG = 5_000_000  # bytes
_Error = tuple[type[BaseException], BaseException, TracebackType | None]


class PrivateFormatter(logging.Formatter):
    """Writes an error's kind and place, never its text: that can hold a member's words."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the record as text, whatever another handler has kept with it."""
        own = copy.copy(record)
        own.exc_text = None  # where a handler that wrote before us leaves the error's own text
        return super().format(own)

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Give the first line alone: asyncio writes the text of a task's error below it."""
        record.message = record.message.split("\n", 1)[0]
        return super().formatMessage(record)

    def formatException(self, ei: "_Error | tuple[None, None, None]") -> str:
        """Give the error's kind and the last place of ours that it passed through."""
        kind, _, trace = ei
        if kind is None:
            return ""
        frames = traceback.extract_tb(trace)
        own = [frame for frame in frames if "site-packages" not in frame.filename] or frames
        place = f" at {own[-1].filename}:{own[-1].lineno}" if own else ""
        return f"  {kind.__name__}{place}"


def set_up_logs() -> None:
    """Send warnings and errors, one line each, to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    # bm25s sets itself to DEBUG.
    logging.getLogger("bm25s").setLevel(logging.WARNING)


def rotate(path: Path, longest: int = _LONGEST_LOG) -> None:
    """Begin a log anew if it is too long; what it held is kept beside it, until the next time.

    A process may be writing to it all the while, as long as it opened it for adding.

    :raises OSError: if the log cannot be emptied.
    """
    if not path.is_file() or path.stat().st_size <= longest:
        return
    with contextlib.suppress(OSError):  # a full disk is a reason more to empty it
        shutil.copyfile(path, path.with_name(f"{path.name}.1"))
    os.truncate(path, 0)

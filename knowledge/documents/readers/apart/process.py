"""The process that reads files, as seen from the one that needs what is in them."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from knowledge.documents.blocks import Draft
from knowledge.documents.readers import check_size
from knowledge.documents.readers.apart.messages import TOO_MUCH_MEMORY, drafts_from_json
from knowledge.errors import ReaderError

_ROOT = Path(__file__).resolve().parents[4]  # holds the package `knowledge`
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from knowledge.documents.readers.apart.child import main; main()"
)
_PIECE = 1 << 16
_START_SECONDS = 120.0  # a start takes half a second where nothing else runs
_MOST_ANSWER = 200_000_000  # bytes; the drafts of 3,000 pages have about 20 million
_HELP = "please save it again from the program that it was made with, or as text, and add that"


@dataclass(frozen=True)
class Limits:
    """What reading one file may use. A file of 185 pages needs 300 MB and 6 seconds.

    :param memory: bytes.
    :param processor: seconds of one core.
    :param silence: seconds that may pass without a word; each page is a word.
    :param gives_way: whether others go first where the processor is busy, as members must.
    """

    memory: int = 1_000_000_000
    processor: int = 300
    silence: float = 60.0
    gives_way: bool = False


class ReaderProcess:
    """A process that reads files, one after another. It starts at the first one.

    It is a context manager; at its end the process ends. When a file breaks the process, the next
    file gets a new one.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0  # that this process has read

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr]  # both are pipes

    def read(
        self, path: Path, pages_done: Callable[[int, int], object] | None = None
    ) -> tuple[Draft, ...]:
        """Read a file into drafts, one for each document it holds.

        :param pages_done: called with the number of pages read, and of all pages.
        :raises ReaderError: if the file cannot be read, for whatever reason.
        """
        try:
            check_size(path)
        except OSError as problem:
            raise ReaderError(path, f"cannot be opened ({problem.strerror})") from problem
        while True:
            is_new = self._files == 0
            answer = self._ask(path, pages_done)
            if isinstance(answer, _Broken):
                if answer.perhaps_others and not is_new:
                    continue  # once more, alone
                raise ReaderError(path, f"{answer.problem}: {_HELP}")
            break
        if "problem" in answer:
            raise ReaderError(path, answer["problem"], answer["field"])
        return drafts_from_json(answer["drafts"])

    def _ask(
        self, path: Path, pages_done: Callable[[int, int], object] | None
    ) -> "dict[str, Any] | _Broken":
        """Give the answer about a file, or what is wrong with one that broke the process."""
        try:
            process = self._started()
            self._files += 1
            self._send(process, str(path.resolve()))
            for message in self._messages(process):
                if "pages" in message and pages_done is not None:
                    pages_done(*message["pages"])
                elif "pages" not in message and "ready" not in message:
                    return message
            status = process.wait()
        except TimeoutError:
            return self._broken("takes too long to read", False)
        except BrokenPipeError:
            status = self._process.wait() if self._process else 1
        except _TooLong:
            return self._broken("unpacks to far more text than guidance has", False)
        except BaseException:
            self.close()  # what was asked for must not be taken for the next answer
            raise
        if status == TOO_MUCH_MEMORY:
            return self._broken("needs more memory to read than guidance should")
        if hasattr(signal, "SIGXCPU") and status == -signal.SIGXCPU:
            return self._broken("takes too long to read", False)
        return self._broken("breaks the program that reads it")

    def _broken(self, problem: str, perhaps_others: bool = True) -> "_Broken":
        self.close()
        self._files = 0
        return _Broken(problem, perhaps_others)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        self._files = 0
        # -I: nothing of the folder or environment that it starts in decides what is loaded.
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", _CHILD, str(_ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._process = process
        limits = {
            "memory": self.limits.memory,
            "seconds": self.limits.processor,
            "gives_way": self.limits.gives_way,
        }
        self._send(process, limits)
        return process

    def _send(self, process: subprocess.Popen[bytes], message: Any) -> None:
        assert process.stdin is not None  # it is a pipe
        process.stdin.write(json.dumps(message).encode() + b"\n")
        process.stdin.flush()

    def _messages(self, process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
        """Give what the process says, until it ends.

        :raises TimeoutError: if it says nothing for too long.
        """
        assert process.stdout is not None  # it is a pipe
        pieces: list[bytes] = []
        size = 0
        heard = time.monotonic()
        patience = self.limits.silence if self._files > 1 else _START_SECONDS
        ready = selectors.DefaultSelector()
        ready.register(process.stdout, selectors.EVENT_READ)
        while True:
            wait = heard + patience - time.monotonic()
            if not ready.select(max(wait, 0)):
                raise TimeoutError
            piece = os.read(process.stdout.fileno(), _PIECE)
            if not piece:
                return
            *lines, rest = piece.split(b"\n")
            for line in lines:
                yield json.loads(b"".join((*pieces, line)))
                pieces, size = [], 0
                heard, patience = time.monotonic(), self.limits.silence
            pieces.append(rest)
            size += len(rest)
            if size > _MOST_ANSWER:
                raise _TooLong


@dataclass(frozen=True)
class _Broken:
    """A file broke the process.

    :param perhaps_others: whether the files before it may have used the process up.
    """

    problem: str
    perhaps_others: bool


class _TooLong(Exception):
    """An answer has no end."""

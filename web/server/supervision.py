"""Keeps a child process running and answering: one hostile request can end it, or hang it."""

import asyncio
import contextlib
import logging
import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from web.server.child import launched, remember
from web.server.logs import rotate

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Child:
    """A server that runs as a child of ours.

    :param name: what the log calls it.
    :param command: its command line, the program's whole path first.
    :param folder: where it runs.
    :param log: the file that everything it prints is added to.
    :param pid_file: where it is written down while it runs.
    :param url: what it answers as soon as it serves.
    """

    name: str
    command: Sequence[str]
    folder: Path
    environ: Mapping[str, str]
    log: Path
    pid_file: Path
    url: str


@dataclass(frozen=True)
class Patience:
    """How long a child is waited for, in seconds.

    :param probe: between two questions whether it answers, once it has.
    :param early: the same before its first answer.
    :param answer: for the answer to one.
    :param misses: so many questions without an answer, one after another, mean that it hangs.
    :param start: for its first answer after a start.
    :param stop: for its end after it was asked to stop; some stop us themselves after 10 s.
    :param first_pause: before it is started again; twice as long each further time.
    :param longest_pause: the longest of those pauses.
    :param settled: after running so long, the pauses begin with the first again.
    """

    probe: float = 5
    early: float = 1
    answer: float = 5
    misses: int = 3
    start: float = 120
    stop: float = 8
    first_pause: float = 1
    longest_pause: float = 30
    settled: float = 60


class Keeper:
    """Runs a child and starts it again whenever it ends or hangs, until told to stop."""

    def __init__(self, child: Child, patience: Patience | None = None) -> None:
        self._child = child
        self._patience = patience or Patience()

    async def keep(self, stop: asyncio.Event) -> None:
        """Keep the child running until `stop` is set; it has ended when this returns."""
        pause = self._patience.first_pause
        while not stop.is_set():
            began = time.monotonic()
            try:
                why = await self._run(stop)
            except Exception as error:  # a full disk, too many processes: it may pass
                why = f"could not be started ({getattr(error, 'strerror', '') or type(error)})"
            if stop.is_set():
                return
            if time.monotonic() - began > self._patience.settled:
                pause = self._patience.first_pause
            logger.error("%s %s; starting it again in %g s.", self._child.name, why, pause)
            await _wait(stop, pause)
            pause = min(2 * pause, self._patience.longest_pause)

    async def _run(self, stop: asyncio.Event) -> str:
        """Run the child once, and give why it must be started again."""
        child = self._child
        rotate(child.log)
        with child.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *launched(child.command),
                cwd=child.folder,
                env=dict(child.environ),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C goes to us; we stop it after the app has answered its last request.
                start_new_session=True,
            )
        ended = asyncio.create_task(process.wait())
        stopping = asyncio.create_task(stop.wait())
        hanging = asyncio.create_task(self._hanging())
        try:
            with contextlib.suppress(OSError):  # it matters only if we are killed
                remember(child.pid_file, process.pid)
            await asyncio.wait({ended, stopping, hanging}, return_when=asyncio.FIRST_COMPLETED)
            if process.returncode is not None:
                return f"ended with code {process.returncode}"
            if not stop.is_set():
                return hanging.result()
            _signal(process, signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(ended), self._patience.stop)
            return ""
        finally:
            _signal(process, signal.SIGKILL)
            await ended
            stopping.cancel()
            hanging.cancel()
            await asyncio.gather(stopping, hanging, return_exceptions=True)
            child.pid_file.unlink(missing_ok=True)

    async def _hanging(self) -> str:
        """Wait until the child does not answer, and give that in words."""
        patience, answered, misses = self._patience, False, 0
        began = time.monotonic()
        async with httpx.AsyncClient(timeout=patience.answer, trust_env=False) as http:
            while True:
                # Often until it answers once: a child that hangs soon after that is hanging, too,
                # and must not be waited for as one that still starts.
                await asyncio.sleep(patience.probe if answered else patience.early)
                with contextlib.suppress(OSError):
                    rotate(self._child.log)
                try:
                    await http.get(self._child.url)
                    answered, misses = True, 0
                except httpx.HTTPError:
                    misses += 1
                if answered and misses >= patience.misses:
                    return "hangs"
                if not answered and time.monotonic() - began > patience.start:
                    return f"does not answer {patience.start:g} s after its start"


def _signal(process: asyncio.subprocess.Process, number: int) -> None:
    """Send a signal to a child and to all that it started."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)

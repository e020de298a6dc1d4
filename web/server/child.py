"""Children that do not outlive us, and the end of one that did.

This file is also the launcher of every child: run by its path, it imports nothing of ours.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_END_SECONDS = 10.0


def launched(command: Sequence[str]) -> list[str]:
    """Give the command line that runs a command which is killed when this process ends.

    Start it from the main thread: Linux means the thread that started it. Elsewhere than on Linux
    it outlives us if we are killed, and `end_leftover` ends it at the next start.
    """
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), *command]


def remember(file: Path, pid: int) -> None:
    """Write down a child that runs, so that the next start knows it for ours."""
    file.write_text(f"{pid} {_started(pid)}", encoding="utf-8")


def end_leftover(file: Path, mark: str) -> bool:
    """End the child that an earlier process of ours wrote down, if that child still runs.

    :param mark: what the child's command line holds, and no other program's.
    :return: whether one was ended. Another process that has got its number is left alone.
    """
    try:
        number, _, started = file.read_text(encoding="utf-8").partition(" ")
        pid = int(number)
    except (OSError, ValueError):
        return False
    if pid <= 1 or not started or _started(pid) != started or mark not in _command_line(pid):
        return False
    deadline = time.monotonic() + _END_SECONDS
    try:
        os.kill(pid, signal.SIGKILL)
        while _started(pid) == started and time.monotonic() < deadline:
            time.sleep(0.05)
    except ProcessLookupError:
        pass
    return True


def _started(pid: int) -> str:
    """Give when a process began, in the system's own words; empty if none of this number runs."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "" if Path("/proc/self/stat").exists() else _ps(pid, "lstart=")
    # The name, in brackets, can hold spaces and brackets itself.
    state, *rest = stat.rpartition(")")[2].split()
    return "" if state in "ZX" else rest[18]


def _command_line(pid: int) -> str:
    try:
        line = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return _ps(pid, "command=")
    return line.replace("\0", " ")


def _ps(pid: int, what: str) -> str:
    command = ["ps", "-ww", "-o", what, "-p", str(pid)]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return result.stdout.strip()


def _launch(parent: int, command: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        return
    os.execv(command[0], command)


if __name__ == "__main__":
    _launch(int(sys.argv[1]), sys.argv[2:])

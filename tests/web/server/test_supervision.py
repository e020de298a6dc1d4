"""A child of ours is kept running and answering, and does not outlive us."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import psutil
import pytest

from tests.product import ROOT, free_ports, runs
from web.server.child import end_leftover, launched, remember
from web.server.supervision import Child, Keeper, Patience

WAIT = 60
QUICK = Patience(
    probe=0.1, early=0.1, answer=1, misses=3, start=WAIT, stop=1, first_pause=0.1, longest_pause=0.4
)
SERVES = """
import http.server, signal, sys
if "stubborn" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler)\
.serve_forever()
"""

ORPHAN = """
import os, sys, time
open(sys.argv[1], "w").write(f"{os.getpid()}!")
time.sleep(600)
"""
PARENT = f"""
import subprocess, sys
from web.server.child import launched
subprocess.run(launched([sys.executable, "-c", {ORPHAN!r}, sys.argv[1]]))
"""


def child(folder: Path, *command: str, port: int = 9) -> Child:
    return Child(
        name="Rasa",
        command=[sys.executable, "-c", *command],
        folder=folder,
        environ=os.environ,
        log=folder / "rasa.log",
        pid_file=folder / "rasa.pid",
        url=f"http://127.0.0.1:{port}",
    )


def serving(folder: Path, *more: str) -> Child:
    (port,) = free_ports(1)
    return child(folder, SERVES, str(port), *more, port=port)


@contextlib.asynccontextmanager
async def kept(kept: Child, patience: Patience = QUICK) -> AsyncIterator[None]:
    stop = asyncio.Event()
    keeping = asyncio.create_task(Keeper(kept, patience).keep(stop))
    try:
        yield
    finally:
        stop.set()
        await keeping


async def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)


async def answering(child: Child, other_than: int = 0) -> int:
    """Wait until a child answers; give its number."""
    pid = 0

    def answers() -> bool:
        nonlocal pid
        try:
            httpx.get(child.url, timeout=0.5)
            pid = int(child.pid_file.read_text().split()[0])
        except (httpx.HTTPError, OSError, ValueError, IndexError):
            return False
        return pid != other_than

    await until(answers)
    return pid


def tries(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def test_a_child_that_was_killed_is_started_again(tmp_path: Path) -> None:
    async def run() -> None:
        rasa = serving(tmp_path)
        async with kept(rasa):
            first = await answering(rasa)
            os.kill(first, signal.SIGKILL)
            await answering(rasa, other_than=first)

    asyncio.run(run())


def test_a_child_that_hangs_is_started_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        rasa = serving(tmp_path)
        async with kept(rasa):
            first = await answering(rasa)
            await asyncio.sleep(1)  # the keeper too has had an answer
            os.kill(first, signal.SIGSTOP)
            await answering(rasa, other_than=first)
            assert not psutil.pid_exists(first)

    asyncio.run(run())
    assert tries(caplog) == ["Rasa hangs; starting it again in 0.1 s."]


def test_a_child_that_never_answers_is_started_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        silent = child(tmp_path, "import time; time.sleep(600)", port=free_ports(1)[0])
        async with kept(silent, Patience(probe=0.1, early=0.1, start=1, first_pause=0.1)):
            await until(lambda: len(tries(caplog)) == 2)

    asyncio.run(run())
    assert "does not answer 1 s after its start" in tries(caplog)[0]


def test_a_child_that_always_ends_is_tried_again_with_growing_pauses_and_one_line_a_try(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        async with kept(child(tmp_path, "print('no luck'); raise SystemExit(3)")):
            await until(lambda: len(tries(caplog)) == 4)

    asyncio.run(run())
    assert tries(caplog) == [
        f"Rasa ended with code 3; starting it again in {pause} s."
        for pause in ("0.1", "0.2", "0.4", "0.4")
    ]
    # What every run said is kept.
    assert (tmp_path / "rasa.log").read_text().count("no luck") >= 4


def test_a_start_that_fails_does_not_end_the_supervision(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        rasa = serving(tmp_path)
        rasa.log.mkdir()  # it cannot be opened
        async with kept(rasa):
            await until(lambda: len(tries(caplog)) == 2)
            rasa.log.rmdir()
            await answering(rasa)

    asyncio.run(run())
    assert "could not be started (Is a directory)" in tries(caplog)[0]


def test_a_child_that_does_not_want_to_stop_is_killed(tmp_path: Path) -> None:
    async def run() -> int:
        rasa = serving(tmp_path, "stubborn")
        async with kept(rasa):
            return await answering(rasa)

    assert not psutil.pid_exists(asyncio.run(run()))
    assert not (tmp_path / "rasa.pid").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_child_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    number = tmp_path / "number"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(number)], cwd=ROOT)
    deadline = time.monotonic() + WAIT
    while not (number.exists() and number.read_text().endswith("!")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    orphan = psutil.Process(int(number.read_text()[:-1]))
    parent.kill()
    parent.wait()
    while runs(orphan):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def leftover() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", "import time; time.sleep(600)", "/data/of/ours/model"]
    return subprocess.Popen(command)


def test_a_leftover_of_ours_is_ended(tmp_path: Path, leftover: "subprocess.Popen[bytes]") -> None:
    remember(tmp_path / "rasa.pid", leftover.pid)
    assert end_leftover(tmp_path / "rasa.pid", "/data/of/ours/")
    assert leftover.wait(WAIT) == -signal.SIGKILL


@pytest.mark.parametrize("kind", ["other start", "other command", "no start", "damaged", "none"])
def test_a_process_that_is_not_provably_ours_is_left_alone(
    tmp_path: Path, leftover: "subprocess.Popen[bytes]", kind: str
) -> None:
    file, mark = tmp_path / "rasa.pid", "/data/of/ours/"
    remember(file, leftover.pid)
    if kind == "other start":
        file.write_text(f"{file.read_text()}1")
    elif kind == "other command":
        mark = "/data/of/others/"
    elif kind == "no start":
        file.write_text(str(leftover.pid))
    elif kind == "damaged":
        file.write_bytes(b"\0\xff")
    else:
        file.unlink()
    try:
        assert not end_leftover(file, mark)
        assert leftover.poll() is None
    finally:
        leftover.kill()
        leftover.wait()


def test_a_launched_command_is_itself_what_runs(tmp_path: Path) -> None:
    line = [sys.executable, "-c", "import os; print(os.getpid())"]
    process = subprocess.Popen(launched(line), stdout=subprocess.PIPE, text=True)
    assert int(process.communicate()[0]) == process.pid

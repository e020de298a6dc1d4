"""The product outlives the end of its processes: it starts again by itself, or is started again."""

import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pytest

from tests.product import (
    ROOT,
    SERVE,
    START_SECONDS,
    NotStarted,
    Running,
    environment,
    processes_over,
    runs,
    started,
)

pytestmark = pytest.mark.servers


def answers(url: str) -> bool:
    """Say whether a message passes through both processes now."""
    try:
        reply = httpx.post(f"{url}/chat", json={"message": "hello"}, timeout=60).json()
        return bool(reply["replies"][0]["status"] == "chat")
    except httpx.HTTPError:
        return False


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(1)


def rasa_of(running: Running) -> psutil.Process:
    """Give the Rasa of a running product."""
    (rasa,) = (p for p in processes_over(running.home) if p.pid != running.process.pid)
    return rasa


def copied(home: Path, folder: Path) -> Path:
    """Copy what takes long to make."""
    names = shutil.ignore_patterns("*.db*", "*.log*", "*.pid", "*.lock")
    return Path(shutil.copytree(home, folder / "home", ignore=names))


def rasas_over(home: Path) -> list[psutil.Process]:
    """Give Rasa's processes over a data folder; the one that reads files is not among them."""
    return [one for one in processes_over(home) if "rasa" in one.cmdline()]


def test_the_product_starts_again_after_it_was_killed_and_a_hung_rasa_is_replaced(
    running: Running, tmp_path: Path
) -> None:
    home = copied(running.home, tmp_path)  # one start serves all: it takes half a minute

    with started(home, {}) as killed:
        first = rasa_of(killed)
        killed.process.kill()
        killed.process.wait()
        with started(home, {}) as again:
            assert not runs(first), "Rasa of the killed one still runs"
            assert answers(again.url)
            with pytest.raises(NotStarted, match="Another 'advice serve'"), started(home, {}):
                pass
            hung = rasa_of(again)
            hung.send_signal(signal.SIGSTOP)
            until(lambda: not runs(hung))
            until(lambda: answers(again.url))
            assert "Rasa hangs" in (home / "app.log").read_text()
    assert processes_over(home) == []


@pytest.mark.parametrize("child", ["training", "Rasa"])
def test_a_start_that_is_stopped_while_its_child_works_leaves_no_process_and_no_half_a_model(
    running: Running, tmp_path: Path, child: str
) -> None:
    home = copied(running.home, tmp_path)
    if child == "training":
        shutil.rmtree(home / "models")
    process = subprocess.Popen(SERVE, cwd=ROOT, env=environment(home, {}))
    until(lambda: process.poll() is not None or rasas_over(home))
    time.sleep(3)
    assert rasas_over(home)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert processes_over(home) == []
    models = [] if child == "training" else list((running.home / "models").glob("*"))
    assert [p.name for p in (home / "models").glob("*")] == [p.name for p in models]

"""The product outlives the end of its processes: it starts again by itself, or is started again."""

import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pytest

from tests.product import START_SECONDS, NotStarted, Running, processes_over, started

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


def test_the_product_starts_again_after_it_was_killed_and_a_hung_rasa_is_replaced(
    running: Running, tmp_path: Path
) -> None:
    # One start serves all: it takes half a minute.
    home = tmp_path / "home"
    names = shutil.ignore_patterns("*.db*", "*.log", "*.pid", "*.lock")
    shutil.copytree(running.home, home, ignore=names)

    with started(home, {}) as killed:
        first = rasa_of(killed)
        killed.process.kill()
        killed.process.wait()
        with started(home, {}) as again:
            assert not first.is_running(), "Rasa of the killed one still runs"
            assert answers(again.url)
            with pytest.raises(NotStarted, match="Another 'advice serve'"), started(home, {}):
                pass
            hung = rasa_of(again)
            hung.send_signal(signal.SIGSTOP)
            until(lambda: not hung.is_running())
            until(lambda: answers(again.url))
            assert "Rasa hangs" in (home / "app.log").read_text()
    assert processes_over(home) == []

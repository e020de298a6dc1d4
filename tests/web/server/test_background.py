"""Work in the background goes on when it fails, and ends with the site."""

import asyncio
import threading
import time

import pytest

from web.server import background
from web.server.background import Background
from web.server.logs import PrivateFormatter


def test_work_that_fails_is_done_again_and_its_words_are_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = threading.Semaphore(0)

    def fails() -> None:
        done.release()
        raise ValueError("a secret")

    async def run() -> None:
        async with Background("mail", 0.01, fails).running():
            for _ in range(3):
                assert await asyncio.to_thread(done.acquire, timeout=10)

    asyncio.run(run())
    logged = "\n".join(PrivateFormatter("%(message)s").format(each) for each in caplog.records)
    assert "Work in the background failed: mail" in logged
    assert "secret" not in logged


def test_it_ends_at_once_while_it_waits() -> None:
    done = threading.Event()
    began = time.monotonic()

    async def run() -> None:
        async with Background("mail", 3600, done.set).running():
            await asyncio.to_thread(done.wait, 10)

    asyncio.run(run())
    assert done.is_set()
    assert time.monotonic() - began < 5


def test_the_end_does_not_wait_for_work_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_END_SECONDS", 0.1)
    begun, end = threading.Event(), threading.Event()

    def hangs() -> None:
        begun.set()
        end.wait(30)

    async def run() -> None:
        async with Background("mail", 1, hangs).running():
            await asyncio.to_thread(begun.wait, 10)

    asyncio.run(asyncio.wait_for(run(), 10))
    assert not end.is_set()
    end.set()

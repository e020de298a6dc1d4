"""Rasa with the app down: it still says how to reach the advice line."""

import asyncio
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from knowledge.settings import Settings
from tests.product import START_SECONDS, Running, free_ports
from web.server.processes import _rasa_command
from web.server.rasa import Rasa
from web.server.training import bot_environment

pytestmark = pytest.mark.servers


@pytest.fixture
def alone(running: Running, tmp_path: Path) -> Iterator[str]:
    """Start a Rasa of its own with the trained model, whose app does not listen. Gives its URL."""
    rasa_port, action_port = free_ports(2)
    settings = Settings(
        home=running.home,
        rasa_port=rasa_port,
        action_port=action_port,
        tracker_url=f"sqlite:///{tmp_path / 'conversations.db'}",
    )
    (model,) = (running.home / "models").glob("*.tar.gz")
    log = tmp_path / "rasa.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            _rasa_command(settings, model),
            cwd=tmp_path,
            env=bot_environment(settings, os.environ),
            stdout=output,
            stderr=output,
        )
    url = f"http://127.0.0.1:{rasa_port}"
    try:
        wait_for_rasa(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(60)


def wait_for_rasa(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(url, timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    pytest.fail(f"Rasa did not start:\n{log.read_text(errors='replace')}")


def test_when_the_app_is_down_rasa_gives_the_contact_details_for_each_message(alone: str) -> None:
    async def talk() -> list[list[str]]:
        rasa = Rasa(alone, seconds=60)
        try:
            said = [
                await rasa.send("a-conversation", message)
                for message in ("hello", "what notice must I give?", "hello", "I feel awful")
            ]
        finally:
            await rasa.close()
        return [
            [reply["status"], reply["contact"]["phone"], reply["contact"]["email"]]
            for replies in said
            for reply in replies
        ]

    assert asyncio.run(talk()) == [["unavailable", "0300 30 30 333", "info@naht.org.uk"]] * 4

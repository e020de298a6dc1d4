"""What several tests share: a data folder with published guidance, and the running product."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from knowledge.embedding import Embedder, load_embedder
from knowledge.encoder import export_encoder
from knowledge.service import Service
from knowledge.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 600


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run quick tests first and the browser's last: its event loop stays open to the end."""
    items.sort(key=lambda item: [bool(item.get_closest_marker(m)) for m in ("browser", "servers")])


@dataclass(frozen=True)
class Running:
    """The product, running: both processes, started as a user would."""

    url: str
    home: Path
    process: "subprocess.Popen[str]"


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, exported: Path) -> Path:
    """Give the data folder that the whole session shares, so that guidance is embedded once."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(exported, Settings(home=home).encoder_folder)
    return home


@pytest.fixture(scope="session")
def exported(pytestconfig: pytest.Config) -> Path:
    """Give the exported embedding model; the next session finds it in pytest's cache."""
    folder = pytestconfig.cache.mkdir("encoder")  # type: ignore[union-attr]  # the plugin is on
    export_encoder(None, folder)
    return folder


@pytest.fixture(scope="session")
def embedder(exported: Path) -> Embedder:
    """Give the real embedding model."""
    return load_embedder(exported)


@pytest.fixture(scope="session")
def service(home: Path) -> Iterator[Service]:
    """Give the answer service over the bundled guidance."""
    service = Service(Settings(home=home))
    service.library.add([service.settings.guidance], bundled=True)
    yield service
    service.close()


@pytest.fixture(scope="session")
def running(home: Path, service: Service) -> Iterator[Running]:
    """Start both processes once, over the session's data folder."""
    port, rasa_port, action_port = free_ports(3)
    environ = {
        **os.environ,
        "ADVICE_HOME": str(home),
        "ADVICE_PORT": str(port),
        "ADVICE_RASA_PORT": str(rasa_port),
        "ADVICE_ACTION_PORT": str(action_port),
        # The tests send far more than a school would.
        "ADVICE_RATE": "100000",
        "ADVICE_ADDRESS_RATE": "100000",
    }
    command = [sys.executable, "-m", "web.cli", "serve"]
    log = home / "app.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=output, stderr=output, text=True
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(url, process, log)
        yield Running(url, home, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_until_ready(url: str, process: "subprocess.Popen[str]", log: Path) -> None:
    """Wait until the product is healthy; fail with its own words when it is not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"The product stopped by itself:\n{log.read_text()}")
        try:
            if httpx.get(f"{url}/health", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    pytest.fail(f"The product was not ready in {START_SECONDS} seconds:\n{log.read_text()}")


def free_ports(count: int) -> list[int]:
    """Give ports that nothing listens on."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()

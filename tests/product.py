"""The product, started as a user would start it: for tests and benchmarks."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import psutil

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 600
SERVE = (sys.executable, "-m", "web.cli", "serve")


class NotStarted(Exception):
    """The product stopped by itself, or did not become healthy; the text is its own words."""


@dataclass(frozen=True)
class Running:
    """The product, running: both processes.

    :param seconds: how long it took until it was healthy.
    """

    url: str
    home: Path
    process: "subprocess.Popen[bytes]"
    seconds: float


@contextlib.contextmanager
def started(home: Path, settings: Mapping[str, str], port: int | None = None) -> Iterator[Running]:
    """Run both processes over a data folder, and stop them at the end.

    :param settings: environment variables beside those of the data folder, ports and rates.
    :param port: the public port; None finds a free one.
    :raises NotStarted: if it does not become healthy.
    """
    environ = environment(home, {**({"ADVICE_PORT": str(port)} if port else {}), **settings})
    log, begin = home / "app.log", time.perf_counter()
    with log.open("ab") as output:
        process = subprocess.Popen(SERVE, cwd=ROOT, env=environ, stdout=output, stderr=output)
    url = f"http://127.0.0.1:{environ['ADVICE_PORT']}"
    try:
        _wait_until_healthy(url, process, log)
        yield Running(url, home, process, time.perf_counter() - begin)
    finally:
        process.send_signal(signal.SIGINT)  # nothing happens if it has ended
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()


def environment(home: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of a product over a data folder, on ports that are free."""
    public, rasa, action = free_ports(3)
    return {
        **os.environ,
        "ADVICE_HOME": str(home),
        "ADVICE_PORT": str(public),
        "ADVICE_RASA_PORT": str(rasa),
        "ADVICE_ACTION_PORT": str(action),
        # We send far more than a school would.
        "ADVICE_RATE": "1000000",
        "ADVICE_ADDRESS_RATE": "1000000",
        **settings,
    }


def _wait_until_healthy(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/health", timeout=10).status_code == 200:
                return
        time.sleep(0.1)
    raise NotStarted(log.read_text(errors="replace"))


def processes_over(home: Path) -> list[psutil.Process]:
    """Give the processes that run over a data folder, Rasa's among them."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("ADVICE_HOME") == str(home):
                found.append(process)
    return found


def runs(process: psutil.Process) -> bool:
    """Say whether a process still runs; one that has ended may wait to be noticed by its parent."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class Website:
    """Another website, with one page that the tests write."""

    def __init__(self) -> None:
        self.page = ""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = outer.page.encode()
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Website":
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


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

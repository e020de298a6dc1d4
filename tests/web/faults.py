"""Faults that are real: a locked database, a disk that is full, and what stands in Rasa's place."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import sqlalchemy as sa

from web.member.conversations import Conversations, Turn
from web.server.site import Site


@contextmanager
def locked(site: Site) -> Iterator[sqlite3.Connection]:
    """Hold a real lock on the database, as another process can."""
    path = site.settings.home / "advice.db"
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN EXCLUSIVE")
    yield connection
    if connection.in_transaction:
        connection.execute("ROLLBACK")
    connection.close()


def cannot_write(site: Site, pragma: str) -> None:
    """Make SQLite refuse to write, as it does when the disk is full or may only be read."""
    engine = site.conversations.engine
    if pragma.startswith("max_page_count"):
        fill(site.conversations, 10000, times=5)

    def prepare(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA {pragma}")

    engine.dispose()
    sa.event.listen(engine, "connect", prepare)
    for letters in (10000, 1):  # what is left of the last page is filled too
        with pytest.raises(sa.exc.OperationalError):
            fill(site.conversations, letters, times=1000)


def fill(conversations: Conversations, letters: int, times: int) -> None:
    for _ in range(times):
        conversations.add("full", Turn("x" * letters, []))


class StandIn:
    """A server in Rasa's place that replies what it is told to; real Rasa cannot be made to."""

    def __init__(self, replies: Sequence[dict[str, Any]], seconds: float = 0) -> None:
        self.replies, self.seconds, self.heard = list(replies), seconds, list[str]()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.heard.append(json.loads(body)["message"])
                time.sleep(outer.seconds)
                said = json.dumps([{"custom": reply} for reply in outer.replies]).encode()
                self.send_response(200)
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port

    def __enter__(self) -> "StandIn":
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

"""What Rasa is given, and what is made of its replies."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.product import free_ports
from web.server.rasa import Rasa, as_said

REPLY = {"text": "Hello.", "status": "chat"}


@given(st.text(st.characters()))
@example("/restart")
@example(" \u00a0/restart")
@example("\uff0f\u200b/restart")
@example("\u2028/restart")
@example("\ufeff/restart")
@example("/\ud800")
def test_rasa_is_never_given_a_command_or_nothing_or_half_a_character(message: str) -> None:
    said = as_said(message)
    assert said.strip()
    assert not said.strip().startswith("/")
    assert said.encode("utf-8")


def test_a_slash_within_a_message_stays() -> None:
    assert as_said("half-term / inset days") == "half-term / inset days"


@pytest.fixture
def answering() -> Iterator[Callable[[bytes, int], str]]:
    """Start servers in Rasa's place that give one body; real Rasa cannot be made to."""
    servers: list[ThreadingHTTPServer] = []

    def start(body: bytes, status: int = 200) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def send(address: str, message: str = "hello") -> list[dict[str, Any]]:
    async def sending() -> list[dict[str, Any]]:
        rasa = Rasa(address, seconds=10)
        try:
            return await rasa.send("sender", message)
        finally:
            await rasa.close()

    return asyncio.run(sending())


def test_replies_of_the_actions_are_passed_on(answering: Callable[..., str]) -> None:
    assert send(answering(json.dumps([{"custom": REPLY}]).encode())) == [REPLY]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[]", 200),
        (b"null", 200),
        (b"5", 200),
        (b"{}", 200),
        (b"not json", 200),
        (b'[{"text": "Rasa\'s own words"}]', 200),
        (b'[{"custom": {"text": "without a status"}}]', 200),
        (b'[null, {"custom": []}]', 200),
        (b'[{"custom": {"status": "chat"}}]', 503),
        (b"", 500),
    ],
)
def test_anything_else_from_rasa_counts_as_no_reply(
    answering: Callable[..., str], body: bytes, status: int
) -> None:
    assert send(answering(body, status)) == []


def test_a_rasa_that_is_down_gives_no_reply_and_the_log_does_not_say_what_was_asked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    (port,) = free_ports(1)
    assert send(f"http://127.0.0.1:{port}", "my secret matter") == []
    assert "Rasa gave no reply" in caplog.text
    assert "secret" not in caplog.text

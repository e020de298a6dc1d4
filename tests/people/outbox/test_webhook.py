"""Webhooks reach a real HTTP server: signed afresh, retried, and nothing of our own network."""

import base64
import hashlib
import hmac
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import sqlalchemy as sa

from people.outbox.carrier import NotSent
from people.outbox.delivery import Delivery
from people.outbox.mail import Mail, Way, queue
from people.outbox.outbox import Outbox
from people.outbox.webhook import Address, Webhook, is_public
from tests.people.clock import Clock
from tests.people.outbox.post_office import certificate, letter, server_context

HOOKS: tuple[Way, ...] = ("webhook",)
OLD, NEW = ("whsec_" + base64.b64encode(key * 24).decode() for key in (b"o", b"n"))


class Receiver(ThreadingHTTPServer):
    """Takes calls, and keeps them.

    :param says: the statuses of the next answers; 204 after them.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.says: list[int] = []
        self.got: list[tuple[dict[str, str], bytes]] = []

    def hook(self, *secrets: str, scheme: str = "http") -> Webhook:
        """Give the way to it, as if this machine were the internet."""
        url = f"{scheme}://127.0.0.1:{self.server_port}/hooks?desk=1"
        return Webhook(url, secrets or (NEW,), allowed=lambda _: True)


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.got.append(({**headers, ":path": self.path}, body))
        self.send_response(self.server.says.pop(0) if self.server.says else 204)
        self.send_header("location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running(server: Receiver) -> Iterator[Receiver]:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running(Receiver()) as server:
        yield server


@pytest.fixture
def outbox(engine: sa.Engine, clock: Clock) -> Outbox:
    outbox = Outbox(engine, clock)
    call = Mail("case.new", "hooks.example.org", "A new case", {"reference": "KTR-4821"}, "webhook")
    with engine.begin() as connection:
        queue(connection, call, clock.time)
    return outbox


def is_signed(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """Check a call as the standard has receivers do it."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return expected in headers["webhook-signature"].split(" ")


def test_a_call_is_signed_as_the_standard_says(outbox: Outbox, receiver: Receiver) -> None:
    assert Delivery(outbox, {"webhook": receiver.hook()}).send_due() == 1
    ((headers, body),) = receiver.got
    assert headers[":path"] == "/hooks?desk=1"
    assert is_signed(headers, body, NEW)
    assert not is_signed(headers, body + b" ", NEW)
    assert not is_signed(headers, body, OLD)
    sent = json.loads(body)
    assert (sent["type"], sent["data"]) == ("case.new", {"reference": "KTR-4821"})


def test_during_a_rotation_either_secret_is_good(outbox: Outbox, receiver: Receiver) -> None:
    assert Delivery(outbox, {"webhook": receiver.hook(NEW, OLD)}).send_due() == 1
    assert all(is_signed(*receiver.got[0], secret) for secret in (OLD, NEW))


def test_a_receiver_that_fails_at_first_gets_the_call_later_with_the_same_identifier(
    outbox: Outbox, receiver: Receiver, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.says = [500]
    worker = Delivery(outbox, {"webhook": receiver.hook()})
    monkeypatch.setattr("people.outbox.webhook.utc_now", clock)
    assert worker.send_due() == 0
    assert outbox.rows("failing", 1)[0].problem == "127.0.0.1: it answers 500"
    assert worker.send_due() == 0  # not before its pause is over
    clock.later(minutes=2)
    assert worker.send_due() == 1
    (first, first_body), (second, second_body) = receiver.got
    assert first["webhook-id"] == second["webhook-id"]
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 120
    assert is_signed(first, first_body, NEW)
    assert is_signed(second, second_body, NEW)


def test_a_redirect_is_not_followed(outbox: Outbox, receiver: Receiver) -> None:
    receiver.says = [307]
    assert Delivery(outbox, {"webhook": receiver.hook()}).send_due() == 0
    assert [headers[":path"] for headers, _ in receiver.got] == ["/hooks?desk=1"]
    assert outbox.rows("failing", 1)[0].problem.endswith("it answers 307")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
def test_an_address_of_our_own_network_is_never_called(
    outbox: Outbox, receiver: Receiver, host: str
) -> None:
    hook = replace(Webhook("", (NEW,)), url=f"http://{host}:{receiver.server_port}/")
    assert Delivery(outbox, {"webhook": hook}).send_due() == 0
    assert "is not one of the internet" in outbox.rows("failing", 1)[0].problem
    assert receiver.got == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True), ("2606:4700::1111", True), ("10.1.2.3", False), ("172.20.0.1", False),
        ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False), ("::", False),
        ("fd00::1", False), ("fe80::1", False), ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False), ("64:ff9b::a00:1", False), ("ff02::1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_of_the_internet(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


def test_the_address_that_was_checked_is_the_one_that_is_called(
    outbox: Outbox, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    checked: list[Address] = []

    def look_up(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)  # a second question would get another answer
        return [(2, 1, 6, "", ("127.0.0.1" if len(asked) == 1 else "10.0.0.1", port))]

    def note(address: Address) -> bool:
        checked.append(address)
        return True

    hook = replace(
        receiver.hook(),
        url=f"http://hooks.example.org:{receiver.server_port}/",
        allowed=note,
    )
    monkeypatch.setattr("people.outbox.webhook.socket.getaddrinfo", look_up)
    kept = outbox.claim(HOOKS)
    assert kept
    # Connecting looks up a number only, which the system answers by itself.
    monkeypatch.setattr("socket.create_connection", connect_to_number)
    hook.carry(kept)
    assert [str(address) for address in checked] == ["127.0.0.1"]
    assert receiver.got[0][0]["host"] == f"hooks.example.org:{receiver.server_port}"
    assert asked == ["hooks.example.org"]


def connect_to_number(address: tuple[str, int], timeout: float) -> object:
    import socket

    ipaddress.ip_address(address[0])  # fails for a name
    made = socket.socket()
    made.settimeout(timeout)
    made.connect(address)
    return made


def test_a_certificate_that_nobody_vouches_for_is_refused(outbox: Outbox, tmp_path: Path) -> None:
    file = certificate(tmp_path)
    server = Receiver()
    server.socket = server_context(file).wrap_socket(server.socket, server_side=True)
    with running(server) as receiver:
        kept = outbox.claim(HOOKS)
        assert kept
        hook = receiver.hook(scheme="https")
        with pytest.raises(NotSent, match="certificate cannot be trusted"):
            hook.carry(kept)
        trusting = replace(hook, context=lambda: ssl.create_default_context(cafile=str(file)))
        trusting.carry(kept)
        assert len(receiver.got) == 1


def test_what_goes_another_way_keeps_waiting(outbox: Outbox, receiver: Receiver) -> None:
    with outbox.engine.begin() as connection:
        queue(connection, letter(), outbox.now())
    assert Delivery(outbox, {"webhook": receiver.hook()}).send_due() == 1
    assert outbox.counts() == {"waiting": 1, "failing": 0, "sent": 1}


def test_its_secrets_are_in_no_text() -> None:
    assert NEW not in repr(Webhook("https://hooks.example.org/", (NEW,)))

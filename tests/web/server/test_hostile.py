"""Whatever is sent to the chat, the product refuses it or replies: it never fails."""

import json
from typing import Any

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.product import Running

pytestmark = pytest.mark.servers

TEXT = st.text(st.characters(), max_size=1100)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
CHAT = st.fixed_dictionaries(
    {"message": TEXT | JSON}, optional={"session": st.none() | JSON, "message_id": JSON}
)
BODIES = st.one_of(st.binary(max_size=500), (JSON | CHAT).map(lambda v: json.dumps(v).encode()))

HOSTILE = [
    "\0",
    "\ud800",
    "a\udfffb",
    "/restart",
    '/ask_person{"a": "b"}',
    "\u202eevil txt\u202c",
    "هل يمكنني الانضمام؟ 🙂" * 20,
    "👩🏽‍🏫" * 250,
    "ﷺ" * 1000,
    "x" * 1000,
    "a " * 500,
    "?" * 1000,
    "\u0301" * 1000,
    "{conversation} {{7*7}} %s %n ${ADVICE_HOME}",
    "'; DROP TABLE turns; --",
    "<script>alert(1)</script>",
    "\r\n\r\nHTTP/1.1 200 OK",
    "\uffff\ufffe",
]
BROKEN = [
    b"",
    b"[" * 60000,
    b'{"message": ' + b"9" * 5000 + b"}",
    b'{"message": NaN}',
    b'{"message": "hello", "session": 1e999}',
    b'{"message": "\xff"}',
    b"\xef\xbb\xbf{}",
    '{"message": "hello"}'.encode("utf-16"),
]


def check(response: httpx.Response) -> None:
    """Check that a response is a reply, or a refusal that says why."""
    assert response.status_code < 500
    values: dict[str, Any] = response.json()
    if response.status_code == 200:
        assert values["replies"]
        assert all(reply["text"] and reply["status"] for reply in values["replies"])
        # What can be replied to is replied to: Rasa and the actions did not fail over it.
        assert values["replies"][0]["status"] != "unavailable"
    else:
        assert values["error"]["message"]


def send(running: Running, body: bytes) -> httpx.Response:
    headers = {"content-type": "application/json"}
    return httpx.post(f"{running.url}/chat", content=body, headers=headers, timeout=60)


@given(BODIES)
@example(b'{"message": "hello"}')
def test_no_body_makes_the_chat_fail(running: Running, body: bytes) -> None:
    check(send(running, body))


@given(st.text(st.characters(), min_size=1, max_size=1000))
def test_no_text_makes_the_chat_fail(running: Running, message: str) -> None:
    check(send(running, json.dumps({"message": message}).encode()))


@pytest.mark.parametrize("message", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_message_is_refused_or_replied_to(running: Running, message: str) -> None:
    check(send(running, json.dumps({"message": message}).encode()))


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_body_is_refused_or_replied_to(running: Running, body: bytes) -> None:
    check(send(running, body))

"""What every request must pass: size, origin and rate; and the headers of every response."""

import time
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from web.server.guard import LARGEST_BODY, Rates
from web.server.site import Site

SIZE = LARGEST_BODY + 1


def test_a_body_that_says_it_is_too_large_is_refused(client: TestClient) -> None:
    response = client.post("/chat", content=b"x" * SIZE)
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


@pytest.mark.parametrize("path", ["/chat", "/cases", "/feedback", "/check", "/"])
def test_a_body_of_unstated_length_is_cut_off(client: TestClient, path: str) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(SIZE // 1024 + 1):
            yield b"x" * 1024

    headers = {"content-type": "application/x-www-form-urlencoded"} if path == "/" else {}
    response = client.post(path, content=pieces(), headers=headers)
    assert response.status_code == 413
    assert response.json()["error"]["message"]


@pytest.mark.parametrize("length", ["many", "-1", "\xb2", "1e9"])
def test_a_length_that_is_no_number_is_refused(client: TestClient, length: str) -> None:
    headers = {"content-length": length.encode("latin-1")}
    response = client.post("/chat", content=b"{}", headers=headers)
    assert response.status_code == 413


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://school.example"])
def test_another_sites_page_may_not_send(client: TestClient, origin: str) -> None:
    response = client.post("/chat", json={"message": "hello"}, headers={"origin": origin})
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "bad_origin"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_way_of_changing_something_asks_for_the_origin(
    client: TestClient, method: str
) -> None:
    headers = {"origin": "https://elsewhere.example"}
    assert client.request(method, "/conversation", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "http://testserver"}, {"origin": "https://school.example"}]
)
def test_our_own_page_and_an_allowed_site_may_send(
    client: TestClient, headers: dict[str, str]
) -> None:
    response = client.post("/chat", json={"message": "hello"}, headers=headers)
    assert response.status_code == 200


def test_a_browser_is_told_which_site_may_read_the_replies(client: TestClient) -> None:
    asking = {
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    allowed = client.options("/chat", headers={"origin": "https://school.example", **asking})
    assert allowed.headers["access-control-allow-origin"] == "https://school.example"
    other = client.options("/chat", headers={"origin": "https://elsewhere.example", **asking})
    assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize("path", ["/", "/nowhere", "/widget.js", "/conversation"])
def test_every_response_says_what_a_browser_may_do_with_it(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "'unsafe-inline'" not in headers["content-security-policy"]


def test_one_conversation_may_not_send_too_often() -> None:
    rates = Rates(a_conversation=3, an_address=100)
    allowed = [rates.allow("10.0.0.1", "one") for _ in range(5)]
    assert allowed == [True, True, True, False, False]


def test_a_school_behind_one_address_is_not_locked_out_by_one_member() -> None:
    rates = Rates(a_conversation=3, an_address=10)
    for _ in range(50):
        rates.allow("10.0.0.1", "one who sends without end")
    assert rates.allow("10.0.0.1", "another")


def test_one_address_may_not_send_too_often_however_many_conversations_it_begins() -> None:
    rates = Rates(a_conversation=3, an_address=5)
    allowed = [rates.allow("10.0.0.1", None) for _ in range(7)]
    assert allowed.count(True) == 5
    assert rates.allow("10.0.0.2", None)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give the time, which moves only when a test adds to it."""
    clock = [time.time()]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    return clock


def test_who_sends_no_more_is_forgotten(clock: list[float]) -> None:
    rates = Rates(a_conversation=3, an_address=100)
    for number in range(50):
        rates.allow("10.0.0.1", f"session {number}")
        rates.allow_check(f"10.0.1.{number}")
    clock[0] += 61
    rates.allow("10.0.0.2", None)
    assert len(rates._storage.events) == 1


def test_who_sends_on_is_not_forgotten(clock: list[float]) -> None:
    rates = Rates(a_conversation=100, an_address=3)
    clock[0] += 40
    assert [rates.allow("10.0.0.2", None) for _ in range(3)] == [True] * 3
    clock[0] += 40  # others are forgotten now
    assert not rates.allow("10.0.0.2", None)
    clock[0] += 40
    assert rates.allow("10.0.0.2", None)


def test_a_member_who_sends_too_often_is_told_to_wait(client: TestClient, site: Site) -> None:
    site.rates = Rates(a_conversation=1, an_address=100)
    session = client.post("/chat", json={"message": "hello"}).json()["session"]
    body = {"message": "hello", "session": session}
    assert client.post("/chat", json=body).status_code == 200
    response = client.post("/chat", json=body)
    assert response.status_code == 429
    assert response.json()["error"]["code"] == "too_many"
    assert response.json()["contact"]["phone"]

"""Behind a proxy: who is believed about the member's address, our own name and our folder."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from knowledge.service import Service
from knowledge.settings import Settings
from tests.product import free_ports
from tests.small import SmallService
from web.server.app import create_app
from web.server.site import Site

PROXY, STRANGER = "10.0.0.9", "192.0.2.7"
PUBLIC = "https://advice.example.org"
Behind = Callable[..., TestClient]


@pytest.fixture
def behind(tmp_path: Path, rules: Service) -> Iterator[Behind]:
    """Make clients of an app with settings of the test's own, each from an address."""
    with contextlib.ExitStack() as stack:

        def make(address: str, **settings: Any) -> TestClient:
            values = {"home": tmp_path, "rasa_port": free_ports(1)[0], "address_rate": 2}
            given = Settings(**{**values, **settings})
            service = SmallService(tmp_path, rules, settings=given)
            stack.callback(service.close)
            site = Site(service.settings, service)
            stack.callback(site.tracker.dispose)
            client = TestClient(
                create_app(site), base_url="http://127.0.0.1:8000", client=(address, 50000)
            )
            return stack.enter_context(client)

        yield make


def statuses(client: TestClient, *forwarded: str) -> list[int]:
    """Send a message for each value of X-Forwarded-For; give what was answered."""
    return [
        client.post(
            "/chat", json={"message": "hello"}, headers={"x-forwarded-for": value}
        ).status_code
        for value in forwarded
    ]


SCHOOLS = ("198.51.100.1", "198.51.100.1", "198.51.100.2", "198.51.100.1")


@pytest.mark.parametrize("trusted", [PROXY, f"10.1.1.1, {PROXY}", "10.0.0.0/24"])
def test_schools_behind_a_trusted_proxy_are_told_apart(behind: Behind, trusted: str) -> None:
    client = behind(PROXY, trusted_proxies=trusted)
    assert statuses(client, *SCHOOLS) == [200, 200, 200, 429]


@pytest.mark.parametrize("trusted", ["", "10.1.1.1"])
def test_without_trust_every_request_comes_from_who_sent_it(behind: Behind, trusted: str) -> None:
    client = behind(PROXY, trusted_proxies=trusted)
    assert statuses(client, *SCHOOLS) == [200, 200, 429, 429]


def test_a_stranger_gets_no_new_limit_by_naming_another_address(behind: Behind) -> None:
    client = behind(STRANGER, trusted_proxies=PROXY)
    assert statuses(client, *(f"203.0.113.{n}" for n in range(4))) == [200, 200, 429, 429]


def test_what_a_member_writes_before_the_proxys_own_word_is_not_believed(behind: Behind) -> None:
    client = behind(PROXY, trusted_proxies=PROXY)
    spoofed = [f"203.0.113.{n}, {STRANGER}" for n in range(4)]
    assert statuses(client, *spoofed) == [200, 200, 429, 429]


def send(client: TestClient, origin: str, **headers: str) -> int:
    """Send as a page of that origin; headers are named with _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {"message": "hello"}
    return client.post("/chat", json=body, headers={"origin": origin, **named}).status_code


def test_our_page_may_send_when_the_proxy_rewrites_the_host(behind: Behind) -> None:
    assert send(behind(STRANGER, public_url=PUBLIC), PUBLIC) == 200
    assert send(behind(STRANGER), PUBLIC) == 403


def test_a_trusted_proxy_says_under_which_name_it_was_asked(behind: Behind) -> None:
    client = behind(PROXY, trusted_proxies=PROXY)
    assert send(client, PUBLIC, x_forwarded_host="advice.example.org") == 200
    assert send(client, "https://elsewhere.example", x_forwarded_host="advice.example.org") == 403


def test_nobody_else_says_under_which_name_we_were_asked(behind: Behind) -> None:
    client = behind(STRANGER, trusted_proxies=PROXY)
    assert send(client, PUBLIC, x_forwarded_host="advice.example.org") == 403


@pytest.mark.parametrize("root", ["/advice", "advice/"])
@pytest.mark.parametrize("path", ["", "/advice"])
def test_in_a_folder_everything_is_found_whether_the_proxy_strips_it_or_not(
    behind: Behind, path: str, root: str
) -> None:
    client = behind(STRANGER, root_path=root)
    page = client.get(f"{path}/")
    assert page.status_code == 200
    for address in ("/advice/static/page.css", "/advice/widget.js"):
        assert f'="{address}"' in page.text
        assert client.get(path + address.removeprefix("/advice")).status_code == 200
    assert 'action="/advice/#last"' in page.text
    assert 'href="/"' not in page.text
    missing = client.get(f"{path}/nowhere", headers={"accept": "text/html"})
    assert (missing.status_code, 'href="/advice/"' in missing.text) == (404, True)


def test_a_page_whose_name_begins_like_the_folder_is_not_in_it(behind: Behind) -> None:
    client = behind(STRANGER, root_path="/stat")
    assert client.get("/static/page.css").status_code == 200
    assert client.get("/stat/static/page.css").status_code == 200

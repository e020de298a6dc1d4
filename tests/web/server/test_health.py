"""Whoever watches over the product asks often; Rasa is asked seldom."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from tests.web.faults import StandIn
from web.server.site import Site


@pytest.fixture
def published(site: Site, folder: Path) -> None:
    site.service.library.add([folder])


def fifty(client: TestClient) -> list[httpx.Response]:
    with ThreadPoolExecutor(50) as pool:
        return list(pool.map(lambda _: client.get("/health"), range(50)))


def test_fifty_at_once_put_one_message_to_rasa(
    client: TestClient, published: None, rasa: StandIn
) -> None:
    rasa.seconds = 0.3
    assert {response.status_code for response in fifty(client)} == {200}
    assert len(rasa.heard) == 1


def test_what_is_not_ready_is_remembered_too(
    client: TestClient, published: None, rasa: StandIn
) -> None:
    rasa.replies, rasa.seconds = [], 0.3
    responses = fifty(client)
    assert {response.status_code for response in responses} == {503}
    assert responses[0].json()["not_ready"] == {"rasa": "Rasa does not answer yet"}
    assert len(rasa.heard) == 1


def test_what_is_not_ready_is_asked_again_after_a_while(
    client: TestClient, published: None, rasa: StandIn
) -> None:
    told, rasa.replies = rasa.replies, []
    assert client.get("/health").status_code == 503
    rasa.replies = told
    deadline = time.monotonic() + 60
    while client.get("/health").status_code == 503 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert client.get("/health").json() == {"state": "ready", "not_ready": {}}
    assert rasa.heard == ["hello", "hello"]


def test_an_edition_that_cannot_load_is_a_warning_while_another_answers(
    client: TestClient,
    published: None,
    rasa: StandIn,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = "Edition 2 cannot be used"
    monkeypatch.setattr(type(site.service), "edition_problem", problem)
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json()["warnings"] == {"edition": problem}


def test_a_database_that_cannot_be_read_is_named(client: TestClient, site: Site) -> None:
    with site.conversations.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE editions"))
    assert list(client.get("/health").json()["not_ready"]) == ["store"]


def test_being_alive_needs_nothing(client: TestClient, site: Site, rasa: StandIn) -> None:
    with site.conversations.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE editions"))
    assert client.get("/health/live").json() == {"state": "live"}
    assert rasa.heard == []

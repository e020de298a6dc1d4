"""The page without scripts says what happened, as the chat does."""

import pytest
from starlette.testclient import TestClient

from tests.web.faults import StandIn
from web.member.sessions import Sessions
from web.server.site import Site

FOREIGN = Sessions("another secret", hours=24)
UNAVAILABLE = "Sorry, I cannot look up the guidance just now."
EXPIRED = "too old to keep"


def test_with_rasa_down_the_message_and_the_apology_are_shown(client: TestClient) -> None:
    page = client.post("/", data={"message": "How do bells work?", "session": ""})
    assert page.status_code == 200
    assert "How do bells work?" in page.text
    assert UNAVAILABLE in page.text


def test_an_answer_is_shown_once_below_what_was_said_before(
    client: TestClient, site: Site, rasa: StandIn
) -> None:
    token = site.sessions.token(site.sessions.new_id())
    client.post("/", data={"message": "the first words", "session": token})
    page = client.post("/", data={"message": "the second words", "session": token})
    assert page.text.count("the first words") == 1
    assert page.text.count("the second words") == 1
    assert page.text.index("the first words") < page.text.index("the second words")


def test_an_urgent_message_is_shown_once(client: TestClient) -> None:
    page = client.post("/", data={"message": "I want to kill myself", "session": ""})
    assert page.text.count("I want to kill myself") == 1


@pytest.mark.parametrize("token", ["made-up", FOREIGN.token(FOREIGN.new_id())])
def test_an_expired_session_is_said_and_the_message_is_answered(
    client: TestClient, rasa: StandIn, token: str
) -> None:
    page = client.post("/", data={"message": "good morning", "session": token})
    assert EXPIRED in page.text
    assert "good morning" in page.text
    assert "Hello." in page.text


def test_a_good_session_is_not_called_expired(
    client: TestClient, site: Site, rasa: StandIn
) -> None:
    token = site.sessions.token(site.sessions.new_id())
    page = client.post("/", data={"message": "good morning", "session": token})
    assert EXPIRED not in page.text


def test_line_ends_count_as_one_character_each(client: TestClient, rasa: StandIn) -> None:
    line = "x" * 198 + "\r\n"  # 199 characters as the member counts them
    message = line * 5
    assert (len(message), len(message.replace("\r\n", "\n"))) == (1000, 995)
    longer = "x" * 197 + "\r\n" * 3
    assert client.post("/", data={"message": message, "session": ""}).status_code == 200
    assert client.post("/", data={"message": longer * 5, "session": ""}).status_code == 200
    assert client.post("/", data={"message": "x" * 1001, "session": ""}).status_code == 413


def test_a_message_that_is_refused_stays_in_its_field(client: TestClient) -> None:
    page = client.post("/", data={"message": "y" * 1001, "session": ""})
    assert "y" * 1001 in page.text
    assert "too long" in page.text

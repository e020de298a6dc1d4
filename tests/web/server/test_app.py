"""The app alone, with Rasa down and no guidance: it refuses plainly and never goes silent."""

import datetime as dt
import io
import logging
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from knowledge.answers.contacts import Opening
from web.member.conversations import Turn
from web.member.sessions import Sessions
from web.server.app import create_app
from web.server.logs import PrivateFormatter
from web.server.site import Site

FOREIGN = Sessions("another secret", hours=24)
CASE = {
    "question": "Can my hours be changed?",
    "shown": "",
    "urgency": "today",
    "name": "Sam Example",
    "phone": "020 7946 0000",
    "email": None,
    "when": "",
    "consent": True,
}


def new_session(site: Site) -> str:
    return site.sessions.token(site.sessions.new_id())


def test_a_message_that_rasa_does_not_answer_gets_the_contact_details(client: TestClient) -> None:
    response = client.post("/chat", json={"message": "hello", "session": None})
    assert response.status_code == 200
    (reply,) = response.json()["replies"]
    assert reply["status"] == "unavailable"
    assert (reply["contact"]["phone"], reply["contact"]["email"]) == (
        "0300 30 30 333",
        "info@naht.org.uk",
    )


def test_the_page_without_scripts_gives_the_contact_details_too(
    client: TestClient, site: Site
) -> None:
    # The page ends with the contact details anyway: what counts is the reply to the message.
    response = client.post("/", data={"message": "hello", "session": ""})
    assert response.status_code == 200
    turn = BeautifulSoup(response.text, "html.parser").select_one("#last")
    assert turn is not None
    assert [one.text.split(": ")[-1] for one in turn.select(".me")] == ["hello"]
    (reply,) = turn.select(".bot")
    assert " ".join(site.service.composer.unavailable().text.split()) in " ".join(
        reply.text.split()
    )
    assert reply.select("a[href='tel:03003030333']")


def test_the_page_says_of_an_earlier_reply_who_answers_the_phone_now(
    client: TestClient, site: Site
) -> None:
    session = new_session(site)
    contact = {
        **(site.advice_line.card() or {}),
        "opening": {"open": True, "text": "Open now until 5pm"},
    }
    replies = [{"text": "Ring us.", "status": "handoff", "contact": contact}]
    site.conversations.add(site.sessions.of(session), Turn("a person please", replies, "m-1"))
    page = client.post("/", data={"message": "", "session": session}).text
    assert "Ring us." in page
    assert "Open now until 5pm" not in page


def test_the_widget_is_told_who_answers_the_phone_now(client: TestClient, site: Site) -> None:
    line = site.advice_line.contacts["advice_line"]
    always = dict.fromkeys(range(7), (dt.time.min, dt.time.max))
    by_id = {**site.advice_line.contacts.by_id, line.id: replace(line, opening=Opening(always))}
    site.advice_line.contacts = replace(site.advice_line.contacts, by_id=by_id)
    hours = client.get("/wording/en.json").json()["hours"]
    assert hours.keys() == {"advice_line"}
    assert hours["advice_line"].startswith("Open now")


def test_a_message_that_was_not_answered_can_be_sent_again(client: TestClient, site: Site) -> None:
    session = new_session(site)
    body = {"message": "hello", "session": session, "message_id": "m-1"}
    assert client.post("/chat", json=body).json()["replies"][0]["status"] == "unavailable"
    answered = [{"text": "Hello.", "status": "chat"}]
    site.conversations.add(site.sessions.of(session), Turn("hello", answered, "m-1"))
    assert client.post("/chat", json=body).json()["replies"] == answered


@pytest.mark.parametrize("body", [b"", b"hello", b"[1]", b'"text"', b"null", b"{", b"\xff\xfe"])
@pytest.mark.parametrize("path", ["/chat", "/cases", "/feedback", "/check"])
def test_what_is_no_json_object_is_refused(client: TestClient, path: str, body: bytes) -> None:
    response = client.post(path, content=body)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "bad_request"
    assert response.json()["contact"]["phone"]


@pytest.mark.parametrize(
    ("message", "status", "code"),
    [
        ("", 422, "empty"),
        (" \n\t\u200b ", 422, "empty"),
        ("x" * 1001, 413, "too_long"),
        (None, 422, "not_text"),
        (5, 422, "not_text"),
        (["hello"], 422, "not_text"),
        ({"text": "hello"}, 422, "not_text"),
        (True, 422, "not_text"),
    ],
)
def test_a_message_that_cannot_be_read_is_refused_in_a_members_words(
    client: TestClient, message: object, status: int, code: str
) -> None:
    response = client.post("/chat", json={"message": message})
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (status, code)
    assert error["message"].endswith(".")
    assert "{" not in error["message"]


@pytest.mark.parametrize("message_id", ["", "x" * 65, 5, ["m"], "m\n", "é"])
def test_a_message_identifier_that_cannot_be_kept_is_refused(
    client: TestClient, message_id: object
) -> None:
    response = client.post("/chat", json={"message": "hello", "message_id": message_id})
    assert response.status_code == 422


@pytest.mark.parametrize(
    "session", ["", "made-up", FOREIGN.token(FOREIGN.new_id()), 5, ["a"], {}, False, "x" * 5000]
)
def test_a_session_that_is_not_ours_is_refused(client: TestClient, session: object) -> None:
    response = client.post("/chat", json={"message": "hello", "session": session})
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "bad_session"


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_conversation_is_shown_and_deleted_only_with_its_token(
    client: TestClient, method: str
) -> None:
    for headers in ({}, {"x-session": FOREIGN.token(FOREIGN.new_id())}):
        assert client.request(method, "/conversation", headers=headers).status_code == 403


def test_a_conversation_is_given_back_to_its_member(client: TestClient, site: Site) -> None:
    session = new_session(site)
    replies: list[dict[str, Any]] = [{"text": "Hello.", "status": "chat"}]
    site.conversations.add(site.sessions.of(session), Turn("hello", replies, "m-1"))
    given = client.get("/conversation", headers={"x-session": session}).json()
    assert given["turns"] == [{"message": "hello", "message_id": "m-1", "replies": replies}]
    assert given["handed_over"] is False


def test_a_case_hands_the_conversation_over(client: TestClient, site: Site) -> None:
    session = new_session(site)
    response = client.post("/cases", json={**CASE, "session": session})
    assert response.status_code == 200
    assert response.json()["expect"]
    assert [case["reference"] for case in site.cases.all()] == [response.json()["reference"]]
    assert client.get("/conversation", headers={"x-session": session}).json()["handed_over"]


def test_a_wrong_field_of_a_case_is_named(client: TestClient, site: Site) -> None:
    body = {**CASE, "session": new_session(site), "phone": "none"}
    response = client.post("/cases", json=body)
    assert response.status_code == 422
    assert "phone" in response.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/cases", "/feedback"])
def test_cases_and_feedback_need_a_session_of_ours(client: TestClient, path: str) -> None:
    body = {**CASE, "passage_ids": [], "helpful": True, "session": "made-up"}
    assert client.post(path, json=body).status_code == 403


def test_feedback_is_stored_without_the_conversation(client: TestClient, site: Site) -> None:
    body = {"session": new_session(site), "passage_ids": ["a#b"], "helpful": True}
    assert client.post("/feedback", json=body).json() == {"stored": True}
    (kept,) = site.feedback.all()
    assert kept["passages"] == ["a#b"]
    assert "session" not in kept


def test_the_check_names_personal_data_and_stores_nothing(client: TestClient) -> None:
    response = client.post("/check", json={"message": "ring me on 020 7946 0000"})
    found = response.json()["personal_data"]
    assert any("7946" in item["text"] for item in found)


def test_the_check_refuses_half_a_character_within_a_wrong_body(client: TestClient) -> None:
    response = client.post("/check", content=b'["\\ud800"]')
    assert response.status_code == 400


@pytest.mark.parametrize("path", ["/nowhere", "/wording/xx.json", "/docs", "/openapi.json"])
def test_what_does_not_exist_is_said_with_the_contact(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"
    assert response.json()["contact"]["phone"]


def test_a_browser_gets_a_page_for_what_does_not_exist(client: TestClient) -> None:
    response = client.get("/nowhere", headers={"accept": "text/html"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")


def test_without_guidance_the_product_is_not_ready(client: TestClient) -> None:
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json()["state"] == "not ready"
    assert list(response.json()["not_ready"]) == ["guidance"]


def test_a_fault_of_ours_gives_the_contact_details(site: Site) -> None:
    with TestClient(create_app(site), raise_server_exceptions=False) as client:
        with site.conversations.engine.begin() as connection:
            connection.execute(sa.text("DROP TABLE turns"))
        response = client.get("/conversation", headers={"x-session": new_session(site)})
        assert response.status_code == 500
        assert response.json()["error"]["code"] == "unexpected"
        assert response.json()["contact"]["phone"]
        assert response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"] == "no-store"


def test_another_websites_widget_may_read_that_something_failed(site: Site) -> None:
    site.sessions = None  # type: ignore[assignment]  # the broken part
    with TestClient(create_app(site), raise_server_exceptions=False) as client:
        response = client.get("/conversation", headers={"origin": "https://school.example"})
    assert response.status_code == 500
    assert response.headers["access-control-allow-origin"] == "https://school.example"


def test_a_fault_is_logged_by_its_route_and_place_without_a_members_words(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "my head shouted at me"

    def fail(_: object) -> None:
        raise ValueError(secret)

    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(PrivateFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    monkeypatch.setattr(site.conversations, "turns", fail)
    with TestClient(create_app(site), raise_server_exceptions=False) as client:
        response = client.get(f"/conversation?{secret}", headers={"x-session": new_session(site)})
    logging.getLogger().removeHandler(handler)
    assert response.status_code == 500
    assert "GET /conversation failed\n  ValueError at " in output.getvalue()
    assert "test_app.py" in output.getvalue()
    assert secret not in output.getvalue()


def test_nobody_between_us_and_the_member_keeps_a_conversation(
    client: TestClient, site: Site
) -> None:
    headers = {"x-session": new_session(site)}
    given = [
        client.get("/conversation", headers=headers),
        client.post("/chat", json={"message": "hello"}),
        client.post("/", data={"message": "hello", "session": ""}),
    ]
    assert [one.headers["cache-control"] for one in given] == ["no-store"] * 3
    assert "no-store" not in client.get("/static/page.css").headers.get("cache-control", "")

"""What members send to people, over HTTP."""

from typing import Any

from starlette.testclient import TestClient

from people.audit import Actor
from people.desk.case import Closing
from web.member.conversations import Turn
from web.server.guard import Rates
from web.server.site import Site

SECRET = "my head shouted at me"
CASE: dict[str, Any] = {
    "question": "Can my hours be changed?",
    "shown": "",
    "urgency": "today",
    "name": "Sam Example",
    "phone": "020 7946 0000",
    "email": None,
    "when": "",
    "consent": True,
    "request": "a" * 32,
}


def new_session(site: Site) -> str:
    return site.sessions.token(site.sessions.new_id())


def test_advisers_get_nothing_of_the_conversation_that_was_not_reviewed(
    client: TestClient, site: Site
) -> None:
    session = new_session(site)
    site.conversations.add(site.sessions.of(session), Turn(SECRET, [{"text": SECRET}]))
    assert client.post("/cases", json={**CASE, "session": session}).status_code == 200
    assert SECRET not in str(site.cases.all())


def test_a_case_sent_again_gets_the_same_receipt(client: TestClient, site: Site) -> None:
    body = {**CASE, "session": new_session(site)}
    assert client.post("/cases", json=body).json() == client.post("/cases", json=body).json()
    assert len(site.cases.all()) == 1


def test_a_member_sees_how_their_case_stands(client: TestClient, site: Site) -> None:
    session, ann = new_session(site), Actor("ann", "adviser")
    reference = client.post("/cases", json={**CASE, "session": session}).json()["reference"]
    desk = site.staff.desk

    def seen() -> object:
        kept = client.get("/conversation", headers={"x-session": session}).json()
        return kept["cases"][reference]

    assert seen() == "new"
    desk.take(reference, ann)
    assert seen() == "taken"
    desk.wait(reference, ann)
    assert seen() == "taken"
    desk.close(reference, Closing("other", remark="Rang."), ann)
    assert seen() == "closed"
    site.conversations.add(
        site.sessions.of(session), Turn("Hello", [{"status": "chat", "text": "Hello"}])
    )
    page = client.post("/", data={"message": "Thanks", "session": session})
    assert reference in page.text
    assert "It is closed." in page.text


def test_a_member_takes_their_own_case_back_and_nobody_elses(
    client: TestClient, site: Site
) -> None:
    session = new_session(site)
    reference = client.post("/cases", json={**CASE, "session": session}).json()["reference"]
    other = {"x-session": new_session(site)}
    assert client.delete(f"/cases/{reference}", headers=other).status_code == 404
    assert client.delete(f"/cases/{reference}").status_code == 403
    own = {"x-session": session}
    assert client.delete(f"/cases/{reference}", headers=own).json() == {"deleted": True}
    assert site.cases.all() == []
    assert client.get("/conversation", headers=own).json()["handed_over"] is False


def test_the_privacy_notice_says_how_long_each_thing_is_kept(client: TestClient) -> None:
    notice = client.get("/wording/en.json").json()["notice"]
    assert "24 hours" in notice
    assert notice.count("365 days") == 2
    assert "{" not in notice


def test_checks_take_nothing_from_the_messages_of_an_address(
    client: TestClient, site: Site
) -> None:
    site.rates = Rates(a_conversation=100, an_address=3)
    for _ in range(3):
        assert client.post("/check", json={"message": "hello"}).status_code == 200
        assert client.post("/chat", json={"message": "hello"}).status_code == 200
    for path in ("/check", "/chat"):
        refused = client.post(path, json={"message": "hello"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too_many")

"""The kill switch: its page, its row in the audit, and what members get from the next message."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from actions.base import MemberAction
from knowledge.answers.conversation import Conversation
from knowledge.answers.dialogue import Dialogue, Turn
from knowledge.answers.work import Checked
from knowledge.documents.document import TOPICS
from knowledge.editions.switches import Off
from knowledge.errors import UnknownDocument
from knowledge.service import Service
from people.audit import Actor, Audit, Filters
from tests.small import SmallService, documents
from tests.web.staff.editor.guidance.conftest import QUESTION
from tests.web.staff.person import Person, words
from web.staff.reasons import NoReason
from web.staff.switching import NotOff, Target, UnknownTopic, switch_off, switch_on

ANN = Actor("ann", "editor")


class AnyAction(MemberAction):
    """An action as Rasa calls it, for any message."""

    def turn(
        self, dialogue: Dialogue, checked: Checked, intent: str, conversation: Conversation
    ) -> Turn:
        return dialogue.answer(checked, conversation)


@pytest.fixture
def other(guidance: SmallService, service: Service) -> Iterator[SmallService]:
    """Give another process over the same database, which has begun to answer."""
    other = SmallService(guidance.settings.home, service)
    other.dialogue()
    yield other
    other.close()


def ask(service: Service, message: str) -> Turn:
    return AnyAction(service)._reply(message, "", Conversation())


def test_while_the_bot_is_off_members_get_the_contacts(
    guidance: SmallService, other: SmallService
) -> None:
    assert ask(other, QUESTION).replies[0].status == "answered"
    switch_off(guidance, Target(), "wrong dates", ANN)
    (reply,) = ask(other, QUESTION).replies
    assert (reply.status, reply.reason, reply.sources) == ("handoff", "off", ())
    assert reply.contact
    assert reply.contact["phone"]
    assert "wrong dates" not in reply.text
    switch_on(guidance, Target(), ANN)
    assert ask(other, QUESTION).replies[0].status == "answered"


def test_urgent_help_comes_first_also_while_the_bot_is_off(guidance: SmallService) -> None:
    switch_off(guidance, Target(), "wrong dates", ANN)
    assert ask(guidance, "I want to kill myself").replies[0].status == "urgent"
    assert guidance.first_aid("I want to kill myself")


def test_a_document_that_is_off_is_left_out_of_every_process_at_once(
    guidance: SmallService, other: SmallService
) -> None:
    assert documents(ask(other, QUESTION)) == ["leave"]
    switch_off(guidance, Target("document", "leave"), "it is wrong", ANN)
    assert "leave" not in documents(ask(other, QUESTION))
    assert "leave" not in [version.document.id for version in other.shown()]
    switch_on(guidance, Target("document", "leave"), ANN)
    assert documents(ask(other, QUESTION)) == ["leave"]


def test_a_topic_that_is_off_takes_its_documents_along(
    guidance: SmallService, other: SmallService
) -> None:
    switch_off(guidance, Target("topic", "employment"), "the law changed", ANN)
    assert "leave" not in documents(ask(other, QUESTION))
    assert {version.document.id for version in other.shown()} == {"keys", "bells"}


def test_a_document_stays_off_when_it_is_published_again(
    guidance: SmallService, folder: Path
) -> None:
    switch_off(guidance, Target("document", "leave"), "it is wrong", ANN)
    (folder / "bells.md").write_text("---\ntitle: Bells\npublisher: Us\n---\n# Bells\nThey ring.\n")
    guidance.library.add([folder])
    assert guidance.edition().number == 2
    assert "leave" not in documents(ask(guidance, QUESTION))


def test_a_turn_asks_the_store_one_question(guidance: SmallService) -> None:
    asked: list[str] = []
    sa.event.listen(
        guidance.store.engine, "before_cursor_execute", lambda *call: asked.append(call[2])
    )
    ask(guidance, QUESTION)
    assert len(asked) == 1


def test_when_the_store_fails_what_was_off_stays_off(
    guidance: SmallService, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_off(guidance, Target("document", "leave"), "it is wrong", ANN)
    guidance.dialogue()

    def broken() -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("disk I/O error"))

    monkeypatch.setattr(guidance.store, "standing", broken)
    assert guidance.dialogue().off == Off(documents=frozenset({"leave"}))


def test_the_setting_and_its_row_in_the_audit_are_kept_together(
    guidance: SmallService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise sa.exc.OperationalError("INSERT", {}, Exception("full"))

    monkeypatch.setattr("web.staff.switching.record", fails)
    with pytest.raises(sa.exc.OperationalError):
        switch_off(guidance, Target(), "wrong dates", ANN)
    assert guidance.store.standing().off == Off()
    monkeypatch.undo()
    switch_off(guidance, Target(), "wrong dates", ANN)
    (row,) = Audit(guidance.store.engine).rows(Filters(), 10)
    assert (row.actor, row.act.subject, row.act.reason) == (ANN, "bot", "wrong dates")


def test_what_cannot_be_switched_is_refused_and_not_recorded(guidance: SmallService) -> None:
    with pytest.raises(NoReason):
        switch_off(guidance, Target(), "  ", ANN)
    with pytest.raises(UnknownDocument):
        switch_off(guidance, Target("document", "no-such"), "a reason", ANN)
    with pytest.raises(UnknownTopic):
        switch_off(guidance, Target("topic", "no-such"), "a reason", ANN)
    with pytest.raises(NotOff):
        switch_on(guidance, Target("topic", TOPICS[0]), ANN)
    assert Audit(guidance.store.engine).rows(Filters(), 10) == []


def test_the_page_says_what_is_off_and_why(ann: Person) -> None:
    assert "The bot is on." in ann.open("/editor/off").text
    response = ann.send("/editor/off", {"kind": "bot", "do": "off", "reason": "wrong <dates>"})
    assert response.status_code == 303
    said = words(ann.open("/editor/off"))
    assert "The bot is off." in said
    assert "Why: wrong &lt;dates&gt;" in said
    assert "By: ann" in said
    ann.send("/editor/off", {"kind": "bot", "do": "on"})
    assert "The bot is on." in ann.open("/editor/off").text


def test_a_document_that_is_off_has_no_page_for_members(
    ann: Person, guidance: SmallService
) -> None:
    assert ann.open("/guidance/leave").status_code == 200
    (leave,) = (one for one in guidance.shown() if one.document.id == "leave")
    passage = f"/passages/{quote(leave.passages[0].passage.id)}"
    assert ann.open(passage).status_code == 200
    ann.send("/editor/off", {"kind": "document", "name": "leave", "do": "off", "reason": "wrong"})
    assert ann.open("/guidance/leave").status_code == 404
    assert ann.open(passage).status_code == 404
    assert ann.open("/guidance/keys").status_code == 200
    assert "Document: Leave for school trips" in words(ann.open("/editor/off"))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"kind": "bot", "do": "off", "reason": " "}, "Please say why"),
        ({"kind": "bot", "do": "off", "reason": "x" * 1001}, "Please say why"),
        ({"kind": "document", "name": "none", "do": "off", "reason": "x"}, "no such document"),
        ({"kind": "topic", "name": "none", "do": "off", "reason": "x"}, "no such topic"),
        ({"kind": "topic", "name": "send", "do": "on"}, "on already"),
        ({"kind": "everything", "do": "off", "reason": "x"}, "could not be read"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_reason_is_kept(
    ann: Person, values: dict[str, str], said: str
) -> None:
    response = ann.send("/editor/off", values)
    assert response.status_code == 422
    assert said in words(response)
    assert "Nothing is off." in words(ann.open("/editor/off"))


def test_the_page_opens_before_anything_is_published(editor: Person) -> None:
    assert editor.open("/editor/off").status_code == 200

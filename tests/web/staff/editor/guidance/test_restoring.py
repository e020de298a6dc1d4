"""Bringing an edition back from its page, while members go on asking."""

import threading
from pathlib import Path

import pytest

from knowledge.service import Service
from people.audit import Act, Filters
from tests.small import LEAVE, SmallService, say
from tests.web.staff.editor.guidance.conftest import QUESTION
from tests.web.staff.person import Person, words
from web.server.site import Site

PAGE = "/editor/editions/1/restore"


@pytest.fixture
def three(guidance: SmallService, folder: Path) -> SmallService:
    """Publish an edition with other words and without the bells, and one without the keys."""
    (folder / "leave.md").write_text(LEAVE.replace("two days", "nine days"))
    (folder / "bells.md").unlink()
    guidance.library.add([folder])
    guidance.library.remove("keys")
    return guidance


def quoted(service: Service) -> str:
    return " ".join(reply.text for reply in say(service.dialogue(), QUESTION).replies)


def test_the_page_before_says_what_would_change(ann: Person, three: SmallService) -> None:
    said = words(ann.open(PAGE))
    assert "Documents that come back: 2. That change: 1. That go: 0." in said
    assert "Change: 1 Leave for school trips" in said
    assert "Come back: 2 Keys to the building School bells" in said
    assert three.store.latest_number() == 3


def test_it_is_brought_back_whole_with_who_and_why(
    ann: Person, answering: Site, three: SmallService
) -> None:
    assert "nine days" in quoted(three)
    response = ann.send(PAGE, {"reason": "Wrong dates.", "newest": "3"})
    assert response.headers["location"] == "/editor/editions?restored=1"
    assert "two days" in quoted(three)
    said = words(ann.open("/editor/editions?restored=1"))
    assert "Edition 1 was brought back. It answers now as edition 4." in said
    assert "ann – Edition 1 brought back. Wrong dates." in said
    row = answering.staff.audit.rows(Filters(), 1)[0]
    assert (row.actor.name, row.act) == ("ann", Act("edition_restored", "1", "Wrong dates.", 3, 4))


def test_a_form_sent_twice_brings_it_back_once(ann: Person, three: SmallService) -> None:
    for _ in range(2):
        response = ann.send(PAGE, {"reason": "Wrong dates.", "newest": "3"})
    assert response.status_code == 422
    assert "Somebody has published since you opened this page" in response.text
    assert "Wrong dates.</textarea>" in response.text
    assert three.store.latest_number() == 4


def test_without_a_reason_nothing_changes(ann: Person, three: SmallService) -> None:
    response = ann.send(PAGE, {"reason": " ", "newest": "3"})
    assert response.status_code == 422
    assert "Please say why" in response.text
    assert three.store.latest_number() == 3


def test_the_edition_that_answers_cannot_be_brought_back(ann: Person, three: SmallService) -> None:
    said = words(ann.open("/editor/editions/3/restore"))
    assert "there is nothing to bring back" in said
    assert "Why?" not in said


def test_an_edition_that_never_was_is_said_to_be_none(ann: Person, three: SmallService) -> None:
    assert ann.open("/editor/editions/9/restore").status_code == 404
    response = ann.send("/editor/editions/9/restore", {"reason": "x", "newest": "3"})
    assert response.status_code == 404
    assert three.store.latest_number() == 3


def test_members_get_answers_from_one_edition_or_the_other_all_the_while(
    ann: Person, three: SmallService, service: Service
) -> None:
    other = SmallService(three.settings.home, service)  # as another process over the same database
    other.dialogue()
    said: list[str] = []
    over = threading.Event()

    def members() -> None:
        while not over.is_set():
            said.append(quoted(other))

    thread = threading.Thread(target=members)
    thread.start()
    try:
        for number, newest in (("1", "3"), ("2", "4"), ("1", "5")):
            before = len(said)
            ann.send(f"/editor/editions/{number}/restore", {"reason": "x", "newest": newest})
            while len(said) < before + 3 and thread.is_alive():
                over.wait(0.02)
    finally:
        over.set()
        thread.join()
    assert three.store.latest_number() == 6
    assert len(said) > 9
    assert {("two days" in text, "nine days" in text) for text in said} == {
        (True, False),
        (False, True),
    }
    assert "two days" in quoted(other)
    other.close()

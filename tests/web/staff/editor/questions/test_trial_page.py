"""Trying a question: what a member would see, why, and marking it as golden."""

import logging
from pathlib import Path

import pytest

from knowledge.messages.kinds import KINDS
from people.audit import Filters
from tests.small import LEAVE, SmallService
from tests.web.staff.person import Person, words
from web.server.site import Site
from web.staff.golden import all_golden

PATH = "/editor/try"
TRAVEL = "How much travel leave can leaders take before a school trip?"


def ask(person: Person, question: str, **more: str) -> str:
    response = person.send(PATH, {"question": question, "do": "ask", **more})
    assert response.status_code == 200
    return words(response)


def test_a_question_shows_what_a_member_would_see_and_why(editor: Person) -> None:
    said = ask(editor, TRAVEL)
    assert "Leaders can take two days of travel leave before a school trip abroad." in said
    assert "Published by The union · Published 10 January 2026 · Checked 10 June 2026" in said
    assert "Quote the best passage This step decided. A passage answers it." in said
    assert f"Searched for: {TRAVEL}" in said
    assert "Text of leave#" in said
    assert "It answers from 53% on." in said


def test_a_change_is_asked_beside_what_is_published(editor: Person) -> None:
    assert "Withdraw the document leave" in words(editor.open(f"{PATH}?change=withdraw:leave"))
    said = ask(editor, TRAVEL, change="withdraw:leave")
    seen, live = said.split("What is published now says")
    assert "two days of travel leave" not in seen
    assert "two days of travel leave" in live.split("Why")[0]
    said = ask(editor, "Who keeps the keys of the building?", change="withdraw:leave")
    assert "Exactly the same." in said


def test_a_question_may_go_on_from_an_earlier_one(editor: Person) -> None:
    said = ask(editor, "And how do I ask for it?", earlier=TRAVEL)
    assert "four weeks before the trip starts" in said
    assert "Searched for: How much travel leave" in said


def test_an_urgent_message_is_decided_before_anything_is_looked_up(editor: Person) -> None:
    said = ask(editor, "I want to kill myself")
    assert "decided before anything was looked up: Thoughts of suicide or self-harm" in said
    assert "What was found" not in said


def test_what_asks_nothing_is_not_looked_up(editor: Person) -> None:
    said = ask(editor, "I left my keys at school")
    assert "It asks nothing, so nothing is looked up." in said
    assert "What was found" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_message_has_words(kind: str, site: Site) -> None:
    assert site.staff.wording.say(f"kinds.{kind}")


def test_several_questions_are_told_apart(editor: Person) -> None:
    said = ask(editor, "Who keeps the keys of the building? When does the bell ring?")
    assert "Question 1:" in said
    assert "Question 2:" in said


def test_nothing_that_is_typed_is_kept_or_logged(
    editor: Person, guidance: SmallService, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ask(editor, "aardvark leave for school trips?", earlier="aardvark?")
    guidance.store.engine.dispose()
    folder: Path = guidance.settings.home
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"leave" in held
    assert b"aardvark" not in held
    assert "aardvark" not in caplog.text


def test_a_found_passage_is_marked_as_the_one_that_should_answer(
    editor: Person, guidance: SmallService, guided: Site
) -> None:
    (leave,) = [one for one in guidance.edition().versions if one.document.id == "leave"]
    passage = leave.passages[0].passage.id
    said = editor.send(PATH, {"question": TRAVEL, "passage": passage, "do": "golden"})
    assert "This is a golden question now." in words(said)
    (one,) = all_golden(guidance)
    assert (one.question, one.passage_id, one.by) == (TRAVEL, passage, "ann")
    assert one.passage_digest == leave.passages[0].digest
    (row,) = guided.staff.audit.rows(Filters(action="golden_added"), 9)
    assert (row.actor.name, row.act.subject) == ("ann", f"{TRAVEL} → {passage}")


def test_a_passage_of_a_draft_edition_may_be_golden_before_it_is_published(
    editor: Person, guidance: SmallService, folder: Path
) -> None:
    (folder / "leave.md").write_text(LEAVE.replace("How to ask", "Asking"), "utf-8")
    guidance.library.add([folder])  # the heading of edition 1 is only in the draft now
    ask_for = {"question": TRAVEL, "passage": "leave#how-to-ask", "do": "golden"}
    assert editor.send(PATH, ask_for).status_code == 422
    marked = editor.send(PATH, {**ask_for, "change": "restore:1"})
    assert marked.status_code == 200
    (one,) = all_golden(guidance)
    assert one.passage_id == "leave#how-to-ask"
    assert len(one.passage_digest) == 64


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"do": "golden", "passage": "no#such"}, "no passage of this name"),
        ({"do": "golden", "passage": " "}, "no passage of this name"),
        ({"do": "golden_none", "question": "x" * 501}, "at most 500 characters"),
        ({"do": "ask", "change": "publish:everything"}, "no such change"),
        ({"do": "ask", "change": "restore:99"}, "no such edition"),
        ({"do": "ask", "change": "restore:²"}, "no such change"),
        ({"do": "ask", "change": "withdraw:no-such"}, "is not published any more"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_question_stays(
    editor: Person, values: dict[str, str], said: str
) -> None:
    response = editor.send(PATH, {"question": TRAVEL, **values})
    assert response.status_code == 422
    assert said in words(response)
    assert values.get("question", TRAVEL) in response.text


def test_a_question_is_golden_once(editor: Person) -> None:
    assert editor.send(PATH, {"question": "Why?", "do": "golden_none"}).status_code == 200
    again = editor.send(PATH, {"question": " Why? ", "do": "golden_none"})
    assert again.status_code == 422
    assert "a golden question already" in words(again)
    listed = words(editor.open("/editor/golden"))
    assert "Why? Nothing should answer it." in listed


def test_a_golden_question_is_removed_and_that_is_recorded(editor: Person, guided: Site) -> None:
    editor.send(PATH, {"question": "Why?", "do": "golden_none"})
    (one,) = all_golden(guided.service)
    assert editor.send("/editor/golden", {"number": str(one.number)}).status_code == 303
    again = editor.send("/editor/golden", {"number": str(one.number)})
    assert again.status_code == 422
    assert "removed this question just now" in words(again)
    assert guided.staff.audit.rows(Filters(action="golden_removed"), 9)[0].actor.name == "ann"


def test_golden_questions_are_found_by_their_words(editor: Person) -> None:
    for question in ("Why <now>?", "When?"):
        editor.send(PATH, {"question": question, "do": "golden_none"})
    said = editor.open("/editor/golden?search=WHY").text
    assert "Why &lt;now&gt;?" in said
    assert "When?" not in said


def test_an_adviser_may_not_try(adviser: Person) -> None:
    assert adviser.open(PATH).status_code == 403
    assert adviser.send(PATH, {"question": "Why?", "do": "ask"}).status_code == 403
    assert adviser.open("/editor/golden").status_code == 403


def test_the_pages_open_before_anything_is_published(admin: Person) -> None:
    for path in (PATH, "/editor/golden", "/editor/pinned", "/editor/pinned/new", "/editor/impact"):
        assert admin.open(path).status_code == 200, path

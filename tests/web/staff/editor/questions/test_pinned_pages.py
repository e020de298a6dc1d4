"""Pinned answers on their pages: proposed by an adviser, approved by an editor, ended."""

import datetime as dt
from pathlib import Path

import pytest

from knowledge.answers.conversation import Conversation
from knowledge.editions.pinned import LONGEST_DAYS
from people.audit import Actor, Filters
from tests.small import KEYS, SmallService
from tests.web.staff.editor.questions.conftest import SignIn
from tests.web.staff.person import Person, words
from web.server.site import Site
from web.staff.pinning import listed_pins

PATH = "/editor/pinned"
QUESTION = "Where are the building keys at the weekend?"


def day(guidance: SmallService, ahead: int) -> str:
    return (guidance.today() + dt.timedelta(days=ahead)).isoformat()


def keys(guidance: SmallService) -> str:
    (version,) = [one for one in guidance.edition().versions if one.document.id == "keys"]
    return version.passages[0].passage.id


def propose(person: Person, guidance: SmallService, **more: str) -> None:
    values = {"question": QUESTION, "passage": keys(guidance), "ends": day(guidance, 90)}
    response = person.send(f"{PATH}/new", {**values, "do": "propose", **more})
    assert response.headers["location"] == f"{PATH}?done=propose"


def step(guidance: SmallService) -> str:
    engine = guidance.dialogue().engine
    return engine.answer(engine.check(QUESTION), Conversation()).step


def test_an_adviser_proposes_an_editor_approves_and_members_are_answered(
    adviser: Person, editor: Person, guidance: SmallService, guided: Site
) -> None:
    found = adviser.send(f"{PATH}/new", {"question": QUESTION, "do": "find"})
    assert f'value="{keys(guidance)}"' in found.text
    propose(adviser, guidance, note="Asked every week.", whole="yes")
    assert step(guidance) != "pinned"
    said = words(adviser.open(PATH))
    assert f"{QUESTION} Proposed until" in said
    assert "Asked every week." in said
    assert "Approve" not in said
    assert adviser.send(f"{PATH}/1", {"do": "approve"}).status_code == 403
    assert editor.send(f"{PATH}/1", {"do": "approve"}).status_code == 303
    assert step(guidance) == "pinned"
    said = words(editor.open(PATH))
    assert "In use until" in said
    assert "Proposed by cat" in said
    assert "approved by ann" in said
    said = words(editor.send("/editor/try", {"question": QUESTION, "do": "ask"}))
    assert "This is pinned answer 1." in said
    assert "Is an answer pinned for it? This step decided." in said
    assert editor.send(f"{PATH}/1", {"do": "end", "reason": "not <right>"}).status_code == 303
    assert step(guidance) != "pinned"
    assert "not &lt;right&gt;" in editor.open(f"{PATH}?state=ended").text
    acts = [row.act.action for row in guided.staff.audit.rows(Filters(), 9)]
    assert acts[:3] == ["pin_ended", "pin_approved", "pin_proposed"]


def test_an_editor_approves_their_own_only_when_nobody_else_could(
    editor: Person, guidance: SmallService, sign_in: SignIn, guided: Site
) -> None:
    propose(editor, guidance)
    other = sign_in("bob", "editor")
    refused = editor.send(f"{PATH}/1", {"do": "approve"})
    assert refused.status_code == 422
    assert "another editor has to approve it" in words(refused)
    assert step(guidance) != "pinned"
    assert other.send(f"{PATH}/1", {"do": "approve"}).status_code == 303
    propose(editor, guidance, question="Who has the keys?")
    guided.staff.users.switch_off("bob", Actor("test"))
    assert editor.send(f"{PATH}/2", {"do": "approve"}).status_code == 303


def test_two_who_decide_at_once_are_told_and_nothing_happens_twice(
    adviser: Person, editor: Person, guidance: SmallService
) -> None:
    propose(adviser, guidance)
    editor.send(f"{PATH}/1", {"do": "end", "reason": "no"})
    for late in ({"do": "approve"}, {"do": "end", "reason": "no"}):
        response = editor.send(f"{PATH}/1", late)
        assert response.status_code == 422
        assert "Somebody else has decided on this just now." in words(response)
    assert editor.send(f"{PATH}/77", {"do": "approve"}).status_code == 422


def test_ending_needs_a_reason(adviser: Person, editor: Person, guidance: SmallService) -> None:
    propose(adviser, guidance)
    response = editor.send(f"{PATH}/1", {"do": "end", "reason": " "})
    assert response.status_code == 422
    assert "Please say why" in words(response)


def test_a_pin_whose_passage_changed_is_broken_and_cannot_be_approved(
    adviser: Person, editor: Person, guidance: SmallService, folder: Path
) -> None:
    propose(adviser, guidance)
    (folder / "keys.md").write_text(KEYS.replace("writes down", "does not write down"), "utf-8")
    guidance.library.add([folder])
    said = words(editor.open(f"{PATH}?state=broken"))
    assert "Its passage is gone or says something else now" in said
    response = editor.send(f"{PATH}/1", {"do": "approve"})
    assert response.status_code == 422
    assert [one.state for one in listed_pins(guidance)] == ["broken"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"question": " "}, "Please write a question"),
        ({"question": "x" * 501}, "Please write a question"),
        ({"passage": "no#such"}, "Please choose a passage"),
        ({"passage": ""}, "Please choose a passage"),
        ({"ends": ""}, "Please give the last day"),
        ({"ends": "31/02/2027"}, "Please give the last day"),
        ({"ends": "yesterday"}, "Please give the last day"),
        ({"question": "I want to kill myself"}, "passes this question to people"),
        ({"question": "Can I talk to a person please?"}, "passes this question to people"),
    ],
)
def test_what_cannot_be_pinned_is_said_and_what_was_typed_stays(
    adviser: Person, guidance: SmallService, values: dict[str, str], said: str
) -> None:
    typed = {"question": QUESTION, "passage": keys(guidance), "ends": day(guidance, 9)}
    given = {**typed, "note": "My note.", "do": "propose", **values}
    response = adviser.send(f"{PATH}/new", given)
    assert response.status_code == 422
    assert said in words(response)
    assert "My note." in response.text
    assert given["question"] in response.text
    assert listed_pins(guidance) == []


@pytest.mark.parametrize("ahead", [-1, LONGEST_DAYS + 1])
def test_a_pin_ends_within_a_year(adviser: Person, guidance: SmallService, ahead: int) -> None:
    typed = {"question": QUESTION, "passage": keys(guidance), "ends": day(guidance, ahead)}
    assert adviser.send(f"{PATH}/new", {**typed, "do": "propose"}).status_code == 422


def test_a_day_is_written_as_british_people_write_it(
    adviser: Person, guidance: SmallService
) -> None:
    last = guidance.today() + dt.timedelta(days=20)
    propose(adviser, guidance, ends=f"{last.day} {last:%B} {last.year}")
    propose(adviser, guidance, ends=f"{last.day:02}/{last.month:02}/{last.year}")
    assert [one.pin.ends for one in listed_pins(guidance)] == [last, last]

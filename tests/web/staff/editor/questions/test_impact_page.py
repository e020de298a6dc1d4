"""The impact of a change on its page: worked out in the background, with filters in the address."""

import time

import httpx
import pytest

from knowledge.editions.changes import removal
from people.asked import Question
from tests.small import SmallService
from tests.web.staff.editor.questions.conftest import SignIn
from tests.web.staff.person import Person, words
from web.server.site import Site
from web.staff.impact import golden_losses

PATH = "/editor/impact"
TRAVEL = "How much travel leave can leaders take before a school trip?"
KEYS = "Who keeps the keys of the building?"


def compared(person: Person, change: str) -> tuple[str, httpx.Response]:
    """Ask for an impact and wait for it; give its address and its page."""
    started = person.send(PATH, {"change": change})
    assert started.status_code == 303
    path = started.headers["location"]
    for _ in range(300):
        page = person.open(path)
        assert page.status_code == 200
        if "<progress" not in page.text:
            return path, page
        time.sleep(0.1)
    pytest.fail("the impact was not worked out")


@pytest.fixture
def golden(editor: Person, guidance: SmallService) -> None:
    """Mark two questions as golden."""
    for question, document in ((TRAVEL, "leave"), (KEYS, "keys")):
        (version,) = [one for one in guidance.edition().versions if one.document.id == document]
        passage = version.passages[0].passage.id
        editor.send("/editor/try", {"question": question, "passage": passage, "do": "golden"})


@pytest.mark.usefixtures("golden")
def test_a_loss_of_a_golden_question_stands_first_and_needs_a_reason(editor: Person) -> None:
    _, page = compared(editor, "withdraw:leave")
    said = words(page)
    assert "Golden questions lost: 1. Publishing all the same needs a reason." in said
    assert f"{TRAVEL} Lost Golden questions" in said
    assert KEYS not in said


@pytest.mark.usefixtures("golden")
def test_what_publishing_must_give_a_reason_for_is_told_by_name(guidance: SmallService) -> None:
    assert golden_losses(guidance, removal("leave")) == (TRAVEL,)
    assert golden_losses(guidance, removal("bells")) == ()


@pytest.mark.usefixtures("golden")
def test_the_page_can_be_filtered_by_its_address(editor: Person) -> None:
    path, _ = compared(editor, "withdraw:leave")
    assert TRAVEL in words(editor.open(f"{path}?kind=golden&difference=lost"))
    assert TRAVEL not in words(editor.open(f"{path}?kind=pinned"))
    assert "There are none." in words(editor.open(f"{path}?difference=gained"))


def test_what_members_asked_is_compared_and_gone_once_it_is_deleted(
    editor: Person, guided: Site
) -> None:
    guided.asked.add(Question("conversation", "message", TRAVEL, "answered"))
    path, page = compared(editor, "withdraw:leave")
    assert f"{TRAVEL} Lost What members asked" in words(page)
    guided.asked.forget("conversation")
    said = words(editor.open(path))
    assert TRAVEL not in said
    assert "The member has deleted this question. Lost" in said


@pytest.mark.usefixtures("golden")
def test_the_page_says_when_somebody_has_published_since(
    editor: Person, guidance: SmallService
) -> None:
    path, _ = compared(editor, "withdraw:leave")
    guidance.library.remove("bells")
    said = words(editor.open(path))
    assert "This compares with edition 1. Edition 2 was published since." in said


def test_a_change_that_cannot_be_made_any_more_says_so(editor: Person) -> None:
    _, page = compared(editor, "withdraw:no-such")
    assert "There is no document" in words(page)


def test_a_change_of_no_kind_is_refused(editor: Person) -> None:
    for name in ("", "nonsense", "restore:99"):
        assert editor.send(PATH, {"change": name}).status_code == 422
    assert editor.open(f"{PATH}?change=nonsense").status_code == 422


def test_an_impact_is_shown_to_whoever_asked_for_it(editor: Person, sign_in: SignIn) -> None:
    path, _ = compared(editor, "withdraw:leave")
    assert sign_in("bob", "editor").open(path).status_code == 404


def test_an_adviser_may_not_ask(adviser: Person) -> None:
    assert adviser.open(PATH).status_code == 403
    assert adviser.send(PATH, {"change": "withdraw:leave"}).status_code == 403

"""Publishing from the page: now, at a time, and when something is in the way."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from people.audit import Filters
from tests.small import documents, say
from tests.web.staff.editor.drafts.conftest import begun, fields, finished
from tests.web.staff.person import Person, words
from web.server.site import Site
from web.staff.editor.publish import read_moment

LEAVE = "How much travel leave can leaders take before a school trip?"


def changed(person: Person, document_id: str, old: str, new: str) -> str:
    """Begin a draft and save it with other words; give its path."""
    path = begun(person, document_id)
    page = person.open(path)
    person.send(path, fields(page, text=str(fields(page)["text"]).replace(old, new)))
    return path


def test_a_published_draft_answers_at_once_and_the_audit_says_who(site: Site, ann: Person) -> None:
    path = changed(ann, "leave", "two days", "three days")
    sent = {"version": "2", "do": "now", "reason": "the board agreed"}
    after = finished(ann, ann.send(f"{path}/publish", sent))
    page = words(ann.open(after))
    assert "This draft is published. Edition 2" in page
    turn = say(site.service.dialogue(), LEAVE)
    assert documents(turn) == ["leave"]
    assert "three days" in turn.replies[0].text
    row = site.staff.audit.rows(Filters(), 1)[0]
    assert (row.actor.name, row.act.action, row.act.subject) == (
        "ann",
        "guidance_published",
        "leave",
    )
    assert (row.act.edition_from, row.act.edition_to) == (1, 2)
    assert row.act.reason == "the board agreed"
    assert site.service.store.latest().by == "ann"


def test_a_draft_that_was_saved_after_the_page_was_opened_is_not_published(
    site: Site, ann: Person, bob: Person
) -> None:
    path = changed(ann, "leave", "two days", "three days")
    sent = fields(bob.open(path), text="Other words by Bob.")
    bob.send(path, sent)
    page = ann.send(f"{path}/publish", {"version": "2", "do": "now", "reason": "because"})
    assert page.status_code == 409
    assert "bob changed this draft" in page.text
    assert "because" in page.text
    assert site.service.store.latest_number() == 1


def test_a_draft_with_a_wrong_field_is_not_published(site: Site, ann: Person) -> None:
    path = begun(ann, "leave")
    ann.send(path, fields(ann.open(path), published="soon"))
    assert ann.send(f"{path}/publish", {"version": "2", "do": "now"}).status_code == 422
    assert site.service.store.latest_number() == 1


def test_a_draft_at_a_time_waits_and_is_published_as_whoever_set_it(
    site: Site, ann: Person
) -> None:
    path = changed(ann, "leave", "two days", "three days")
    sent = {"version": "2", "do": "later", "day": "3 May 2099", "time": "9:30", "reason": "term"}
    finished(ann, ann.send(f"{path}/publish", sent))
    assert "ann has set this to be published on 03 May 2099, 09:30" in words(ann.open(path))
    assert site.scheduled.publish_due() == 0
    late = dt.datetime(2099, 5, 4, tzinfo=dt.UTC)
    site.scheduled.drafts.now = lambda: late
    assert site.scheduled.publish_due() == 1
    assert site.scheduled.publish_due() == 0
    row = site.staff.audit.rows(Filters(action="guidance_published"), 1)[0]
    assert (row.actor.name, row.act.reason) == ("ann", "term")


def test_a_time_over_a_document_that_changed_publishes_nothing_and_says_so(
    site: Site, ann: Person
) -> None:
    path = changed(ann, "leave", "two days", "three days")
    sent = {"version": "2", "do": "later", "day": "3 May 2099", "time": "9:30"}
    finished(ann, ann.send(f"{path}/publish", sent))
    site.service.library.remove("leave")
    site.scheduled.drafts.now = lambda: dt.datetime(2099, 5, 4, tzinfo=dt.UTC)
    assert site.scheduled.publish_due() == 0
    assert "leave" not in site.service.store.latest().documents
    page = words(ann.open(path))
    assert "was withdrawn after draft 1 had begun" in page
    assert "was withdrawn after draft 1 had begun" in words(ann.open("/editor/drafts"))


def test_a_time_can_be_taken_back(ann: Person) -> None:
    path = changed(ann, "leave", "two days", "three days")
    sent = {"version": "2", "do": "later", "day": "3 May 2099", "time": "9am"}
    finished(ann, ann.send(f"{path}/publish", sent))
    assert ann.send(path, fields(ann.open(path))).status_code == 409
    ann.send(f"{path}/publish", {"do": "take_back", "version": "2"})
    assert ann.send(path, fields(ann.open(path))).status_code == 303


@pytest.mark.parametrize(("day", "time"), [("", ""), ("3 May 2020", "9:30"), ("soon", "9:30")])
def test_a_time_that_is_none_or_over_is_not_taken(day: str, time: str, ann: Person) -> None:
    path = changed(ann, "leave", "two days", "three days")
    page = ann.send(f"{path}/publish", {"version": "2", "do": "later", "day": day, "time": time})
    assert page.status_code == 422
    assert f'value="{day}"' in page.text


def test_times_are_those_of_the_unions_clock() -> None:
    zone = ZoneInfo("Europe/London")
    at = read_moment("03/05/2027", "9.30", zone)
    assert at == dt.datetime(2027, 5, 3, 8, 30, tzinfo=dt.UTC)
    assert read_moment("3 May 2027", "5 pm", zone) == dt.datetime(2027, 5, 3, 16, tzinfo=dt.UTC)
    assert read_moment("3 May 2027", "noonish", zone) is None


@pytest.fixture
def golden(site: Site, ann: Person) -> None:
    """Mark a question as golden: the first passage of `leave` should answer it."""
    (version,) = [one for one in site.service.edition().versions if one.document.id == "leave"]
    passage = version.passages[0].passage.id
    ann.send("/editor/try", {"question": LEAVE, "passage": passage, "do": "golden"})


def without_the_answer(ann: Person) -> str:
    """Begin a draft of `leave` that says nothing of leave any more; give its path."""
    path = begun(ann, "leave")
    ann.send(path, fields(ann.open(path), text="Bells\n\nThe bell rings at nine."))
    return path


@pytest.mark.usefixtures("golden")
def test_publishing_over_a_loss_of_a_golden_question_needs_a_reason(
    site: Site, ann: Person
) -> None:
    path = without_the_answer(ann)
    sent = {"version": "2", "do": "now", "reason": ""}
    page = ann.open(finished(ann, ann.send(f"{path}/publish", sent)))
    assert "would lose their answer" in words(page)
    assert LEAVE in page.text
    assert site.service.store.latest_number() == 1
    finished(ann, ann.send(f"{path}/publish", {**sent, "reason": "the rule has gone"}))
    assert site.service.store.latest_number() == 2


@pytest.mark.usefixtures("golden")
def test_a_time_over_a_loss_needs_a_reason_too_and_keeps_what_was_typed(
    site: Site, ann: Person
) -> None:
    path = without_the_answer(ann)
    sent = {"version": "2", "do": "later", "day": "3 May 2099", "time": "9:30", "reason": ""}
    page = ann.open(finished(ann, ann.send(f"{path}/publish", sent)))
    assert LEAVE in page.text
    assert 'value="3 May 2099"' in page.text
    assert site.staff.drafts.find(1).status == "open"


@pytest.mark.usefixtures("golden")
def test_a_question_that_became_golden_after_the_time_was_set_is_not_lost_silently(
    site: Site, ann: Person
) -> None:
    path = without_the_answer(ann)
    site.staff.drafts.schedule(
        1,
        2,
        dt.datetime(2099, 5, 3, tzinfo=dt.UTC),
        "ann",
        "editor",
        "",
        lambda _connection, _n: None,
    )
    site.scheduled.drafts.now = lambda: dt.datetime(2099, 5, 4, tzinfo=dt.UTC)
    assert site.scheduled.publish_due() == 0
    assert "golden questions would lose their answer" in words(ann.open(path))


@pytest.mark.usefixtures("golden")
def test_a_change_that_keeps_the_answer_needs_no_reason(site: Site, ann: Person) -> None:
    path = changed(ann, "leave", "two days", "three days")
    finished(ann, ann.send(f"{path}/publish", {"version": "2", "do": "now", "reason": ""}))
    assert site.service.store.latest_number() == 2


def test_a_draft_can_be_asked_and_its_impact_looked_at(ann: Person) -> None:
    path = changed(ann, "leave", "two days", "three days")
    assert "change=draft:1" in ann.open(f"{path}/publish").text
    asked = ann.send("/editor/try", {"question": LEAVE, "change": "draft:1"})
    assert "three days" in asked.text
    assert "Publish draft 1" in words(ann.open("/editor/impact?change=draft:1"))

"""Editors see what was asked in vain, and say what becomes of it."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from knowledge.documents.document import Document, Passage
from knowledge.editions.edition import DraftEdition, StoredPassage, Version
from people.accounts import Role
from people.audit import Filters
from people.gaps import Retest
from people.grouping import Grouping
from tests.people.asking import ANSWERED, asked_by
from tests.people.meanings import by_first_word
from tests.web.staff.conftest import MakeSite
from tests.web.staff.person import Person, words
from web.server.site import Site

LIST = "/editor/gaps"
MakePerson = Callable[[str, Role], Person]


@pytest.fixture
def asked(site: Site) -> Site:
    """Give a site where four conversations asked about lunch, and one about parking."""
    for number in range(4):
        site.asked.add(asked_by(f"c{number}", f"lunch for <b>[name]</b> {number}"))
    site.asked.add(asked_by("c9", "=parking in term time"))
    site.asked.add(replace(ANSWERED, wording="keys are answered"))
    site.asked.add(replace(ANSWERED, wording=None, status="unavailable"))
    Grouping(site.asked.engine, by_first_word).run()
    return site


@pytest.fixture
def ann(member_of_staff: MakePerson) -> Person:
    return member_of_staff("ann", "editor")


@pytest.fixture
def ben(member_of_staff: MakePerson) -> Person:
    return member_of_staff("ben", "editor")


def end(person: Person, do: str, *, version: int = 1, **values: str) -> tuple[int, str]:
    """Send the form that ends gap 1; give the status and the words of the page."""
    response = person.send(f"{LIST}/1", {"do": do, "version": str(version), **values})
    return response.status_code, words(response)


def test_whoever_writes_the_answer_sees_what_was_asked(asked: Site, ann: Person) -> None:
    page = words(ann.open("/editor/add?gap=1"))
    assert "What members asked lunch for &lt;b&gt;[name]&lt;/b&gt; 3" in page
    for other in ("99", "x"):
        assert "<h2>What members asked</h2>" not in ann.open(f"/editor/add?gap={other}").text


def test_what_most_conversations_asked_comes_first_and_rare_things_below(
    asked: Site, ann: Person
) -> None:
    page = words(ann.open(LIST))
    assert "lunch for &lt;b&gt;[name]&lt;/b&gt; 0" in page
    often, _, seldom = page.partition("Asked in fewer than 3 conversations")
    assert "4 conversations : not covered 4" in often
    assert "parking" in seldom
    assert "parking" not in often
    assert "keys are answered" not in page
    assert "1 got no answer because of a fault" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=covered", []),
        ("?state=all", ["lunch", "parking"]),
        ("?who=me", ["parking"]),
        ("?who=nobody", ["lunch"]),
        ("?who=ann&days=7", ["parking"]),
        ("?topic=unknown", ["lunch", "parking"]),
        ("?topic=send", []),
        ("?days=nonsense&state=nonsense&from=-1", ["lunch", "parking"]),
        ("?from=1", ["parking"]),
        ("?from=99", []),
    ],
)
def test_filters_are_in_the_address(asked: Site, ann: Person, query: str, found: list[str]) -> None:
    assert ann.send(f"{LIST}/2", {"do": "assign", "version": "1", "to": "ann"}).status_code == 303
    page = words(ann.open(LIST + query))
    assert [name for name in ("lunch", "parking") if name in page] == found


def test_the_file_holds_the_same_and_no_formula(asked: Site, ann: Person) -> None:
    response = ann.open(f"{LIST}.csv?state=open&days=7")
    assert response.headers["content-disposition"] == 'attachment; filename="gaps.csv"'
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert [(row["gap"], row["conversations"]) for row in rows] == [("1", "4"), ("2", "1")]
    assert rows[1]["wording"] == "'=parking in term time"


def test_the_page_of_a_gap_shows_what_was_asked_and_what_the_bot_did(
    asked: Site, ann: Person
) -> None:
    page = words(ann.open(f"{LIST}/1"))
    assert "lunch for &lt;b&gt;[name]&lt;/b&gt; 3" in page
    assert "The bot said that guidance does not cover this." in page
    assert "Decided by: whether guidance covers it." in page
    assert "4 conversations in 30 days" in page


def test_a_gap_is_assigned_to_an_editor_and_to_nobody_else(
    asked: Site, ann: Person, member_of_staff: MakePerson
) -> None:
    member_of_staff("ada", "adviser")
    end(ann, "assign", to="ann")
    assert asked.gap_work.gaps.find(1).assigned == "ann"
    end(ann, "assign", version=2, to="ada")
    assert asked.gap_work.gaps.find(1).assigned == ""


def test_a_gap_ends_as_draft_with_a_way_to_begin_it(asked: Site, ann: Person) -> None:
    assert end(ann, "draft")[0] == 303
    page = ann.open(f"{LIST}/1")
    assert 'href="/editor/add?gap=1"' in page.text
    assert "ann began a draft for this." in words(page)
    (row,) = asked.staff.audit.every(Filters(action="gap_draft"))
    assert (row.actor.name, row.act.subject) == ("ann", "gap 1")


def test_a_gap_ends_out_of_scope_only_with_a_reason(asked: Site, ann: Person) -> None:
    status, page = end(ann, "out_of_scope", reason="  ")
    assert (status, "say why it is out of scope" in page) == (422, True)
    assert end(ann, "out_of_scope", reason="not a matter of the union")[0] == 303
    page = words(ann.open(f"{LIST}/1"))
    assert "ann said that this is out of scope. Why: not a matter of the union" in page
    assert end(ann, "reopen", version=2)[0] == 303
    assert asked.gap_work.gaps.find(1).state == "open"


def test_a_gap_is_covered_only_by_a_document_that_is_there(asked: Site, ann: Person) -> None:
    status, page = end(ann, "covered", answer="No such thing")
    assert (status, "There is no document with this title" in page) == (422, True)
    assert asked.gap_work.gaps.find(1).state == "open"
    assert 'value="No such thing"' in ann.send(
        f"{LIST}/1", {"do": "covered", "version": "1", "answer": "No such thing"}
    ).text  # fmt: skip


@pytest.fixture
def published(asked: Site) -> Site:
    """Publish one document about keys, which came nearest to all that was asked."""
    passage = StoredPassage(Passage("keys#lost", "keys", ("Lost keys",), "Tell us."), ())
    document = Document("keys", "Keys to the building", topics=("employment",))
    draft = DraftEdition((Version(document, (passage,), ("/keys.md",)),), {}, "")
    assert asked.service.store.publish(draft)
    return asked


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ({"chosen": "keys"}, "keys"),
        ({"answer": "keys to the Building"}, "keys"),
        ({"chosen": "keys", "answer": "keys#lost"}, "keys#lost"),
    ],
)
def test_a_gap_ends_as_covered_by_what_came_nearest_or_was_typed(
    published: Site, ann: Person, values: dict[str, str], answer: str
) -> None:
    assert 'type="radio" name="chosen" value="keys"' in ann.open(f"{LIST}/1").text
    sent = ann.send(f"{LIST}/1", {"do": "covered", "version": "1", **values})
    assert sent.status_code == 303
    gap = published.gap_work.gaps.find(1)
    assert (gap.state, gap.answer, gap.edition) == ("covered", answer, 1)
    page = words(ann.open(f"{LIST}/1"))
    assert "ann said that this is covered by Keys to the building" in page


def test_a_topic_is_that_of_most_of_what_came_nearest(published: Site, ann: Person) -> None:
    for topic, found in (("employment", True), ("send", False), ("unknown", False)):
        page = words(ann.open(f"{LIST}?topic={topic}"))
        assert ("lunch for" in page) is found, topic


def test_of_two_editors_who_end_a_gap_the_second_is_told_and_loses_nothing(
    asked: Site, ann: Person, ben: Person
) -> None:
    assert end(ann, "draft")[0] == 303
    status, page = end(ben, "out_of_scope", reason="my long reason")
    assert status == 409
    assert "ann changed this just now; it is now: being drafted." in page
    assert "my long reason" in page
    assert asked.gap_work.gaps.find(1).state == "draft"


def test_a_gap_that_was_opened_again_says_so(asked: Site, ann: Person) -> None:
    end(ann, "out_of_scope", reason="not ours")
    for number in range(3):
        asked.asked.add(asked_by(f"new {number}", "lunch once more"))
    Grouping(asked.asked.engine, by_first_word).run()
    page = words(ann.open(f"{LIST}/1"))
    assert "Open again: 3 new conversations asked this after it had ended." in page
    assert "What was said then: not ours" in page
    assert "open again" in words(ann.open(LIST))


def test_how_many_wordings_are_answered_now_is_said(asked: Site, ann: Person) -> None:
    asked.gap_work.gaps.save(1, Retest(7, tested=14, answered=12))
    for path in (LIST, f"{LIST}/1"):
        assert "12 of 14 wordings now answered (edition 7)" in words(ann.open(path))


def test_a_test_without_guidance_says_that_it_cannot_be_made(asked: Site, ann: Person) -> None:
    status, page = end(ann, "test")
    assert status == 503
    assert "could not be tested" in page


@pytest.mark.parametrize("number", ["77", "1"])
def test_a_gap_that_is_gone_says_so(asked: Site, ann: Person, number: str) -> None:
    for conversation in ("c0", "c1", "c2", "c3"):
        asked.asked.forget(conversation)
    for response in (
        ann.open(f"{LIST}/{number}"),
        ann.send(f"{LIST}/77", {"do": "draft", "version": "1"}),
    ):
        assert response.status_code == 404
        assert "This gap is gone" in response.text


def test_advisers_do_not_see_what_was_asked(asked: Site, member_of_staff: MakePerson) -> None:
    person = member_of_staff("ada", "adviser")
    for path in (LIST, f"{LIST}.csv", f"{LIST}/1"):
        assert person.open(path).status_code == 403


def test_what_was_asked_and_ended_is_there_after_a_start(
    asked: Site, ann: Person, make_site: MakeSite
) -> None:
    end(ann, "draft")
    again = make_site()
    assert again.gap_work.gaps.find(1).state == "draft"
    assert len(again.gap_work.gaps.questions(1)) == 4


def test_of_many_gaps_a_page_shows_some(site: Site, ann: Person) -> None:
    for number in range(200):
        site.asked.add(asked_by(f"c{number}", f"word{number} is asked in vain " * 5))
    Grouping(site.asked.engine, by_first_word).run()
    page = ann.open(LIST)
    assert len(page.content) < 100_000
    assert 'href="/editor/gaps?from=50"' in page.text

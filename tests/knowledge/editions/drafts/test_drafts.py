"""Drafts as they are kept: nobody's change undoes another's."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from knowledge.editions.drafts.draft import Content, ReadingReport
from knowledge.editions.drafts.drafts import Drafts
from knowledge.editions.drafts.errors import DraftChanged, DraftClosed, UnknownDraft
from knowledge.editions.drafts.tables import source_files_table
from knowledge.editions.publish import Library
from tests.knowledge.editions.drafts.conftest import Begin, keep, new_document, write

NOON = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


def test_a_draft_begins_from_the_published_text_and_changes_nothing(
    begin: Begin, published: Library
) -> None:
    draft = begin("leave")
    assert "Ask the governing board for travel leave" in draft.content.text
    assert draft.content.metadata["review_by"] == "2027-06-10"
    assert (draft.version, draft.status, draft.by) == (1, "open", "ann")
    assert published.store.latest_number() == 1


def test_the_second_to_save_is_told_and_nothing_is_overwritten(
    begin: Begin, drafts: Drafts
) -> None:
    draft = begin("leave")
    write(drafts, draft, "two days", "three days")
    with pytest.raises(DraftChanged, match="ann changed draft 1"):
        write(drafts, draft, "two days", "five days", by="bob")
    assert "three days" in drafts.find(1).content.text
    saved = drafts.saved_text(1, 1)
    assert saved
    assert "two days" in saved


def test_what_goes_with_a_change_is_kept_with_it_or_neither_is(
    begin: Begin, drafts: Drafts
) -> None:
    draft = begin("leave")

    def fails(connection: sa.Connection, number: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        drafts.save(1, 1, Content({"title": "Other"}, "Other."), "ann", fails)
    assert drafts.find(1) == draft
    with pytest.raises(RuntimeError):
        drafts.make(new_document("Lunch"), "ann", fails)
    assert len(drafts.rows()) == 1


def test_what_was_thrown_away_cannot_be_changed_and_is_emptied_after_90_days(
    published: Library,
) -> None:
    now = [NOON]
    drafts = Drafts(published.store.engine, lambda: now[0])
    (number,) = drafts.make_from_file("lunch.md", b"# Lunch", [new_document("Lunch")], "ann", keep)
    drafts.throw_away(number, 1, "bob", keep)
    with pytest.raises(DraftClosed, match="thrown away"):
        drafts.save(number, 1, Content({}, ""), "ann", keep)
    assert drafts.rows() == ()
    now[0] += dt.timedelta(days=89)
    assert drafts.delete_old() == 0
    now[0] += dt.timedelta(days=2)
    assert drafts.delete_old() == 1
    draft = drafts.find(number)
    assert (draft.content.text, draft.source, draft.changed_by) == ("", None, "bob")
    with published.store.engine.connect() as connection:
        assert connection.execute(sa.select(source_files_table)).all() == []


def test_one_file_of_two_documents_is_kept_once(drafts: Drafts) -> None:
    made = [new_document("Lunch"), new_document("Dinner")]
    numbers = drafts.make_from_file("meals.html", b"<h1>Meals</h1>", made, "ann", keep)
    more = drafts.make_from_file("copy.html", b"<h1>Meals</h1>", made[:1], "ann", keep)
    found = [drafts.find(number) for number in (*numbers, *more)]
    assert len({draft.source for draft in found}) == 1
    assert [draft.source_name for draft in found] == ["meals.html", "meals.html", "copy.html"]
    file = drafts.source_file(found[0].source or "")
    assert file
    assert (file.content, file.media_type) == (b"<h1>Meals</h1>", "text/html; charset=utf-8")


def test_a_scheduled_draft_waits_for_its_time_and_one_process_gets_it(published: Library) -> None:
    now = [NOON]
    drafts = Drafts(published.store.engine, lambda: now[0])
    number = drafts.make(new_document("Lunch"), "ann", keep)
    drafts.schedule(number, 1, NOON + dt.timedelta(hours=1), "ann", "editor", "new term", keep)
    with pytest.raises(DraftClosed, match="has a time"):
        drafts.save(number, 1, Content({}, ""), "bob", keep)
    assert drafts.claim_due() is None
    now[0] += dt.timedelta(hours=2)
    draft = drafts.claim_due()
    assert draft
    assert (draft.number, draft.publish_by, draft.reason) == (number, "ann", "new term")
    assert drafts.claim_due() is None
    now[0] += dt.timedelta(minutes=11)  # the first one was killed
    assert drafts.claim_due()
    drafts.not_published(draft, "No.", again=False)
    draft = drafts.find(number)
    assert (draft.status, draft.problem, draft.publish_at) == ("open", "No.", None)


def test_of_several_processes_one_publishes_what_is_due(drafts: Drafts) -> None:
    number = drafts.make(new_document("Lunch"), "ann", keep)
    drafts.schedule(number, 1, NOON - dt.timedelta(days=999), "ann", "editor", "", keep)
    with ThreadPoolExecutor(4) as threads:
        claims = [each.result() for each in [threads.submit(drafts.claim_due) for _ in range(8)]]
    assert len(list(filter(None, claims))) == 1


def test_a_time_can_be_taken_back(drafts: Drafts) -> None:
    number = drafts.make(new_document("Lunch"), "ann", keep)
    drafts.schedule(number, 1, NOON, "ann", "editor", "", keep)
    drafts.take_back(number, 1, keep)
    assert drafts.find(number).can_change


def test_much_that_was_lost_has_to_be_accepted(drafts: Drafts) -> None:
    assert not ReadingReport(lost=0.3).must_accept
    assert ReadingReport(lost=0.4).must_accept
    (number,) = drafts.make_from_file("a.md", b"a", [new_document("Lunch")], "ann", keep)
    assert drafts.accept_loss(number, 1, "ann", keep) == 2
    assert drafts.find(number).reading.accepted


def test_there_is_no_draft_of_an_unknown_number(drafts: Drafts) -> None:
    with pytest.raises(UnknownDraft, match="no draft 7"):
        drafts.find(7)

"""Drafts that are published: one edition, and what others published meanwhile is never lost."""

from pathlib import Path

import pytest

from knowledge.editions.drafts.begin import draft_of_file
from knowledge.editions.drafts.changes import change_of
from knowledge.editions.drafts.draft import Content, SavedDraft
from knowledge.editions.drafts.drafts import Drafts
from knowledge.editions.drafts.errors import BaseChanged, DraftChanged, NothingChanges, NotReady
from knowledge.editions.publish import Library
from knowledge.editions.report import Report
from knowledge.editions.store import Recorder
from tests.knowledge.editions.drafts.conftest import Begin, keep, new_document, write
from tests.small import KEYS


def publish(library: Library, drafts: Drafts, draft: SavedDraft) -> Report:
    """Publish a draft as the pages do: with its mark in the same transaction."""
    marking: Recorder = lambda connection, _, after: (  # noqa: E731
        drafts.mark_published(connection, draft, after) and None
    )
    marked = Library(library.store, library.folder, library.embedder, marking)
    return marked.publish(change_of([draft], "ann"))


def texts(library: Library, document_id: str) -> str:
    version = library.store.state().versions[document_id]
    return " ".join(stored.passage.text for stored in version.passages)


def test_a_changed_document_is_published_and_the_draft_says_in_which_edition(
    published: Library, drafts: Drafts, begin: Begin
) -> None:
    draft = write(drafts, begin("leave"), "two days", "three days")
    report = publish(published, drafts, draft)
    assert report.updated == ("leave",)
    assert "three days" in texts(published, "leave")
    draft = drafts.find(draft.number)
    assert (draft.status, draft.edition, draft.document_id) == ("published", 2, "leave")
    assert published.store.latest().by == "ann"


def test_it_survives_a_start_that_reads_the_bundled_folder_again(
    published: Library, drafts: Drafts, begin: Begin, folder: Path
) -> None:
    publish(published, drafts, write(drafts, begin("leave"), "two days", "three days"))
    report = published.add([folder], bundled=True)
    assert report.edition == 2, "the start published something"
    (folder / "leave.md").write_text((folder / "leave.md").read_text().replace("two", "four"))
    published.add([folder], bundled=True)
    assert "three days" in texts(published, "leave")


def test_a_new_document_stays_when_files_are_added_that_would_take_its_name(
    published: Library, drafts: Drafts, tmp_path: Path
) -> None:
    draft = drafts.find(drafts.make(new_document("Lunch"), "ann", keep))
    assert publish(published, drafts, draft).created == ("lunch",)
    assert drafts.find(draft.number).document_id == "lunch"
    (tmp_path / "lunch.md").write_text("# Lunch\n\nA wholly different text about the canteen.")
    published.add([tmp_path / "lunch.md"])
    assert texts(published, "lunch") == "Lunch is at noon for everyone."


def test_two_new_documents_of_one_title_are_two(published: Library, drafts: Drafts) -> None:
    for text in ("First text of this.", "Second text of this."):
        new = new_document("Lunch", text)
        publish(published, drafts, drafts.find(drafts.make(new, "ann", keep)))
    assert {"lunch", "lunch-2"} <= published.store.state().versions.keys()


def test_a_draft_over_a_document_that_changed_is_refused_and_kept(
    published: Library, drafts: Drafts, begin: Begin
) -> None:
    first, second = begin("leave"), begin("leave")
    publish(published, drafts, write(drafts, first, "two days", "three days"))
    second = write(drafts, second, "four weeks", "six weeks")
    with pytest.raises(BaseChanged, match="published again") as raised:
        publish(published, drafts, second)
    assert not raised.value.gone
    assert drafts.find(second.number) == second
    live = published.store.state().versions["leave"]
    drafts.rebase(second.number, 2, live.digest, second.content.text, "ann", keep)
    publish(published, drafts, drafts.find(second.number))
    assert "two days" in texts(published, "leave")


def test_a_draft_of_a_withdrawn_document_is_refused_until_an_editor_chooses(
    published: Library, drafts: Drafts, begin: Begin
) -> None:
    draft = write(drafts, begin("leave"), "two days", "three days")
    published.remove("leave")
    with pytest.raises(BaseChanged, match="was withdrawn"):
        publish(published, drafts, draft)
    drafts.rebase(draft.number, 2, None, draft.content.text, "ann", keep)
    publish(published, drafts, drafts.find(draft.number))
    assert "three days" in texts(published, "leave")
    assert published.store.withdrawn() == {}


def test_a_draft_that_was_saved_while_it_was_published_is_not(
    published: Library, drafts: Drafts, begin: Begin
) -> None:
    seen = write(drafts, begin("leave"), "two days", "three days")
    write(drafts, seen, "three days", "five days", by="bob")
    with pytest.raises(DraftChanged):
        publish(published, drafts, seen)
    assert published.store.latest_number() == 1


def test_what_it_takes_the_place_of_leaves_in_the_same_edition(
    published: Library, drafts: Drafts, folder: Path
) -> None:
    new = new_document("Keys and bells")
    number = drafts.make(new, "ann", keep)
    content = Content(new.content.metadata, new.content.text, ("keys", "bells"))
    drafts.save(number, 1, content, "ann", keep)
    report = publish(published, drafts, drafts.find(number))
    assert (report.created, report.removed) == (("keys-and-bells",), ("bells", "keys"))
    published.add([folder], bundled=True)
    assert "keys" not in published.store.state().versions


def test_a_draft_that_changes_nothing_publishes_nothing(
    published: Library, drafts: Drafts, begin: Begin
) -> None:
    with pytest.raises(NothingChanges):
        publish(published, drafts, begin("leave"))


def test_a_draft_without_title_or_text_says_both(drafts: Drafts) -> None:
    number = drafts.make(new_document("", ""), "ann", keep)
    with pytest.raises(NotReady) as raised:
        change_of([drafts.find(number)], "ann")
    assert len(raised.value.problems) == 2


def test_the_next_draft_begins_from_the_text_that_was_published(
    published: Library, drafts: Drafts, begin: Begin
) -> None:
    draft = write(drafts, begin("leave"), "## How to ask", "> Quoted words here.\n\n## How to ask")
    publish(published, drafts, draft)
    assert begin("leave").content.text == draft.content.text


def test_an_edition_that_brings_a_draft_back_does_not_need_the_draft(
    published: Library, drafts: Drafts, begin: Begin
) -> None:
    publish(published, drafts, write(drafts, begin("leave"), "two days", "three days"))
    published.restore(1)
    published.restore(2)
    assert "three days" in texts(published, "leave")


def test_a_file_of_a_published_document_changes_that_one_and_keeps_what_it_does_not_state(
    published: Library, tmp_path: Path
) -> None:
    from knowledge.documents.readers import read

    path = tmp_path / "new-keys.md"
    path.write_text("# Keys to the building\n\nThe office keeps all the keys from now on.\n")
    (found,) = read(path)
    live = published.store.state().versions
    new = draft_of_file(found, "new-keys.md", live)
    assert (new.document_id, new.base) == ("keys", live["keys"].digest)
    assert new.content.metadata["publisher"] == "The union"
    assert "published" not in new.content.metadata
    path.write_text(KEYS.replace("title: Keys to the building", "title: Keys"))
    (found,) = read(path)
    assert draft_of_file(found, "new-keys.md", live).document_id == "keys", "nine in ten words"
    path.write_text("# Canteen\n\nLunch is at noon for everyone in the school.\n")
    (found,) = read(path)
    assert draft_of_file(found, "canteen.md", live).document_id is None

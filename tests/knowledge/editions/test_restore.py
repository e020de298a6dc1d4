"""Bringing an edition back."""

from pathlib import Path

import pytest

from knowledge.editions.publish import Library
from knowledge.editions.report import Report
from knowledge.errors import EditionError, UnknownDocument
from tests.small import KEYS


def change(folder: Path, locks: str) -> None:
    (folder / "keys.md").write_text(KEYS.replace("change the locks", locks))


def test_an_edition_is_brought_back_whole_as_a_new_one(library: Library, folder: Path) -> None:
    library.add([folder])
    first, index = library.open()
    change(folder, "ring the office")
    (folder / "bells.md").unlink()
    library.add([folder])
    report = library.restore(1)
    assert (report.created, report.updated, report.unchanged) == (
        ("bells",),
        ("keys",),
        ("leave",),
    )
    assert (report.embedded, report.edition) == (0, 3)
    edition, again = library.open()
    assert edition.versions == first.versions
    assert [e.passage for e in again.entries] == [e.passage for e in index.entries]
    assert (edition.note, edition.by, edition.base) == (
        "Edition 1 brought back.",
        "advice restore",
        2,
    )


def test_bringing_back_the_edition_that_answers_changes_nothing(
    library: Library, folder: Path
) -> None:
    library.add([folder])
    assert library.restore(1) == Report(unchanged=("bells", "keys", "leave"), edition=1)


def test_an_edition_that_never_was_is_refused(library: Library, folder: Path) -> None:
    library.add([folder])
    with pytest.raises(EditionError, match="no edition 7"):
        library.restore(7)


def test_a_document_brought_back_is_no_longer_withdrawn(library: Library, folder: Path) -> None:
    library.add([folder], bundled=True)
    library.remove("keys")
    library.restore(1)
    assert library.store.withdrawn() == {}
    assert library.add([folder], bundled=True).edition == 3


def test_a_document_missing_from_the_edition_stays_away_at_the_next_start(
    library: Library, folder: Path
) -> None:
    late = KEYS.replace("Keys to the building", "Keys to the hall")
    library.add([folder], bundled=True)
    library.remove("bells")
    (folder / "hall.md").write_text(late)
    library.add([folder], bundled=True)
    library.restore(2)
    assert set(library.store.withdrawn()) == {"bells", "hall"}
    assert library.add([folder], bundled=True).edition == 4
    assert list(library.store.latest().documents) == ["keys", "leave"]


def test_the_next_start_does_not_undo_what_was_brought_back(library: Library, folder: Path) -> None:
    library.add([folder], bundled=True)
    for locks in ("ring the office", "ring the caretaker"):
        change(folder, locks)
        library.add([folder], bundled=True)
    library.restore(2)
    library.restore(1)
    assert library.add([folder], bundled=True).edition == 5
    assert library.store.latest().versions == library.store.edition(1).versions


def test_a_newer_bundled_file_comes_in_after_an_edition_was_brought_back(
    library: Library, folder: Path
) -> None:
    library.add([folder], bundled=True)
    change(folder, "ring the office")
    library.add([folder], bundled=True)
    library.restore(1)
    change(folder, "ring the caretaker")
    assert library.add([folder], bundled=True).updated == ("keys",)


def test_whoever_adds_by_hand_what_was_turned_down_gets_it(library: Library, folder: Path) -> None:
    library.add([folder], bundled=True)
    change(folder, "ring the office")
    library.add([folder], bundled=True)
    library.restore(1)
    assert library.add([folder]).updated == ("keys",)
    assert library.add([folder], bundled=True).updated == ()


def test_the_list_of_editions_says_what_each_was(library: Library, folder: Path) -> None:
    library.add([folder])
    library.remove("keys")
    rows = [(r.number, r.by, r.note, r.documents) for r in library.editions()]
    assert rows == [
        (2, "advice remove", "Removed keys.", 2),
        (1, "advice add", "Added from guidance.", 3),
    ]
    assert all((row.bytes or 0) > 10_000 for row in library.editions())


def test_the_list_of_editions_comes_in_pages(library: Library, folder: Path) -> None:
    library.add([folder])
    for name in ("keys", "leave"):
        library.remove(name)
    assert [row.number for row in library.editions(2)] == [3, 2]
    assert [row.number for row in library.editions(2, below=2)] == [1]


def test_an_edition_says_who_made_it_and_why(library: Library, folder: Path) -> None:
    library.add([folder])
    ann = Library(library.store, library.folder, library.embedder, by="ann")
    ann.remove("keys", "It is wrong.")
    ann.bring_back("keys", "It was right.")
    ann.restore(2, reason="No, it is wrong.")
    assert [(row.by, row.note) for row in library.editions(3)] == [
        ("ann", "Edition 2 brought back. No, it is wrong."),
        ("ann", "Brought keys back. It was right."),
        ("ann", "Removed keys. It is wrong."),
    ]


def test_a_removed_document_comes_back_as_it_was_last(library: Library, folder: Path) -> None:
    library.add([folder])
    before = library.store.latest().versions
    library.remove("keys")
    report = library.bring_back("keys")
    assert (report.created, report.embedded, report.edition) == (("keys",), 0, 3)
    assert library.store.latest().versions == before
    assert library.store.withdrawn() == {}


def test_bringing_back_what_is_there_changes_nothing(library: Library, folder: Path) -> None:
    library.add([folder])
    change(folder, "ring the office")
    library.add([folder])
    assert library.bring_back("keys").edition == 2
    with pytest.raises(UnknownDocument):
        library.bring_back("no-such")

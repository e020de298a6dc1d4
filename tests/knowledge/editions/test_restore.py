"""Bringing an edition back."""

from pathlib import Path

import pytest

from knowledge.editions.publish import Library, Report
from knowledge.errors import EditionError
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

"""Files that would give one name are documents of their own."""

from pathlib import Path

import pytest

from knowledge.editions.publish import Library
from knowledge.editions.report import Report
from tests.small import KEYS

LEAVE = "# Leave for meetings\n\nYou may take leave for six days a year.\n"
PAY = "# Paying a supply teacher\n\nThe school pays from the first day.\n"
PAGE = (
    "<html><head><title>Introduction</title></head><body><main><h1>Introduction</h1>"
    "<p>{}</p></main></body></html>"
)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Give a folder with two folders, each with a file of the same name."""
    for name, text in (("leave", LEAVE), ("pay", PAY)):
        (tmp_path / "two" / name).mkdir(parents=True)
        (tmp_path / "two" / name / "index.md").write_text(text)
    return tmp_path / "two"


def test_two_files_of_one_name_are_two_documents(library: Library, two: Path) -> None:
    assert library.add([two]).created == ("index", "pay-index")
    edition, index = library.open()
    assert sorted(d.title for d in edition.documents.values()) == [
        "Leave for meetings",
        "Paying a supply teacher",
    ]
    assert {e.passage.id.partition("#")[0] for e in index.entries} == {"index", "pay-index"}


def test_two_pages_of_one_title_are_two_documents(library: Library, tmp_path: Path) -> None:
    for name in ("first", "second"):
        text = PAGE.format(f"This is the {name} page of the guidance for leaders.")
        (tmp_path / f"{name}.html").write_text(text)
    assert len(library.add([tmp_path / "first.html", tmp_path / "second.html"]).created) == 2


def test_a_file_added_again_keeps_its_name(library: Library, two: Path) -> None:
    library.add([two])
    assert library.add([two]) == Report(unchanged=("index", "pay-index"), edition=1)
    (two / "pay" / "index.md").write_text(PAY.replace("first", "third"))
    assert library.add([two / "pay"]).updated == ("pay-index",)


def test_a_new_file_does_not_take_the_name_of_another(library: Library, two: Path) -> None:
    library.add([two / "pay"])
    assert library.add([two]).created == ("leave-index",)
    assert library.store.latest().documents["index"].title == "Paying a supply teacher"


def test_a_file_keeps_its_name_when_the_other_one_goes(library: Library, two: Path) -> None:
    library.add([two])
    (two / "leave" / "index.md").unlink()
    report = library.add([two])
    assert (report.removed, report.unchanged) == (("index",), ("pay-index",))


def test_a_file_that_was_moved_keeps_its_documents_name(library: Library, two: Path) -> None:
    library.add([two / "leave"])
    (two / "leave").rename(two / "moved")
    (two / "moved" / "index.md").write_text(LEAVE.replace("six", "seven"))
    assert library.add([two / "moved"]).updated == ("index",)


def test_a_copy_that_was_changed_becomes_a_document_of_its_own(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "keys.md").write_text(KEYS)
    library.add([folder, copies])
    (copies / "keys.md").write_text(KEYS.replace("change the locks", "ring the office"))
    report = library.add([copies])
    assert (report.created, report.updated) == (("copies-keys",), ())


def test_files_that_share_every_name_are_all_kept(library: Library, tmp_path: Path) -> None:
    for number in range(3):
        place = tmp_path / str(number) / "same" / "same"
        place.mkdir(parents=True)
        (place / "keys.md").write_text(KEYS.replace("change the locks", f"call line {number}"))
    assert len(library.add([tmp_path / str(n) for n in range(3)]).created) == 3


def test_a_removed_bundled_document_leaves_its_name_to_no_other_file(
    library: Library, two: Path
) -> None:
    library.add([two], bundled=True)
    library.remove("index")
    assert library.add([two], bundled=True).unchanged == ("pay-index",)
    library.remove("pay-index")
    assert library.add([two], bundled=True).edition == 3
    assert library.store.latest().documents == {}

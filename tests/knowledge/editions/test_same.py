"""The same document again replaces the published one; what is only much like it is named."""

from pathlib import Path

import pytest

from knowledge.editions.publish import Library

PAGE = (
    '<html lang="en"><head><title>{title}</title><link rel="canonical" href="{address}"></head>'
    "<body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
)
MILEAGE = "A trust pays {} pence for each mile that a leader drives between two of its sites."
LONG = " ".join(
    f"Leaders who ask for day {number} of leave write to the board before week {number} ends."
    for number in range(12)
)


def page(folder: Path, name: str, title: str, text: str, address: str = "https://x.org/a") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(PAGE.format(title=title, text=text, address=address))
    return path


def note(folder: Path, name: str, text: str, more: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\ntitle: {path.stem.title()}\npublisher: The union\n{more}---\n{text}\n")
    return path


def titles(library: Library) -> list[str]:
    return sorted(d.title for d in library.store.latest().documents.values())


@pytest.mark.parametrize(
    "address",
    [
        "https://x.org/a",
        "http://www.x.org/a/",
        "https://x.org/a?utm_source=mail",
        "https://X.org/a#b",
    ],
)
def test_a_page_of_the_same_address_replaces_the_published_one(
    library: Library, tmp_path: Path, address: str
) -> None:
    library.add([page(tmp_path, "old.html", "Mileage", MILEAGE.format("forty"))])
    other = "From September each leader claims a new rate for driving between schools."
    report = library.add([page(tmp_path, "new.html", "Mileage from September", other, address)])
    assert (report.created, report.updated) == ((), ("mileage",))
    assert report.replaced["mileage"].title == "Mileage"
    assert titles(library) == ["Mileage from September"]


def test_two_pages_of_one_address_in_one_reading_are_one_document(
    library: Library, tmp_path: Path
) -> None:
    page(tmp_path, "a.html", "Mileage", MILEAGE.format("40"))
    page(tmp_path, "b.html", "Mileage from September", MILEAGE.format("45"))
    report = library.add([tmp_path])
    assert (len(report.created), len(report.older)) == (1, 1)
    assert library.add([tmp_path]).unchanged == report.created


def test_documents_made_from_one_page_are_not_that_page(library: Library, tmp_path: Path) -> None:
    source = "source:\n  title: The law\n  url: https://x.org/law\n"
    library.add([note(tmp_path, "pay.md", "The school pays for a supply teacher.", source)])
    report = library.add([note(tmp_path, "leave.md", "Ask the board for six days.", source)])
    assert report.created == ("leave",)


def test_the_same_words_from_another_file_replace_the_document(
    library: Library, tmp_path: Path
) -> None:
    library.add([note(tmp_path, "mileage.md", MILEAGE.format(40))])
    report = library.add([note(tmp_path, "driving.md", MILEAGE.format(45))])
    assert (report.created, report.updated) == ((), ("mileage",))
    assert titles(library) == ["Driving"]


def test_a_document_that_was_replaced_does_not_come_back_as_an_older_one(
    library: Library, tmp_path: Path
) -> None:
    new = note(tmp_path, "new.md", MILEAGE.format(45), "published: 2024-09-01\n")
    old = note(tmp_path, "old.md", MILEAGE.format(40), "published: 2023-09-01\n")
    library.add([new])
    report = library.add([old])
    assert (report.created, report.updated, len(report.older)) == ((), (), 1)
    assert titles(library) == ["New"]


def test_a_page_moved_to_another_file_under_another_title_keeps_its_name(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "guidance"
    first = page(folder, "a.html", "Mileage", MILEAGE.format("40"))
    library.add([folder])
    first.unlink()
    page(folder, "b.html", "Driving", MILEAGE.format("45"))
    report = library.add([folder])
    assert (report.updated, report.created, report.removed) == (("mileage",), (), ())


def test_documents_for_other_nations_are_not_the_same(library: Library, tmp_path: Path) -> None:
    for name, nation, pence in (("here", "England", 40), ("there", "Wales", 45)):
        more = f"nations: [{nation}]\n"
        library.add([note(tmp_path, f"{name}.md", MILEAGE.format(pence), more)])
    assert titles(library) == ["Here", "There"]


def test_a_document_can_be_kept_apart_from_one_that_is_like_it(
    library: Library, tmp_path: Path
) -> None:
    library.add([note(tmp_path, "mileage.md", MILEAGE.format(40))])
    report = library.add([note(tmp_path, "driving.md", MILEAGE.format(45))], separate=True)
    assert report.created == ("driving",)


def test_a_document_much_like_another_is_named_and_both_stay(
    library: Library, tmp_path: Path
) -> None:
    library.add([note(tmp_path, "leave.md", LONG, "published: 2024-05-03\n")])
    longer = LONG + " " + " ".join(f"Word {number} is another one." for number in range(40))
    report = library.add([note(tmp_path, "absence.md", longer)])
    (pair,) = report.alike
    assert (pair.document.id, pair.other.id, pair.share) == ("absence", "leave", 1.0)
    assert titles(library) == ["Absence", "Leave"]


def test_a_passage_that_stands_in_another_document_is_named(
    library: Library, tmp_path: Path
) -> None:
    shared = "# Calling us\nRing the advice line on any working day."
    library.add([note(tmp_path, "leave.md", f"# Asking\n{LONG}\n\n{shared}")])
    other = "# Bells\n" + " ".join(f"Bell {number} rings at noon." for number in range(30))
    report = library.add([note(tmp_path, "bells.md", f"{other}\n\n{shared}")])
    (pair,) = report.alike
    assert (pair.other.id, pair.passages) == ("leave", 1)
    assert pair.share < 0.5


def test_unlike_documents_are_not_named(library: Library, folder: Path) -> None:
    assert library.add([folder]).alike == ()

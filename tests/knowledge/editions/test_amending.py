"""Reviewed, no change; and another owner: the text stays, also when files are read again."""

import datetime as dt
from pathlib import Path

import pytest

from knowledge.documents.document import Document
from knowledge.editions.amending import (
    BadOwner,
    BadReviewDate,
    ChangedMeanwhile,
    Review,
    Seen,
    assigning,
    read_review_by,
    reviewing,
)
from knowledge.editions.publish import Library
from knowledge.errors import UnknownDocument
from tests.small import KEYS, LEAVE

TODAY, NEXT = dt.date(2026, 12, 1), dt.date(2027, 12, 1)


def published(library: Library, name: str) -> Document:
    return library.store.latest().documents[name]


def review(library: Library, *names: str, until: dt.date = NEXT) -> int:
    """Mark documents as reviewed; give how many texts that embedded."""
    reviews = [Review(Seen(name), until) for name in names]
    return library.publish(reviewing(reviews, TODAY)).embedded


def test_several_documents_are_reviewed_in_one_edition_and_nothing_is_embedded(
    library: Library, folder: Path
) -> None:
    library.add([folder])
    before = {v.document.id: v.passages for v in library.store.latest().versions}
    assert review(library, "keys", "leave") == 0
    edition = library.store.latest()
    assert (edition.number, edition.note) == (2, "Reviewed, no change: 2 documents.")
    assert {v.document.id: v.passages for v in edition.versions} == before
    for name in ("keys", "leave"):
        assert (published(library, name).reviewed, published(library, name).review_by) == (
            TODAY,
            NEXT,
        )
    assert published(library, "bells").reviewed is None
    assert published(library, "leave").owner == "Travel team"


def test_what_changed_since_it_was_seen_is_not_marked_and_nor_are_the_others(
    library: Library, folder: Path
) -> None:
    library.add([folder])
    seen = {v.document.id: v.digest for v in library.store.latest().versions}
    (folder / "keys.md").write_text(KEYS.replace("change the locks", "ring the office"))
    library.add([folder])
    reviews = [Review(Seen(name, seen[name]), NEXT) for name in ("keys", "leave")]
    with pytest.raises(ChangedMeanwhile) as told:
        library.publish(reviewing(reviews, TODAY))
    assert told.value.names == ("keys",)
    assert library.store.latest_number() == 2
    assert published(library, "leave").reviewed != TODAY


def test_a_change_published_between_reading_and_saving_is_noticed_too(
    library: Library, folder: Path
) -> None:
    library.add([folder])
    seen = {v.document.id: v.digest for v in library.store.latest().versions}
    change = reviewing([Review(Seen("keys", seen["keys"]), NEXT)], TODAY)
    change.apply(library.store.state())  # worked out, and then somebody else is faster
    (folder / "keys.md").write_text(KEYS.replace("change the locks", "ring the office"))
    library.add([folder])
    with pytest.raises(ChangedMeanwhile):
        library.publish(change)


def test_a_document_that_is_gone_is_named(library: Library, folder: Path) -> None:
    library.add([folder])
    with pytest.raises(UnknownDocument, match="none"):
        review(library, "keys", "none")
    assert library.store.latest_number() == 1


@pytest.mark.parametrize("bundled", [True, False])
def test_reading_the_same_files_again_undoes_no_review_and_no_owner(
    library: Library, folder: Path, bundled: bool
) -> None:
    library.add([folder], bundled=bundled)
    review(library, "leave")
    library.publish(assigning([Seen("leave")], "Policy team"))
    review(library, "leave", until=NEXT + dt.timedelta(1))
    number = library.store.latest_number()
    report = library.add([folder], bundled=bundled)
    assert (report.updated, report.edition) == ((), number)
    kept = published(library, "leave")
    assert (kept.reviewed, kept.review_by) == (TODAY, NEXT + dt.timedelta(1))
    assert kept.owner == "Policy team"


@pytest.mark.parametrize("bundled", [True, False])
def test_a_file_that_says_something_new_comes_in(
    library: Library, folder: Path, bundled: bool
) -> None:
    library.add([folder], bundled=bundled)
    review(library, "leave")
    (folder / "leave.md").write_text(LEAVE.replace("two days", "three days"))
    assert library.add([folder], bundled=bundled).updated == ("leave",)
    assert published(library, "leave").review_by == dt.date(2027, 6, 10)
    # And is what it says from then on.
    (folder / "leave.md").write_text(LEAVE)
    assert library.add([folder], bundled=bundled).updated == ("leave",)


def test_bringing_back_an_edition_brings_its_dates_back_for_good(
    library: Library, folder: Path
) -> None:
    library.add([folder], bundled=True)
    review(library, "leave")
    library.restore(1)
    library.add([folder], bundled=True)
    assert published(library, "leave").review_by == dt.date(2027, 6, 10)
    library.restore(2)
    library.add([folder], bundled=True)
    assert published(library, "leave").review_by == NEXT


def test_a_reviewed_document_whose_file_is_gone_goes_too(library: Library, folder: Path) -> None:
    library.add([folder], bundled=True)
    review(library, "leave")
    (folder / "leave.md").unlink()
    assert library.add([folder], bundled=True).removed == ("leave",)


@pytest.mark.parametrize("text", ["31 May 2027", "31/05/2027", "31st May 2027", "2027-05-31"])
def test_dates_are_read_as_people_here_write_them(text: str) -> None:
    assert read_review_by(text, TODAY) == dt.date(2027, 5, 31)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_date"),
        ("soon", "no_date"),
        ("31/02/2027", "no_date"),
        ("05/31/2027", "no_date"),
        ("1 December 2026", "past"),
        ("1 January 2020", "past"),
        ("2 December 2028", "far"),
    ],
)
def test_other_dates_are_refused(text: str, code: str) -> None:
    with pytest.raises(BadReviewDate) as told:
        read_review_by(text, TODAY)
    assert told.value.code == code


def test_the_last_day_is_two_years_ahead_also_from_a_leap_day() -> None:
    assert read_review_by("1 December 2028", TODAY) == dt.date(2028, 12, 1)
    assert read_review_by("28/02/2030", dt.date(2028, 2, 29)) == dt.date(2030, 2, 28)


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\x00b"])
def test_an_owner_has_a_name(name: str) -> None:
    with pytest.raises(BadOwner):
        assigning([Seen("leave")], name)

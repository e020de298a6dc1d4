"""Every problem of a draft stands beside its field; dates are read as they are written here."""

from typing import Any

from knowledge.editions.drafts.checking import check_fields, with_dates


def problems(**values: Any) -> dict[str, str]:
    _, found = check_fields(with_dates(values), "leave")
    return {each.field: each.problem for each in found}


def test_british_dates_are_read_day_first() -> None:
    values = {"published": "3 May 2024", "reviewed": "03/05/2024", "review_by": "2027-01-31"}
    assert with_dates(values) == {
        "published": "2024-05-03", "reviewed": "2024-05-03", "review_by": "2027-01-31",
    }  # fmt: skip


def test_what_is_no_date_stays_as_it_was_typed_and_says_how_to_write_it() -> None:
    assert problems(title="A", published="soon") == {
        "published": "'soon' is not a date: write it as 3 May 2024"
    }


def test_all_problems_are_named_at_once() -> None:
    found = problems(
        published="31/02/2024",
        topics=["cooking"],
        source={"url": "ftp://a"},
        timing=[{"kind": "over", "notice": "Over.", "from": "3 May 2024", "until": "May"}, {}],
    )
    assert set(found) == {
        "title", "published", "topics", "source.url", "source.title", "timing[1].until",
        "timing[2].kind",
    }  # fmt: skip


def test_a_review_that_is_due_before_it_was_done_is_wrong() -> None:
    assert set(problems(title="A", reviewed="3 May 2024", review_by="2 May 2024")) == {"review_by"}


def test_empty_fields_are_no_fields() -> None:
    document, found = check_fields(with_dates({"title": "A", "published": "", "topics": []}), "a")
    assert found == []
    assert document.published is None

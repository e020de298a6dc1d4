import datetime as dt

import pytest

from knowledge.documents.readers.dates import date_line, month_stated, nations_line, read_date


@pytest.mark.parametrize(
    "text",
    [
        "2 March 2023",
        "2nd Mar 2023",
        "02/03/2023",
        "2023-03-02",
        "2023-03-02T10:00:00+00:00",
        "2 Mawrth 2023",
    ],
)
def test_a_date_is_read_day_first(text: str) -> None:
    assert read_date(text) == dt.date(2023, 3, 2)


@pytest.mark.parametrize("text", ["31 June 2023", "March 2023", "12 Mayor 2023", "soon", ""])
def test_what_is_not_a_whole_date_is_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("First published 2 March 2023", "published"),
        ("Last updated: 2 March 2023", "published"),
        ("Posted on Thursday 2 March 2023 by Jo Lane", "published"),
        ("This page was last reviewed on 2 March 2023.", "reviewed"),
        ("Last updated: 2nd March 2023", "published"),
        ("Next review: 02/03/2023", "review_by"),
        ("Date of next review: 2 March 2023", "review_by"),
        ("This document is due for review on 2 March 2023", "review_by"),
        ("Cyhoeddwyd: 2 Mawrth 2023", "published"),
    ],
)
def test_a_line_that_only_states_a_date_is_recognised(line: str, kind: str) -> None:
    assert date_line(line) == (kind, dt.date(2023, 3, 2))


def test_a_sentence_with_a_date_is_text() -> None:
    assert date_line("The report was published on 2 March 2023 and schools must reply.") is None


def test_the_nations_of_a_page_are_read() -> None:
    assert nations_line("Applies to England and Wales") == ["England", "Wales"]
    assert nations_line("Applies to all staff") is None


def test_a_month_is_named_but_is_no_date() -> None:
    assert month_stated(
        ["Published May 2024", "Pay rose in June 2023, as the board had said."]
    ) == ("May 2024")
    assert month_stated(["3 May 2024"]) == ""
    assert month_stated(["May 2024", "June 2024"]) == ""


@pytest.mark.parametrize("line", ["Valid from 1 September 2024", "Review date: 1 September 2024"])
def test_a_date_that_may_mean_several_things_stays_in_the_text(line: str) -> None:
    assert date_line(line) is None

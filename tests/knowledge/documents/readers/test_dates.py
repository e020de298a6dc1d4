import datetime as dt

import pytest

from knowledge.documents.readers.dates import date_line, nations_line, read_date


@pytest.mark.parametrize(
    "text",
    ["2 March 2023", "2nd Mar 2023", "02/03/2023", "2023-03-02", "2023-03-02T10:00:00+00:00"],
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
    ],
)
def test_a_line_that_only_states_a_date_is_recognised(line: str, kind: str) -> None:
    assert date_line(line) == (kind, dt.date(2023, 3, 2))


def test_a_sentence_with_a_date_is_text() -> None:
    assert date_line("The report was published on 2 March 2023 and schools must reply.") is None


def test_the_nations_of_a_page_are_read() -> None:
    assert nations_line("Applies to England and Wales") == ["England", "Wales"]
    assert nations_line("Applies to all staff") is None

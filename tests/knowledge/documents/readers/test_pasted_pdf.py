"""Text copied out of a PDF or a table: broken words, ends of pages, tabs."""

import pytest

from knowledge.documents.blocks import Draft, LeftOut
from knowledge.documents.readers import read_text

FIRST = "Leave for heads is agreed by the governing body, which meets each term and must be"
NEXT = "told of the dates at least six weeks before the day on which the leave is to begin."


def one(content: str) -> Draft:
    (draft,) = read_text(content, "pasted")
    return draft


def texts(content: str) -> list[str]:
    return [block.text for block in one(content).blocks]


@pytest.mark.parametrize(
    ("source", "mended"),
    [
        ("their safe-\nguarding duties", "their safeguarding duties"),
        ("their safe- guarding duties", "their safeguarding duties"),
        ("a well-\nknown way", "a well-known way"),
        ("full- and part-time staff", "full- and part-time staff"),
        ("the years 2024-\n25 only", "the years 2024-25 only"),
        ("a head-\nteacher or another headteacher", "a headteacher or another headteacher"),
        ("a co-\nhead or another co-head", "a co-head or another co-head"),
        ("the of\ufb01ce", "the office"),
    ],
)
def test_broken_words_are_mended_and_real_hyphens_stay(source: str, mended: str) -> None:
    assert texts(f"Heads should think of {source} at all times.") == [
        f"Heads should think of {mended} at all times."
    ]


@pytest.mark.parametrize("mark", ["12", "- 12 -", "Page 12", "12 of 40", "Page 12 of 40"])
def test_a_page_number_inside_a_sentence_goes(mark: str) -> None:
    draft = one(f"{FIRST}\n\n{mark}\n\n{NEXT}\n")
    assert [block.text for block in draft.blocks] == [f"{FIRST} {NEXT}"]
    assert draft.left_out == (LeftOut("running header", mark),)


def test_a_running_header_goes_with_the_number_beside_it() -> None:
    page = f"{FIRST}\n\nStaff handbook 12\n\n{NEXT}\n\nStaff handbook 13\n\n{FIRST} quick.\n"
    assert texts(page) == [f"{FIRST} {NEXT}", f"{FIRST} quick."]


def test_a_heading_that_comes_three_times_is_no_running_header() -> None:
    part = f"How to apply\n\n{NEXT}\n\n"
    page = f"Leave\n\n{NEXT}\n\nWales\n\n{part}England\n\n{part}Scotland\n\n{part}"
    assert texts(page).count("How to apply") == 3


def test_a_number_that_a_page_shows_on_a_line_of_its_own_stays() -> None:
    assert "25" in " ".join(texts(f"Leave\n\n{NEXT}\n\nYou get\n25\ndays of leave each year.\n"))


def test_rows_with_tabs_are_a_table() -> None:
    page = "Role\tAcademy\tOthers\nHead\tTwo months\tThree months\n\tOne week\tTwo weeks\n"
    assert [(block.kind, block.text) for block in one(page).blocks] == [
        ("row", "Role: Head; Academy: Two months; Others: Three months"),
        ("row", "Role: Head; Academy: One week; Others: Two weeks"),
    ]


def test_two_columns_without_names_are_no_header() -> None:
    page = "Head\tTwo months\nDeputy\tOne month\n"
    assert texts(page) == ["Head; Two months", "Deputy; One month"]


def test_a_table_under_a_heading_keeps_the_heading() -> None:
    page = f"Leave\n\n{NEXT}\n\nNotice\n\nRole\tDays\nHead\t60\n"
    assert texts(page) == ["Leave", NEXT, "Notice", "Role: Head; Days: 60"]


def test_marks_of_numbered_lists_are_kept() -> None:
    draft = one(f"Leave\n\nTake these steps:\n\n(a) Ask\n(b) Wait\n\n{NEXT}\n")
    marks = [(block.mark, block.text) for block in draft.blocks if block.kind == "item"]
    assert marks == [("(a)", "Ask"), ("(b)", "Wait")]

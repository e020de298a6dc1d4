"""PDF files without tags: places and letters say what is what."""

import pytest

from knowledge.documents.blocks import Draft
from knowledge.documents.readers.pdf import read_pdf
from tests.knowledge.documents.readers.pdf.making import LEFT, Page, make

PROSE = (
    "The site manager keeps a list of all keys and of the people who",
    "have borrowed one. Everybody signs for a key and gives it back on",
    "the last day of term, or earlier if the office asks for it.",
)


def read(*pages: Page, **info: str) -> Draft:
    (draft,) = read_pdf(make(*pages, **info), "keys")
    return draft


def prose_about(number: int) -> list[str]:
    thing = ("keys", "books", "bells", "doors")[number - 1]
    return [f"{line} ({thing})" for line in PROSE]


def shown(draft: Draft) -> list[tuple[str, int, str, str]]:
    return [(block.kind, block.level, block.mark, block.text) for block in draft.blocks]


def body(draft: Draft) -> str:
    return " ".join(block.text for block in draft.blocks)


def test_headings_show_in_the_size_and_weight_of_their_letters() -> None:
    page = Page()
    page.lines(780, "Keys to the building", size=20, bold=True)
    page.lines(740, *PROSE)
    page.lines(670, "Lost keys", size=14, bold=True)
    page.lines(640, *PROSE)
    page.lines(570, "At night", bold=True)
    page.lines(550, *PROSE)
    assert [each for each in shown(read(page)) if each[0] == "heading"] == [
        ("heading", 1, "", "Keys to the building"),
        ("heading", 2, "", "Lost keys"),
        ("heading", 3, "", "At night"),
    ]


def test_lines_are_paragraphs_and_a_gap_begins_another() -> None:
    page = Page()
    page.lines(740, *PROSE)
    page.lines(680, *PROSE)
    assert [each[3] for each in shown(read(page))] == [" ".join(PROSE)] * 2


def test_words_in_bold_do_not_break_a_paragraph() -> None:
    page = Page()
    page.lines(740, *PROSE[:2])
    page.lines(712, "the last day of term, or earlier if the office or the head asks", bold=True)
    page.lines(698, *PROSE)
    assert len(read(page).blocks) == 1


def test_items_keep_their_marks_and_stand_inside_each_other() -> None:
    page = Page()
    page.lines(740, *PROSE)
    for place, (mark, x, text) in enumerate(
        [("1.", 57, "Keep a record of:"), ("•", 85, "who has a key"), ("2.", 57, "Check it.")]
    ):
        page.text(x, 680 - 20 * place, mark)
        page.text(x + 22, 680 - 20 * place, text)
    assert shown(read(page))[1:] == [
        ("item", 1, "1.", "Keep a record of:"),
        ("item", 2, "", "who has a key"),
        ("item", 1, "2.", "Check it."),
    ]


def test_a_number_at_the_start_of_a_line_of_a_paragraph_is_no_mark() -> None:
    page = Page()
    page.lines(
        740, "Everybody who wants to borrow a key has to follow paragraph", "10. of this policy is."
    )
    assert len(read(page).blocks) == 1


def test_columns_are_read_one_after_the_other_below_what_goes_across() -> None:
    page = Page()
    page.lines(780, "Keys to the building and who may have them", size=20, bold=True)
    left = [f"Left line {number} says who may" for number in range(1, 7)]
    right = [f"Right line {number} says who not" for number in range(1, 7)]
    for place in range(6):
        page.text(LEFT, 740 - 14 * place, left[place])
        page.text(320, 740 - 14 * place, right[place])
    page.lines(640, "Below both columns there is one more line that goes across the page.")
    assert (
        body(read(page))
        == " ".join(["Keys to the building and who may have them", *left, *right])
        + " Below both columns there is one more line that goes across the page."
    )


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    page = Page()
    for place in range(6):
        page.text(LEFT, 740 - 14 * place, "all the keys of the main building")
        page.text(320, 740 - 14 * place, "all the keys of the other building")
    assert len(read(page).blocks) == 1


def test_a_table_is_rows_with_the_names_of_its_bold_first_row() -> None:
    page = Page()
    page.lines(760, *PROSE)
    rows = [("Role", "Keys", "Until"), ("Head", "Gate", "July"), ("Cook", "Hall", "June")]
    for place, row in enumerate(rows):
        for column, word in enumerate(row):
            page.text(LEFT + 150 * column, 690 - 20 * place, word, bold=place == 0)
    page.lines(600, *PROSE)
    assert shown(read(page))[1:-1] == [
        ("row", 0, "", "Role: Head; Keys: Gate; Until: July"),
        ("row", 0, "", "Role: Cook; Keys: Hall; Until: June"),
    ]


def test_a_table_without_a_header_that_shows_has_no_names_made_up() -> None:
    page = Page()
    page.lines(760, *PROSE)
    for place, row in enumerate([("Head", "Gate"), ("Cook", "Hall")]):
        for column, word in enumerate(row):
            page.text(LEFT + 150 * column, 690 - 20 * place, word)
    assert [each[3] for each in shown(read(page))[1:]] == ["Head; Gate", "Cook; Hall"]


def test_rules_part_the_rows_of_cells_with_several_lines() -> None:
    page = Page()
    page.lines(760, *PROSE)
    page.text(LEFT, 690, "Role", bold=True)
    page.text(250, 690, "What to do", bold=True)
    page.rule(685)
    page.lines(672, "Head of a", "school")
    page.lines(672, "Sign the list and", "keep it locked", x=250)
    page.rule(652)
    page.lines(639, "Cook")
    page.lines(639, "Give the key", "back daily", x=250)
    assert [each[3] for each in shown(read(page))[1:]] == [
        "Role: Head of a school; What to do: Sign the list and keep it locked",
        "Role: Cook; What to do: Give the key back daily",
    ]


def test_running_headers_and_page_numbers_are_left_out_and_listed() -> None:
    pages = [Page() for _ in range(4)]
    for number, page in enumerate(pages, 1):
        page.text(LEFT, 815, "Keys policy", size=9)
        page.lines(760 - number, *prose_about(number))
        page.text(290, 30, f"Page {number} of 4", size=9)
    draft = read(*pages)
    assert "policy" not in body(draft)
    assert "Page" not in body(draft)
    assert [left.text for left in draft.left_out if left.page == 2] == [
        "Keys policy",
        "Page 2 of 4",
    ]
    assert {left.kind for left in draft.left_out} == {"running header"}


def test_a_heading_that_counts_like_the_pages_stays() -> None:
    pages = [Page() for _ in range(4)]
    for number, page in enumerate(pages, 1):
        page.lines(780, f"Step {number}", size=18, bold=True)
        page.lines(740 - number, *prose_about(number))
    assert [block.text for block in read(*pages).blocks if block.kind == "heading"] == [
        "Step 1", "Step 2", "Step 3", "Step 4",
    ]  # fmt: skip


def test_a_paragraph_goes_on_over_the_page_around_notes_and_page_numbers() -> None:
    first, second, third = Page(), Page(), Page()
    first.lines(760, *PROSE)
    first.lines(700, "The office keeps a second key in a locked box, and only the head and")
    first.text(LEFT, 104, "1", size=6)
    first.lines(100, "In the safe.", x=LEFT + 4, size=9)
    second.lines(760, "the site manager know its number.")
    second.lines(700, *PROSE)
    third.lines(760, *PROSE)
    for number, page in enumerate((first, second, third), 1):
        page.text(290, 30, str(number), size=9)
    draft = read(first, second, third)
    assert (
        "only the head and the site manager know its number.",
        1,
    ) in [(block.text[-51:], block.page) for block in draft.blocks]


def test_a_note_at_the_foot_of_a_page_follows_what_it_belongs_to() -> None:
    page = Page()
    page.lines(740, "Give the key back within 10")
    page.text(LEFT + 151, 744, "2", size=7)
    page.text(LEFT + 160, 740, "days after the end of term, please.")
    page.lines(700, *PROSE)
    page.text(LEFT, 104, "2", size=6)
    page.lines(100, "Working days, without", "Saturdays.", x=LEFT + 4, size=9)
    assert shown(read(page)) == [
        ("paragraph", 0, "", "Give the key back within 10 days after the end of term, please."),
        ("note", 0, "2", "Working days, without Saturdays."),
        ("paragraph", 0, "", " ".join(PROSE)),
    ]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_turned_is_read_as_one_sees_it(turned: int) -> None:
    matrix = {90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[turned]
    page = Page(turned=turned)
    for place, line in enumerate(PROSE):
        x, y = {90: (100 + 14 * place, 57), 180: (530, 100 + 14 * place),
                270: (500 - 14 * place, 700)}[turned]  # fmt: skip
        page.text(x, y, line, matrix=matrix)
    assert body(read(page)) == " ".join(PROSE)


def test_a_watermark_and_what_nobody_can_see_are_left_out_and_listed() -> None:
    page = Page()
    page.lines(740, *PROSE)
    page.text(150, 300, "DRAFT", size=60, matrix="0.7 0.7 -0.7 0.7")
    page.text(LEFT, 600, "secret words", mode=3)
    page.text(-300, 600, "beside the page")
    draft = read(page)
    assert body(draft) == " ".join(PROSE)
    assert {(left.kind, left.text) for left in draft.left_out} == {
        ("running header", "DRAFT"),
        ("hidden", "secret words"),
        ("hidden", "beside the page"),
    }


def test_a_table_of_contents_is_left_out() -> None:
    page, second = Page(), Page()
    page.lines(780, "Contents", size=16, bold=True)
    names = ["Who has a key", "Lost keys", "Keys at night"]
    for place, name in enumerate(names):
        page.text(LEFT, 740 - 20 * place, name)
        page.text(500, 740 - 20 * place, "2")
    for place, name in enumerate(names):
        second.lines(780 - 90 * place, name, size=16, bold=True)
        second.lines(750 - 90 * place, *PROSE)
    draft = read(page, second)
    assert {block.page for block in draft.blocks} == {2}
    assert [left.text for left in draft.left_out if left.kind == "menu"] == [
        "Who has a key; 2", "Lost keys; 2", "Keys at night; 2",
    ]  # fmt: skip

"""What editors type is read as they mean it, and nothing of it is lost without a word."""

from knowledge.documents.blocks import Block, LeftOut
from knowledge.documents.edited import read_edited


def shown(text: str) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in read_edited(text).blocks]


def test_lines_that_follow_each_other_are_one_paragraph() -> None:
    assert shown("Ask the governors\nfour weeks before.\r\n\r\nThen wait.") == [
        ("paragraph", 0, "Ask the governors four weeks before."),
        ("paragraph", 0, "Then wait."),
    ]


def test_lists_may_be_indented_by_two_or_four_spaces_or_tabs() -> None:
    for indent in ("  ", "    ", "\t"):
        assert shown(f"- a\n{indent}- b\n{indent}- c\n- d") == [
            ("item", 1, "a"), ("item", 2, "b"), ("item", 2, "c"), ("item", 1, "d"),
        ]  # fmt: skip


def test_numbers_stay_as_they_were_typed() -> None:
    marks = [block.mark for block in read_edited("3. three\n4. four\n9) nine").blocks]
    assert marks == ["3.", "4.", "9)"]


def test_a_line_that_is_not_indented_ends_an_item_and_an_indented_one_goes_on() -> None:
    assert shown("- an item\n  that goes on\nA paragraph.") == [
        ("item", 1, "an item that goes on"),
        ("paragraph", 0, "A paragraph."),
    ]


def test_a_page_mark_counts_for_all_that_follows_and_parts_no_list() -> None:
    blocks = read_edited("[page 3]\n\n- a\n\n[Page 4]\n\n  - b\n\n[no page]\n\nEnd.").blocks
    assert [(block.level, block.page) for block in blocks] == [(1, 3), (2, 4), (0, None)]


def test_a_table_reads_row_by_row_under_its_columns() -> None:
    assert shown("[caption] Pay\n\n| Year | Pay |\n|---|---|\n| 2024 | £30,000 |\n| 2025 | |") == [
        ("caption", 0, "Pay"),
        ("row", 0, "Year: 2024; Pay: £30,000"),
        ("row", 0, "Year: 2025"),
    ]


def test_marks_of_markdown_go_and_what_they_hold_stays() -> None:
    assert shown("**Ask** the _board_, see [the form](https://a.example/form).") == [
        ("paragraph", 0, "Ask the board, see the form.")
    ]


def test_what_no_quotation_can_show_is_named() -> None:
    edited = read_edited("[page 2]\n\nSee [it](https://a.example). ~~Gone.~~ ![A map](map.png)")
    assert edited.blocks == (Block("paragraph", 0, "See it.", page=2),)
    assert edited.left_out == (
        LeftOut("pointer", "https://a.example", 2),
        LeftOut("struck", "Gone.", 2),
        LeftOut("picture", "A map", 2),
    )


def test_signs_that_mark_nothing_stay() -> None:
    text = "Use 2 * 3 = 6 & a_b@c.example, <b> and `x`, [sic]; 5 > 4 | no"
    assert shown(text) == [("paragraph", 0, text)]

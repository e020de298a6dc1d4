"""Lists and tables of Word files, as Word shows them."""

import pytest

from tests.knowledge.documents.readers.word_files import (
    DECIMAL,
    LETTERS,
    item,
    level,
    lines,
    lists,
    paragraph,
    read,
    row,
    run,
)

# --- lists


def test_list_items_have_the_marks_that_word_shows() -> None:
    draft = read(
        item("first"), item("second"), item("inner", 1), item("inner too", 1), item("third"),
        numbering=lists(level(0, "decimal", "%1.", start=3), LETTERS),
    )  # fmt: skip
    assert lines(draft) == ["3. first", "4. second", "(a) inner", "(b) inner too", "5. third"]
    assert [block.level for block in draft.blocks] == [1, 1, 2, 2, 1]


def test_a_list_goes_on_after_a_paragraph() -> None:
    draft = read(
        item("first"), paragraph("A word between them."), item("second"), numbering=lists(DECIMAL)
    )
    assert lines(draft) == ["1. first", "A word between them.", "2. second"]


def test_a_list_that_begins_anew_does() -> None:
    anew = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    draft = read(
        item("first"), item("second"), item("first again", use=2), item("second again", use=2),
        numbering=lists(DECIMAL, more=anew),
    )  # fmt: skip
    assert [block.mark for block in draft.blocks] == ["1.", "2.", "1.", "2."]


def test_marks_of_several_levels_are_whole() -> None:
    draft = read(
        item("Scope"), item("Heads", 1), item("Deputies", 1), item("Times"), item("Terms", 1),
        numbering=lists(DECIMAL, level(1, "decimal", "%1.%2")),
    )  # fmt: skip
    assert [b.mark for b in draft.blocks] == ["1.", "1.1", "1.2", "2.", "2.1"]


@pytest.mark.parametrize(
    ("form", "marks"),
    [
        ("upperLetter", ["Y", "Z", "AA"]),
        ("lowerRoman", ["xxv", "xxvi", "xxvii"]),
        ("decimalZero", ["25", "26", "27"]),
        ("ordinal", ["25th", "26th", "27th"]),
        ("bullet", ["", "", ""]),
    ],
)
def test_marks_have_the_form_of_their_list(form: str, marks: list[str]) -> None:
    text = "" if form == "bullet" else "%1"
    draft = read(
        item("one"), item("two"), item("three"), numbering=lists(level(0, form, text, start=25))
    )
    assert [block.mark for block in draft.blocks] == marks


def test_a_list_by_style_is_a_list() -> None:
    draft = read(paragraph("Ask the head.", "ListNumber"), numbering=lists(DECIMAL))
    assert (draft.blocks[0].kind, draft.blocks[0].mark) == ("item", "1.")


def test_a_list_inside_another_list_is_known_by_its_indent() -> None:
    bullets = (
        f'<w:abstractNum w:abstractNumId="5">{level(0, "bullet", "")}</w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
    )
    deeper = '<w:ind w:left="1440"/>'
    draft = read(
        item("Say why:"), item("illness", use=2, indent=deeper), item("Wait."),
        numbering=lists(DECIMAL, more=bullets),
    )  # fmt: skip
    assert [block.level for block in draft.blocks] == [1, 2, 1]
    assert lines(draft) == ["1. Say why:", "illness", "2. Wait."]


# --- tables


def cell(text: str, properties: str) -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text) if text else '<w:p/>'}</w:tc>"


def test_merged_cells_belong_to_every_row_and_column_that_they_cover() -> None:
    draft = read(
        "<w:tbl>"
        + row("Role", "Autumn", "Spring", properties="<w:tblHeader/>")
        + row("Head", cell("10 days", '<w:vMerge w:val="restart"/>'), "4 days")
        + row("Deputy", cell("", "<w:vMerge/>"), "2 days")
        + row("Teacher", cell("1 day", '<w:gridSpan w:val="2"/>'))
        + "</w:tbl>"
    )
    assert lines(draft) == [
        "Role: Head; Autumn: 10 days; Spring: 4 days",
        "Role: Deputy; Autumn: 10 days; Spring: 2 days",
        "Role: Teacher; Autumn: 1 day; Spring: 1 day",
    ]


def test_a_row_that_begins_late_keeps_its_columns() -> None:
    draft = read(
        "<w:tbl>"
        + row("Role", "Days", properties="<w:tblHeader/>")
        + row("10", properties='<w:gridBefore w:val="1"/>')
        + "</w:tbl>"
    )
    assert lines(draft) == ["Days: 10"]


def test_a_first_row_in_bold_is_the_header() -> None:
    bold = [cell("", "").replace("<w:p/>", f"<w:p>{run(t, '<w:b/>')}</w:p>") for t in ("A", "B")]
    draft = read(f"<w:tbl>{row(*bold)}{row('one', 'two')}</w:tbl>")
    assert lines(draft) == ["A: one; B: two"]


@pytest.mark.parametrize("above", [True, False])
def test_a_caption_comes_with_its_table(above: bool) -> None:
    table = f"<w:tbl>{row('Role', 'Days', properties='<w:tblHeader/>')}{row('Head', '10')}</w:tbl>"
    caption = paragraph("Maintained schools", "Caption")
    draft = read(*((caption, table) if above else (table, caption)))
    assert "Maintained schools" in lines(draft)[0]
    assert "Role: Head; Days: 10" in lines(draft)[-1]

"""What a Word file shows is what is read; the rest is counted and kept out."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.blocks import Draft
from knowledge.documents.readers.word import read_word
from tests.knowledge.documents.readers.word_files import (
    item,
    level,
    lists,
    paragraph,
    properties,
    row,
    run,
    word_file,
)

DECIMAL = level(0, "decimal", "%1.")
LETTERS = level(1, "lowerLetter", "(%2)")


def read(*body: str, **parts: str) -> Draft:
    (draft,) = read_word(word_file(*body, **parts), "file")
    return draft


def lines(draft: Draft) -> list[str]:
    return [f"{b.mark} {b.text}".strip() for b in draft.blocks]


def left_out(draft: Draft) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in draft.left_out]


# --- changes, comments, hidden text


def test_a_tracked_deletion_is_left_out_and_an_insertion_kept() -> None:
    draft = read(
        paragraph(
            run("You get ")
            + '<w:del w:id="1"><w:r><w:delText>five</w:delText></w:r></w:del>'
            + f'<w:ins w:id="2">{run("ten")}</w:ins>'
            + run(" days.")
        )
    )
    assert lines(draft) == ["You get ten days."]
    assert left_out(draft) == [("tracked deletion", "five")]
    assert [(each.kind, each.text) for each in draft.kept] == [("tracked insertion", "ten")]


def test_text_that_was_inserted_and_deleted_again_is_left_out() -> None:
    gone = '<w:ins w:id="1"><w:del w:id="2"><w:r><w:delText>six</w:delText></w:r></w:del></w:ins>'
    draft = read(paragraph(run("You get ten") + gone + run(" days.")))
    assert lines(draft) == ["You get ten days."]
    assert draft.kept == ()


def test_moved_text_stands_where_it_was_moved_to() -> None:
    draft = read(
        paragraph(f'<w:moveFrom w:id="1">{run("Ask the head.")}</w:moveFrom>'),
        paragraph("Fill in the form first."),
        paragraph(f'<w:moveTo w:id="2">{run("Ask the head.")}</w:moveTo>'),
    )
    assert lines(draft) == ["Fill in the form first.", "Ask the head."]
    assert left_out(draft) == [("tracked move", "Ask the head.")]


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next() -> None:
    draft = read(
        paragraph(run("The school pays "), properties='<w:rPr><w:del w:id="1"/></w:rPr>'),
        paragraph(run("for a supply teacher.")),
    )
    assert lines(draft) == ["The school pays for a supply teacher."]


def test_a_deleted_row_of_a_table_is_left_out() -> None:
    gone = row("Deputy", "8 days", properties='<w:del w:id="1"/>')
    draft = read(f"<w:tbl>{row('Head', '10 days')}{gone}{row('Teacher', '1 day')}</w:tbl>")
    assert lines(draft) == ["Head; 10 days", "Teacher; 1 day"]
    assert left_out(draft) == [("tracked deletion", "Deputy 8 days")]


@pytest.mark.parametrize("hides", ["<w:vanish/>", '<w:rStyle w:val="Secret"/>'])
def test_hidden_text_is_left_out_whatever_hides_it(hides: str) -> None:
    draft = read(paragraph(run("Ask the head.") + run(" Not ", hides) + run("yet", hides)))
    assert lines(draft) == ["Ask the head."]
    assert left_out(draft) == [("hidden", "Not yet")]


def test_a_run_that_is_shown_against_its_style_is_kept() -> None:
    shown = '<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>'
    assert lines(read(paragraph(run("Ask the head.", shown)))) == ["Ask the head."]


def test_struck_text_is_left_out() -> None:
    draft = read(paragraph(run("Wait ") + run("14", "<w:dstrike/>") + run("21 days.")))
    assert lines(draft) == ["Wait 21 days."]
    assert left_out(draft) == [("struck", "14")]


def test_comments_headers_and_footers_are_left_out() -> None:
    draft = read(
        paragraph(run("Ask the head.") + '<w:r><w:commentReference w:id="0"/></w:r>'),
        comments=f'<w:comment w:id="0">{paragraph("Is she the one?")}</w:comment>',
        header=paragraph("Draft for the board"),
        footer=paragraph("Page 1"),
    )
    assert lines(draft) == ["Ask the head."]
    assert left_out(draft) == [
        ("comment", "Is she the one?"),
        ("running header", "Draft for the board"),
        ("running header", "Page 1"),
    ]


def test_macros_and_embedded_objects_are_counted() -> None:
    embedded = '<w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>'
    data = word_file(
        paragraph(run("Ask the head.") + f"<w:r>{embedded}</w:r>"),
        members={"word/vbaProject.bin": b"never opened"},
    )
    (draft,) = read_word(data, "file")
    assert left_out(draft) == [
        ("embedded object", "Excel.Sheet.12"),
        ("macro", "word/vbaProject.bin"),
    ]


# --- headings and the title


def test_headings_are_known_by_style_by_the_style_below_it_and_by_outline_level() -> None:
    draft = read(
        paragraph("Leave for carers", "Title"),
        paragraph("Who", "Heading1"),
        paragraph("Heads can take leave each year."),
        paragraph("How", "Part"),
        paragraph("Heads ask the board in writing."),
        paragraph("When", properties='<w:outlineLvl w:val="1"/>'),
        paragraph("Heads ask two weeks before."),
    )
    headings = [(b.level, b.text) for b in draft.blocks if b.kind == "heading"]
    assert headings == [(1, "Leave for carers"), (2, "Who"), (2, "How"), (3, "When")]
    assert draft.title == "Leave for carers"


def test_the_one_heading_on_top_is_the_title() -> None:
    draft = read(
        paragraph("Leave for carers", "Heading1"),
        paragraph("Who", "Heading2"),
        paragraph("Heads can take leave each year."),
    )
    assert draft.title == "Leave for carers"
    assert [b.level for b in draft.blocks if b.kind == "heading"] == [1, 2]


def test_large_type_on_top_is_the_title() -> None:
    draft = read(
        paragraph(run("Leave for carers", '<w:sz w:val="40"/>')),
        paragraph("Heads can take leave each year."),
    )
    assert draft.title == "Leave for carers"


def test_the_number_of_a_heading_is_part_of_it() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    draft = read(
        paragraph("Leave for carers", "Title"),
        paragraph("Scope", "Heading1", numbered),
        paragraph("Heads can take leave each year."),
        numbering=lists(DECIMAL),
    )
    assert draft.blocks[1].text == "1. Scope"


def test_the_table_of_contents_is_left_out() -> None:
    draft = read(paragraph("Scope 3", "TOC1"), paragraph("Heads can take leave each year."))
    assert lines(draft) == ["Heads can take leave each year."]
    assert left_out(draft) == [("menu", "Scope 3")]


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


# --- notes, text boxes, pictures, fields


def note(number: int, text: str) -> str:
    inner = f"<w:p><w:r><w:footnoteRef/></w:r>{run(text)}</w:p>"
    return f'<w:footnote w:id="{number}">{inner}</w:footnote>'


def refer(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def test_a_note_stands_apart_and_its_mark_touches_no_number() -> None:
    draft = read(
        paragraph(run("Leave is 10") + refer(2) + run(" days.")),
        paragraph("Ask the head."),
        footnotes=note(2, " Counted from April."),
    )
    assert [(b.kind, b.text) for b in draft.blocks] == [
        ("paragraph", "Leave is 10 days."),
        ("note", "Counted from April."),
        ("paragraph", "Ask the head."),
    ]


def test_a_note_does_not_tear_a_list_apart() -> None:
    draft = read(
        item("ten" + "", use=1).replace("</w:p>", refer(2) + "</w:p>"),
        item("twelve"),
        paragraph("Ask the head."),
        numbering=lists(DECIMAL),
        footnotes=note(2, "School days."),
    )
    assert lines(draft) == ["1. ten", "2. twelve", "School days.", "Ask the head."]


def test_a_note_whose_mark_was_deleted_is_left_out() -> None:
    draft = read(
        paragraph(run("Ask the head.") + f'<w:del w:id="1">{refer(2)}</w:del>'),
        footnotes=note(2, "Or the deputy."),
    )
    assert lines(draft) == ["Ask the head."]
    assert left_out(draft) == [("hidden", "Or the deputy.")]


def test_an_endnote_is_a_note() -> None:
    end = f'<w:endnote w:id="2">{paragraph("School days.")}</w:endnote>'
    draft = read(paragraph(run("Ten days") + refer(2, "endnote")), endnotes=end)
    assert [block.kind for block in draft.blocks] == ["paragraph", "note"]


def text_box(text: str) -> str:
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    draft = read(paragraph(run("Ask the head.") + text_box("Keep a copy.")), paragraph("Wait."))
    assert lines(draft) == ["Ask the head.", "Keep a copy.", "Wait."]


def picture(description: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{description}"/>'
        "<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip/></pic:blipFill></pic:pic>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


@pytest.mark.parametrize("description", ["", "A pen. Description automatically generated"])
def test_a_picture_that_nobody_described_is_left_out(description: str) -> None:
    draft = read(paragraph(run("Ask the head.") + picture(description)))
    assert lines(draft) == ["Ask the head."]
    assert left_out(draft) == [("picture", "a picture without a description")]


def test_the_code_of_a_field_is_not_text_and_its_result_is() -> None:
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>', "<w:instrText>REF staff</w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>', "<w:t>section 3</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )  # fmt: skip
    assert lines(read(paragraph(run("See ") + field + run(" of this policy.")))) == [
        "See section 3 of this policy."
    ]


def test_a_field_that_never_ends_hides_nothing() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert lines(read(paragraph(begun + run("Ask the head.")))) == ["Ask the head."]


def test_a_prompt_to_fill_in_is_left_out_and_what_was_filled_in_is_text() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    draft = read(
        paragraph(run("Ask ") + control.format("", run("the head."))),
        paragraph(run("Signed ") + control.format("<w:showingPlcHdr/>", run("Tap to enter text."))),
    )
    assert lines(draft) == ["Ask the head.", "Signed"]
    assert left_out(draft) == [("form", "Tap to enter text.")]


def test_breaks_and_special_characters_keep_words_apart_and_together() -> None:
    broken = run("one") + '<w:r><w:br w:type="page"/></w:r>' + run("two")
    joined = run("twenty") + "<w:r><w:noBreakHyphen/></w:r>" + run("one")
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    assert lines(read(paragraph(broken), paragraph(joined), paragraph(symbol + run(" yes")))) == [
        "one two",
        "twenty-one",
        "✓ yes",
    ]


def test_a_formula_is_written_on_one_line() -> None:
    formula = (
        "<m:oMath><m:f><m:num><m:r><m:t>pay</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>365</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert lines(read(paragraph(run("A day is ") + formula + run(".")))) == ["A day is pay/365."]


# --- what the file says about itself


def test_title_and_company_come_from_the_file_and_its_last_saving_is_no_publication() -> None:
    data = word_file(
        paragraph("Heads can take leave each year."),
        members=properties("Leave for carers", "The union", "2024-05-03T10:00:00Z"),
    )
    (draft,) = read_word(data, "file")
    assert (draft.title, draft.metadata["publisher"]) == ("Leave for carers", "The union")
    assert "published" not in draft.metadata
    assert str(draft.saved) == "2024-05-03"


# --- nothing lost, nothing twice

WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9).map(lambda t: f"{t}7")
PLACES = st.lists(
    st.tuples(st.sampled_from(["text", "item", "heading", "cell", "box", "note"]), WORD),
    min_size=1,
    max_size=12,
)


@given(PLACES)
def test_every_word_of_a_file_is_in_its_blocks_once(places: list[tuple[str, str]]) -> None:
    body, notes = [], []
    for number, (kind, word) in enumerate(places, 2):
        text = f"The {word} is here."
        if kind == "item":
            body.append(item(text, level=number % 2))
        elif kind == "cell":
            body.append(f"<w:tbl>{row(text, 'Yes it is.')}</w:tbl>")
        elif kind == "box":
            body.append(paragraph(run("Look there.") + text_box(text)))
        elif kind == "note":
            body.append(paragraph(run("Look there.") + refer(number)))
            notes.append(note(number, text))
        else:
            body.append(paragraph(text, "Heading1" if kind == "heading" else ""))
    body.append(paragraph("This is the end of it."))
    draft = read(*body, numbering=lists(DECIMAL, LETTERS), footnotes="".join(notes))
    found = " ".join([b.text for b in draft.blocks] + [each.text for each in draft.left_out])
    counts = Counter(word for word in found.replace(".", " ").split() if word.endswith("7"))
    assert counts == Counter(word for _, word in places)

"""Notes, text boxes, pictures and fields of Word files; no word is lost and none comes twice."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.documents.readers.word_files import (
    DECIMAL,
    LETTERS,
    item,
    left_out,
    lines,
    lists,
    note,
    paragraph,
    read,
    refer,
    row,
    run,
    text_box,
)

# --- notes, text boxes, pictures, fields


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

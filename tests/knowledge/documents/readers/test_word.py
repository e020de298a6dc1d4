"""What a Word file shows is what is read; the rest is counted and kept out."""

import pytest

from knowledge.documents.readers.word import read_word
from tests.knowledge.documents.readers.word_files import (
    DECIMAL,
    left_out,
    lines,
    lists,
    paragraph,
    properties,
    read,
    row,
    run,
    word_file,
)

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

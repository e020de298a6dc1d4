"""What a PDF file is as a whole: broken, locked, a scan; and what it says about itself."""

import pytest

from knowledge.documents.readers.pdf import read_pdf
from knowledge.errors import ReaderError
from tests.knowledge.documents.readers.pdf.making import LEFT, Page, make
from tests.knowledge.documents.readers.pdf.test_untagged import PROSE


def page_of_prose() -> Page:
    page = Page()
    page.lines(780, "Keys to the building", size=20, bold=True)
    page.lines(740, *PROSE)
    return page


def test_a_scan_is_refused_with_what_to_do() -> None:
    page = Page()
    page.picture()
    with pytest.raises(ReaderError, match=r"keys: is a scan.*recognise its text"):
        read_pdf(make(page), "keys")


def test_a_scan_whose_text_was_recognised_is_read() -> None:
    page = Page()
    page.picture()
    for place, line in enumerate(PROSE):
        page.text(LEFT, 740 - 14 * place, line, mode=3)
    (draft,) = read_pdf(make(page), "keys")
    assert draft.blocks[0].text == " ".join(PROSE)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(ReaderError, match="has no text at all"):
        read_pdf(make(Page()), "keys")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nand nothing else", b"%PDF-1.4" + bytes(500)])
def test_a_broken_file_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(ReaderError, match="is damaged and cannot be opened: please download"):
        read_pdf(data, "keys")


def test_a_file_with_a_password_is_refused_with_what_to_do() -> None:
    with pytest.raises(ReaderError, match="has a password: please save a copy without one"):
        read_pdf(make(page_of_prose(), locked=True), "keys")


def test_pages_are_counted_while_they_are_read() -> None:
    told = []
    read_pdf(make(page_of_prose(), page_of_prose()), "keys", lambda *done: told.append(done))
    assert sorted(set(told)) == [(1, 2), (2, 2)]


def test_the_title_and_the_body_that_the_front_page_names_are_taken() -> None:
    page = page_of_prose()
    page.lines(600, "A policy of the Crown of Keys Trust")
    data = make(page, Title="Keys to the building - The Trust", Author="Crown of Keys Trust")
    (draft,) = read_pdf(data, "x")
    assert draft.id == "keys-to-the-building"
    assert draft.metadata["title"] == "Keys to the building"
    assert draft.metadata["publisher"] == "Crown of Keys Trust"


def test_whoever_typed_a_file_is_not_its_publisher() -> None:
    (draft,) = read_pdf(make(page_of_prose(), Author="Ann Typist"), "x")
    assert "publisher" not in draft.metadata


@pytest.mark.parametrize("title", ["", "Microsoft Word - keys v2.docx", "Untitled", "keys.pdf"])
def test_a_title_that_a_program_made_up_gives_way_to_the_heading(title: str) -> None:
    (draft,) = read_pdf(make(page_of_prose(), Title=title), "x")
    assert draft.title == "Keys to the building"


def test_the_date_on_the_page_goes_before_the_date_of_the_file() -> None:
    page = page_of_prose()
    page.lines(600, "Last updated 11 April 2025")
    (draft,) = read_pdf(make(page, CreationDate="D:20260101120000Z"), "x")
    assert draft.metadata["published"] == "2025-04-11"
    assert [left.text for left in draft.left_out if left.kind == "about the page"] == [
        "Last updated 11 April 2025"
    ]


def test_the_date_of_the_file_is_taken_unless_a_browser_printed_it() -> None:
    made = {"CreationDate": "D:20240903164411+01'00'"}
    (written,) = read_pdf(make(page_of_prose(), Creator="A word processor", **made), "x")
    (printed,) = read_pdf(make(page_of_prose(), Producer="Skia/PDF m138", **made), "x")
    assert written.metadata["published"] == "2024-09-03"
    assert "published" not in printed.metadata


@pytest.mark.parametrize("stated", ["cy-GB", "", "cy"])
def test_the_language_that_a_file_states_is_given(stated: str) -> None:
    (draft,) = read_pdf(make(page_of_prose(), language=stated), "keys")
    assert draft.language == stated

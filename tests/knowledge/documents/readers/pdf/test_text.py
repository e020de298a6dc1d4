"""Hyphens and ligatures: what a line's end did to a word is undone."""

import pytest

from knowledge.documents.readers.pdf import read_pdf
from knowledge.documents.readers.pdf.text import HYPHEN, Settler, joined, note_mark
from tests.knowledge.documents.readers.pdf.making import Page, make


def settled(text: str, *others: str) -> str:
    return Settler([text, *others], ()).settle(text)


def test_a_word_that_is_written_in_one_elsewhere_is_mended() -> None:
    assert settled(f"The safe{HYPHEN}guarding lead", "safeguarding") == "The safeguarding lead"


def test_a_hyphen_that_stands_elsewhere_is_kept() -> None:
    assert settled(f"a multi{HYPHEN}agency plan", "a Multi-agency plan") == "a multi-agency plan"


def test_two_words_of_the_document_keep_the_hyphen_between_them() -> None:
    assert settled(f"a well{HYPHEN}known rule", "well, it is known") == "a well-known rule"


def test_what_nothing_tells_is_done_as_the_document_does_it() -> None:
    text = f"pro{HYPHEN}tects"
    assert settled(text) == "pro-tects"
    assert settled(text, f"safe{HYPHEN}guarding", "safeguarding") == "protects"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [("post\x0216", "post-16"), ("ofsted/early\x02years", "ofsted/early-years"),
     ("non\x02English", "non-English")],
)  # fmt: skip
def test_numbers_names_and_addresses_keep_their_hyphens(broken: str, whole: str) -> None:
    assert settled(broken, "postenglish earlyyears nonenglish") == whole


def test_a_word_that_a_page_broke_is_mended_too() -> None:
    text = joined("all the safe-", "guarding leads")
    assert settled(text, "safeguarding") == "all the safeguarding leads"


def test_a_word_broken_at_the_end_of_a_line_is_mended_in_a_file() -> None:
    page = Page()
    page.lines(740, "Every school has a lead for safe-", "guarding, and all leads know the rules.")
    page.lines(680, "Safeguarding comes first in a well-", "known school that is known and well.")
    (draft,) = read_pdf(make(page), "keys")
    assert draft.blocks[0].text.startswith("Every school has a lead for safeguarding, and")
    assert "a well-known school" in draft.blocks[1].text


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (f"A hall of 90 m{note_mark('2')}is large.", "A hall of 90 m² is large."),
        (f"Within 10{note_mark('2')}school days.", "Within 10 school days."),
        (f"2 × 10{note_mark('2')}pounds.", "2 × 10² pounds."),
        (f"Within 10{note_mark('3')}days.", "Within 10³ days."),
    ],
)
def test_a_raised_figure_is_a_mark_only_where_it_can_be_one(words: str, shown: str) -> None:
    assert Settler([words], {"2"}).settle(words) == shown

"""Editions and documents beside each other, word by word."""

import re

from tests.editions import made, publish
from tests.web.staff.person import Person, words
from web.server.site import Site

EDITIONS = "/editor/editions/compare"


def test_two_editions_are_compared_word_by_word(published: Site, editor: Person) -> None:
    page = editor.open(f"{EDITIONS}?from=1&to=3")
    said = words(page)
    assert "New documents: 1. Changed: 1. Gone: 1." in said
    assert re.search(r"<del>\S+ \S+Gone: </span>two <.*?</del>", page.text)
    assert re.search(r"<ins>\S+ \S+New: </span>three <.*?</ins>", page.text)
    assert "Review by 10 June [Gone: 2031 ] [New: 2032 ]" in said
    assert "Ask the governing board." not in said
    assert 'href="/editor/documents/keys/compare?from=1&amp;to=3"' in page.text


def test_without_numbers_the_newest_is_compared_with_the_one_before(
    published: Site, editor: Person
) -> None:
    said = words(editor.open(EDITIONS))
    assert "Edition 2 and edition 3" in said
    assert "New documents: 1. Changed: 0. Gone: 0." in said


def test_an_edition_that_never_was_is_named(published: Site, editor: Person) -> None:
    page = editor.open(f"{EDITIONS}?from=1&to=77")
    assert page.status_code == 404
    assert "There is no edition 77." in words(page)


def test_equal_editions_are_said_to_be_equal(published: Site, editor: Person) -> None:
    said = words(editor.open(f"{EDITIONS}?from=2&to=2"))
    assert "The two editions hold the same documents, word for word." in said


def test_many_changed_documents_come_in_pages_and_long_ones_are_cut_with_a_link(
    site: Site, editor: Person
) -> None:
    def edition(word: str) -> None:
        texts = [f"Passage {number} is {word}." for number in range(40)]
        publish(site.service.store, *(made(f"document-{name:02}", *texts) for name in range(25)))

    edition("old")
    edition("new")
    page = editor.open(f"{EDITIONS}?from=1&to=2")
    assert page.text.count("<summary>") == 10
    assert "All 40 changed passages of Document-00" in page.text
    assert len(page.content) < 100_000
    last = editor.open(f"{EDITIONS}?from=1&to=2&page=3")
    assert last.text.count("<summary>") == 5
    one = editor.open("/editor/documents/document-00/compare?from=1&to=2&page=2")
    assert "Passage 39 is" in one.text
    assert "Passage 24 is" not in one.text


def test_a_document_is_compared_with_itself_in_any_edition(published: Site, editor: Person) -> None:
    page = editor.open("/editor/documents/leave/compare?from=1&to=2")
    said = words(page)
    assert "Leave for school trips: edition 1 and edition 2" in said
    assert "Leaders can take [Gone: two ] [New: three ] days of travel leave." in said
    assert "Passages that are the same in both, not shown here: 1." in said


def test_a_document_that_an_edition_does_not_have_is_all_gone(
    published: Site, editor: Person
) -> None:
    said = words(editor.open("/editor/documents/keys/compare?from=1&to=2"))
    assert "Edition 2 does not have this document." in said
    assert "[Gone: The site manager keeps the keys. ]" in said
    neither = words(editor.open("/editor/documents/keys/compare?from=2&to=3"))
    assert "The document is in neither of the two editions." in neither

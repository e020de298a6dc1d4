"""The list of editions."""

from tests.editions import made, publish
from tests.web.staff.person import Person, words
from web.server.site import Site


def test_each_edition_says_when_by_whom_and_why(published: Site, editor: Person) -> None:
    page = editor.open("/editor/editions")
    said = words(page)
    assert "Edition 3 Answers now" in said
    assert "bob – The law &lt;changed&gt;. Documents: 1" in said
    assert 'href="/editor/editions/compare?from=1&amp;to=2"' in page.text
    assert 'href="/editor/editions/2/restore"' in page.text
    assert 'href="/editor/editions/3/restore"' not in page.text


def test_many_editions_come_in_pages(site: Site, editor: Person) -> None:
    for number in range(60):
        publish(site.service.store, made("leave", f"Text {number}."))
    first = editor.open("/editor/editions")
    assert first.text.count("<li><h2>") == 50
    assert 'href="/editor/editions?below=11"' in first.text
    assert editor.open("/editor/editions?below=11").text.count("<li><h2>") == 10


def test_before_the_first_edition_there_is_nothing_to_compare(editor: Person) -> None:
    assert "Nothing is published yet." in words(editor.open("/editor/editions"))

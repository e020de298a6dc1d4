"""What an editor is shown before publishing."""

from knowledge.editions.drafts.draft import Content, NewDraft
from tests.web.staff.editor.drafts.conftest import begun, fields
from tests.web.staff.person import Person, words
from web.server.site import Site

TRIPS = (
    "Leaders can take three days of travel leave before a school trip abroad.\n\n"
    "## Who to ask\n\nAsk Mrs Patel on 07700 900123."
)


def draft(site: Site, text: str = TRIPS) -> str:
    new = NewDraft(Content({"title": "Trips"}, text))
    number = site.staff.drafts.make(new, "ann", lambda _connection, _number: None)
    return f"/editor/drafts/{number}"


def test_it_shows_headings_and_passages_as_members_see_them(ann: Person) -> None:
    path = begun(ann, "leave")
    page = ann.open(f"{path}/preview")
    assert '<li class="level-2">How to ask</li>' in page.text
    card = "Leave for school trips · The union · published 10 January 2026 · reviewed 10 June 2026"
    assert card in words(page)
    assert "The text is the same as what is published." in page.text


def test_it_shows_word_by_word_what_changes(ann: Person) -> None:
    path = begun(ann, "leave")
    page = ann.open(path)
    text = str(fields(page)["text"]).replace("two days", "three days")
    ann.send(path, fields(page, text=text))
    assert "<del>two </del><ins>three </ins>" in ann.open(f"{path}/preview").text


def test_it_names_personal_data(site: Site, ann: Person) -> None:
    page = ann.open(f"{draft(site)}/preview")
    assert "A name with a way to reach the person: Mrs Patel, 07700 900123" in words(page)


def test_a_published_passage_that_says_much_the_same_can_be_replaced(
    site: Site, ann: Person
) -> None:
    path = draft(site)
    page = words(ann.open(f"{path}/preview"))
    assert "Their figures differ" not in page  # "two" and "three" are words
    assert "Leave for school trips · 10 June 2026" in page
    ann.send(f"{path}/preview", {"do": "replace", "document": "leave"})
    page = words(ann.open(f"{path}/preview"))
    assert "This takes the place of: Leave for school trips." in page
    assert "No published passage says much the same" in page
    ann.send(f"{path}/preview", {"do": "keep", "document": "leave"})
    assert "of the shorter one stands in both" in words(ann.open(f"{path}/preview"))


def test_a_draft_can_be_a_document_of_its_own(site: Site, ann: Person) -> None:
    path = begun(ann, "leave")
    ann.send(f"{path}/preview", {"do": "apart"})
    assert "This is a new document." in ann.open(path).text


def test_what_was_published_meanwhile_is_shown_and_an_editor_chooses(
    site: Site, ann: Person, bob: Person, folder: object
) -> None:
    from pathlib import Path

    path = begun(ann, "leave")
    page = ann.open(path)
    text = str(fields(page)["text"]).replace("four weeks", "six weeks")
    ann.send(path, fields(page, text=text))
    file = Path(str(folder)) / "leave.md"
    file.write_text(file.read_text().replace("two days", "five days"))
    site.service.library.add([file])
    preview = ann.open(f"{path}/preview")
    assert "advice add published another text in edition 2" in words(preview)
    assert "<del>two </del><ins>five </ins>" in preview.text
    refused = ann.send(f"{path}/publish", {"version": "2", "do": "now"})
    assert refused.status_code == 422
    live = site.service.store.state().versions["leave"].digest
    ann.send(f"{path}/base", {"do": "both", "version": "2", "live": live})
    text = str(fields(ann.open(path))["text"])
    assert "five days" in text
    assert "six weeks" in text
    assert "Another text is published" not in ann.open(f"{path}/preview").text

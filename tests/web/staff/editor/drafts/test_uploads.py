"""Files and pasted text become drafts; what cannot be read says why and is not lost."""

from pathlib import Path

import httpx
import pytest

from tests.web.staff.editor.drafts.conftest import finished
from tests.web.staff.person import OWN, Person, words
from web.server.site import Site
from web.staff.auth.cookies import form_token
from web.staff.editor.uploads import file_name

LUNCH = b"# Lunch\n\nLunch is at noon for everyone in the school.\n"


def upload(person: Person, *files: tuple[str, bytes]) -> httpx.Response:
    return person.client.post(
        "/editor/add",
        data={"form_token": form_token(person.session)},
        files=[("files", file) for file in files],
        headers={"origin": OWN},
    )


def test_an_uploaded_file_becomes_a_draft_and_nothing_is_published(site: Site, ann: Person) -> None:
    path = finished(ann, upload(ann, ("lunch.md", LUNCH)))
    assert path == "/editor/drafts/1"
    page = ann.open(path)
    assert "Lunch is at noon for everyone in the school." in page.text
    assert "This is a new document." in page.text
    assert site.service.store.latest_number() == 1
    file = ann.open(f"{path}/source")
    assert file.content == LUNCH
    assert file.headers["content-disposition"] == 'attachment; filename="lunch.md"'


def test_the_same_document_again_says_what_it_takes_the_place_of(ann: Person, folder: Path) -> None:
    text = (folder / "leave.md").read_bytes().replace(b"two days", b"three days")
    page = ann.open(finished(ann, upload(ann, ("trips.md", text))))
    assert "it takes the place of Leave for school trips (published 10 January 2026)" in words(page)


def test_several_files_become_several_drafts_and_a_bad_one_says_why(ann: Person) -> None:
    files = [("lunch.md", LUNCH), ("old.doc", b"\xd0\xcf\x11\xe0"), ("a.pdf", b"%PDF-1.4 broken")]
    path = finished(ann, upload(ann, *files))
    assert path == "/editor/drafts?new=1&new=2&new=3"
    page = words(ann.open(path))
    assert "3 drafts were made" in page
    assert "old.doc: ends in .doc, which we do not read" in page
    assert "a.pdf: " in page
    assert ann.open("/editor/drafts/3/source").content == b"%PDF-1.4 broken"
    assert ann.open("/editor/drafts/2/source").status_code == 404


def test_pasted_text_becomes_a_draft(ann: Person) -> None:
    sent = {"text": "Lunch\n\nLunch is at noon for everyone.", "name": "Lunch times"}
    path = finished(ann, ann.send("/editor/add", sent))
    assert "Lunch is at noon for everyone." in ann.open(path).text


def test_a_file_that_loses_much_has_to_be_accepted(site: Site, ann: Person) -> None:
    lost = " ".join(["word"] * 60)
    page = f"<main><h1>Lunch</h1><p>It is at noon.</p></main><div><p>{lost}</p></div>"
    path = finished(ann, upload(ann, ("lunch.html", page.encode())))
    preview = ann.open(f"{path}/preview")
    assert "of the words of the file are not in this draft" in preview.text
    version = {"version": "1", "do": "now"}
    assert ann.send(f"{path}/publish", version).status_code == 422
    assert ann.send(f"{path}/preview", {"do": "accept"}).status_code == 303
    assert finished(ann, ann.send(f"{path}/publish", {**version, "version": "2"}))
    assert site.service.store.latest_number() == 2


def test_what_was_left_out_is_shown_with_its_line(ann: Person) -> None:
    page = b"<h1>Lunch</h1>\n<p>Lunch is at <del>one</del> noon\nfor everyone in the school.</p>"
    path = finished(ann, upload(ann, ("lunch.html", page)))
    assert "line 2: one" in words(ann.open(f"{path}/preview"))


def test_nothing_given_is_said_and_nothing_typed_is_lost(ann: Person) -> None:
    page = ann.send("/editor/add", {"text": "  ", "name": "Lunch"})
    assert page.status_code == 422
    assert 'value="Lunch"' in page.text


def test_a_file_far_larger_than_a_message_is_taken(ann: Person) -> None:
    long = b"# Long\n\n" + b"\n\n".join(b"Sentence number %d of it." % n for n in range(20_000))
    path = finished(ann, upload(ann, ("long.md", long)))
    assert "Sentence number 19999 of it." in ann.open(path).text


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("C:\\My files\\leave.docx", "leave.docx"),
        ("../../etc/passwd", "passwd"),
        (".md", "md"),
        ("..", "file"),
        (f"{'a' * 500}.pdf", f"{'a' * 120}.pdf"),
        ("a\nb\0.md", "ab.md"),
    ],
)
def test_a_files_name_names_no_folder(given: str, name: str) -> None:
    assert file_name(given) == name

"""A document as an edition holds it."""

from html import unescape
from pathlib import Path

from tests.small import LEAVE, SmallService
from tests.web.staff.person import Person, words

PATH = "/adviser/documents/leave"


def test_a_document_opens_with_what_answers_marked_in_its_passage(adviser: Person) -> None:
    found = adviser.open("/adviser?q=how+is+travel+leave+asked+for").text
    path = unescape(found.split('class="open" href="')[1].split('"')[0])
    assert path.startswith(f"{PATH}?edition=1&passage=")
    page = adviser.open(path.partition("#")[0])
    assert f'id="{path.partition("#")[2]}"' in page.text
    assert "<mark>Ask the governing board for travel leave" in page.text
    assert "This is what is published now." in words(page)


def test_words_are_found_in_the_document_and_counted(adviser: Person) -> None:
    page = adviser.open(f"{PATH}?find=travel+LEAVE")
    assert "Places found: 4" in words(page)
    assert page.text.count("<mark>") == 4
    page = adviser.open(f"{PATH}?find=%22travel+leave%22")
    assert page.text.count("<mark>travel leave</mark>") == 2
    assert "Not found in this document." in words(adviser.open(f"{PATH}?find=zebra"))


def test_a_link_to_a_passage_shows_it_as_it_stood(
    adviser: Person, guidance: SmallService, folder: Path
) -> None:
    assert "It still says the same" not in words(adviser.open(f"{PATH}?edition=1"))
    (folder / "leave.md").write_text(LEAVE.replace("two days", "three days"))
    guidance.library.add([folder])
    old = words(adviser.open(f"{PATH}?edition=1"))
    assert "As it stands in edition 1" in old
    assert "It has changed since." in old
    assert "two days of travel leave" in old
    assert "three days" not in old
    assert "Has changed since" in old
    assert "Still says the same" in old
    assert "three days" in words(adviser.open(PATH))
    guidance.library.remove("leave")
    assert "It is not published any more." in words(adviser.open(f"{PATH}?edition=1"))
    gone = words(adviser.open(PATH))
    assert "Withdrawn" in gone
    assert "three days" in gone


def test_a_document_that_still_says_the_same_says_so(
    adviser: Person, guidance: SmallService, folder: Path
) -> None:
    (folder / "new.md").write_text(LEAVE.replace("trips", "visits").replace("travel", "visit"))
    guidance.library.add([folder])
    assert "It still says the same." in words(adviser.open("/adviser/documents/keys?edition=1"))


def test_a_document_that_never_was_is_not_found(adviser: Person) -> None:
    assert adviser.open("/adviser/documents/no-such").status_code == 404

"""Looking guidance up, without scripts and as the script asks for it."""

import logging
from html import unescape
from pathlib import Path

import pytest

from people.audit import Actor
from tests.small import LEAVE, SmallService
from tests.web.staff.person import Person, words
from web.staff.switching import Target, switch_off

PATH = "/adviser"
TRAVEL = "?q=how+much+travel+leave+before+a+trip"


def said(person: Person, path: str) -> str:
    response = person.open(path)
    assert response.status_code == 200, path
    return unescape(words(response))


def hits(person: Person, path: str) -> list[str]:
    """Give the names of the passages that are shown."""
    parts = person.open(path).text.split('data-passage="')[1:]
    return [part.split('"')[0].split("#")[0] for part in parts]


def test_a_search_shows_what_answers_marked_with_its_source(adviser: Person) -> None:
    page = adviser.open(PATH + TRAVEL)
    assert "<mark>Leaders can take two days of travel leave" in page.text
    shown = words(page)
    assert "Answers this" in shown
    assert "Published by The union · Published 10 January 2026 · Checked 10 June 2026" in shown


def test_while_somebody_types_the_same_is_found_unread(adviser: Person) -> None:
    typing = adviser.open(f"{PATH}/results{TRAVEL}&page=1")
    assert hits(adviser, f"{PATH}/results{TRAVEL}&page=1")[0] == "leave"
    assert "<mark>" not in typing.text
    assert "<html" not in typing.text
    read = adviser.open(f"{PATH}/results{TRAVEL}&page=1&read=1")
    assert "<mark>" in read.text


def test_what_is_copied_names_title_publisher_dates_edition_and_link(adviser: Person) -> None:
    shown = unescape(adviser.open(PATH + TRAVEL).text)
    assert "> Leaders can take two days of travel leave before a school trip abroad." in shown
    assert "[Leave for school trips](http://127.0.0.1/guidance/leave)" in shown
    assert "The union · Published 10 January 2026 · Checked 10 June 2026 · Edition 1" in shown


def test_filters_stand_in_the_address_and_leave_documents_out(adviser: Person) -> None:
    assert "keys" in hits(adviser, f"{PATH}?q=keys+or+leave")
    assert set(hits(adviser, f"{PATH}?q=keys+or+leave&topic=employment")) == {"leave"}
    assert set(hits(adviser, f"{PATH}?q=keys+or+leave&document=bells")) == {"bells"}
    assert set(hits(adviser, f"{PATH}?q=keys+or+leave&since=15+January+2026")) == {"keys"}
    page = adviser.open(f"{PATH}?q=keys&topic=employment").text
    assert '<option value="employment" selected>' in page


def test_a_date_that_is_none_is_said_and_stays(adviser: Person) -> None:
    response = adviser.open(f"{PATH}?q=keys&since=soon")
    assert response.status_code == 422
    assert "Please write the date as 31 May 2026: Published from" in words(response)
    assert 'value="soon"' in response.text
    assert 'value="keys"' in response.text


def test_what_members_do_not_see_is_found_when_asked_for_and_says_so(
    adviser: Person, guidance: SmallService, folder: Path
) -> None:
    guidance.library.remove("bells")
    (folder / "leave.md").write_text(LEAVE.replace("review_by: 2027", "review_by: 2020")
                                     .replace("reviewed: 2026-06-10\n", ""))  # fmt: skip
    (folder / "bells.md").unlink()
    guidance.library.add([folder])

    switch_off(guidance, Target("document", "keys"), "wrong", Actor("cat", "editor"))
    question = "?q=leave+bells+keys"
    assert hits(adviser, PATH + question) == []
    shown = said(adviser, f"{PATH}{question}&past_review=1&withdrawn=1&off=1")
    assert set(hits(adviser, f"{PATH}{question}&past_review=1&withdrawn=1&off=1")) == {
        "leave",
        "keys",
        "bells",
    }
    for flag in ("Past its review date", "Withdrawn", "Switched off"):
        assert flag in shown
    assert "Please note: this was withdrawn" in shown
    assert hits(adviser, f"{PATH}{question}&withdrawn=1") == ["bells"]
    bells = adviser.open(f"{PATH}{question}&withdrawn=1").text
    assert "/adviser/documents/bells?edition=1" in bells, "the last edition that held it"


def test_exact_words_minus_words_misspellings_and_acronyms(adviser: Person) -> None:
    assert hits(adviser, f"{PATH}?q=%22writes+down%22") == ["keys"]
    assert "leave" not in hits(adviser, f"{PATH}?q=school+-trip+-trips")
    shown = said(adviser, f"{PATH}?q=govrning+board+for+a+SENCO")
    assert "Looked for: governing board for a SENCO" in shown
    assert "SENCO means special educational needs co-ordinator." in shown
    assert "Write at least one word" in said(adviser, f"{PATH}?q=-leave")
    assert "Nothing was found." in said(adviser, f"{PATH}?q=%22no+such+words%22")


def test_a_link_to_a_search_goes_on_showing_what_it_showed(
    adviser: Person, guidance: SmallService, folder: Path
) -> None:
    page = adviser.open(PATH + TRAVEL).text
    assert 'data-link="/adviser?q=how+much+travel+leave+before+a+trip&amp;edition=1"' in page
    (folder / "leave.md").write_text(LEAVE.replace("two days", "three days"))
    guidance.library.add([folder])
    assert "three days" in said(adviser, PATH + TRAVEL)
    old = said(adviser, f"{PATH}{TRAVEL}&edition=1")
    assert "two days of travel leave" in old
    assert "three days" not in old
    assert "This is a search in edition 1" in old
    assert "Has changed since" in old
    assert "Still says the same" in old
    assert "Propose as pinned answer" not in old
    assert 'name="edition" value="1"' in adviser.open(f"{PATH}{TRAVEL}&edition=1").text


def test_an_edition_that_never_was_is_said(adviser: Person) -> None:
    response = adviser.open(f"{PATH}{TRAVEL}&edition=99")
    assert response.status_code == 404
    assert "There is no such edition." in words(response)
    assert adviser.open(f"{PATH}/results{TRAVEL}&edition=99").status_code == 404


def test_a_hit_is_proposed_as_pinned_answer(adviser: Person) -> None:
    page = adviser.open(PATH + TRAVEL).text
    assert 'action="/editor/pinned/new"' in page
    name = page.split('name="passage" value="')[1].split('"')[0]
    response = adviser.send(
        "/editor/pinned/new", {"question": "travel leave?", "passage": name, "do": "find"}
    )
    assert response.status_code == 200
    assert f'value="{name}"' in response.text


def test_what_is_typed_is_neither_kept_nor_logged(
    adviser: Person, guidance: SmallService, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="web")
    caplog.set_level(logging.DEBUG, logger="knowledge")
    adviser.open(f"{PATH}?q=aardvark+leave")
    adviser.open(f"{PATH}/results?q=aardvark+leave&read=1")
    adviser.open(f"{PATH}/told?q=aardvark+leave")
    guidance.store.engine.dispose()
    held = b"".join(p.read_bytes() for p in guidance.settings.home.rglob("*") if p.is_file())
    assert b"leave" in held
    assert b"aardvark" not in held
    assert "aardvark" not in caplog.text


def test_what_is_typed_is_shown_as_text(adviser: Person) -> None:
    page = adviser.open(f"{PATH}?q=%3Cscript%3Ealert(1)%3C/script%3E+keys").text
    assert "<script>alert" not in page


def test_before_anything_is_published_the_page_says_so(admin: Person) -> None:
    response = admin.open(PATH)
    assert response.status_code == 404
    assert "Nothing is published yet." in words(response)
    assert admin.open(f"{PATH}/results?q=keys").status_code == 404
    assert "Nothing is published yet." in words(admin.open(f"{PATH}/told?q=keys"))
    assert admin.open(f"{PATH}/documents/leave").status_code == 404


def test_nobody_looks_anything_up_without_signing_in(visitor: Person) -> None:
    for path in (PATH, f"{PATH}/results", f"{PATH}/told", f"{PATH}/documents/leave"):
        assert visitor.open(path).status_code == 303

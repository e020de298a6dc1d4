"""Writing a draft: by one editor, and by two at once."""

import sqlalchemy as sa

from people.audit import Filters
from tests.web.staff.editor.drafts.conftest import begun, fields
from tests.web.staff.person import Person, words
from web.server.site import Site


def acts(site: Site) -> list[tuple[str, str, str]]:
    rows = site.staff.audit.rows(Filters(), 20)
    return [(row.actor.name, row.act.action, row.act.subject) for row in rows]


def test_a_draft_begins_from_a_document_and_members_see_no_change(site: Site, ann: Person) -> None:
    path = begun(ann, "leave")
    page = ann.open(path)
    assert "Leave for school trips (published 10 January 2026)" in words(page)
    assert "two days of travel leave" in page.text
    assert "10 June 2027" in page.text
    assert site.service.store.latest_number() == 1
    assert acts(site)[0] == ("ann", "draft_made", "draft 1")


def test_a_document_with_a_draft_in_work_gets_no_second_one(ann: Person, bob: Person) -> None:
    assert begun(ann, "leave") == begun(bob, "leave")


def test_what_is_saved_is_shown_again(site: Site, ann: Person) -> None:
    path = begun(ann, "leave")
    sent = fields(ann.open(path), text="## Asking\n\nAsk the board.", published="03/05/2024",
                  topics=["send", "employment"])  # fmt: skip
    sent |= {"timing[1].kind": "over", "timing[1].notice": "It is over.", "timing[1].from": "soon"}
    answer = ann.send(path, sent)
    assert answer.status_code == 303
    page = ann.open(answer.headers["location"])
    assert "Ask the board." in page.text
    assert 'value="3 May 2024"' in page.text
    assert page.text.count("checked>") == 2
    assert "&#39;soon&#39; is not a date: write it as 3 May 2024" in page.text
    assert acts(site)[0] == ("ann", "draft_changed", "draft 1")


def test_what_is_missing_is_named_with_what_to_write(ann: Person) -> None:
    path = begun(ann, "bells")
    page = words(ann.open(path))
    assert "The day it was published is missing. Write it as 3 May 2024." in page
    assert "The day of its next review is missing." in page


def test_without_scripts_a_button_shows_what_members_will_see_and_saves_nothing(
    site: Site, ann: Person
) -> None:
    path = begun(ann, "leave")
    page = ann.send(path, fields(ann.open(path), text="## New\n\nBrand new words.", do="show"))
    assert page.text.count("Brand new words.") == 2  # in the text, and in the card
    assert "Brand new words." not in site.staff.drafts.find(1).content.text


def test_the_view_is_what_the_text_reads_as(ann: Person) -> None:
    path = begun(ann, "leave")
    text = "[page 4]\n\n## Pay\n\n| Year | Pay |\n|---|---|\n| 2024 | £30 |\n\n- a <b>c</b>"
    view = ann.send(f"{path}/view", fields(ann.open(path), text=text))
    assert "<li>Year: 2024; Pay: £30</li>" in view.text
    assert "a &lt;b&gt;c&lt;/b&gt;" in view.text
    assert "page 4" in view.text
    assert "<html" not in view.text


def test_the_second_editor_is_shown_what_changed_and_both_changes_are_put_together(
    site: Site, ann: Person, bob: Person
) -> None:
    path = begun(ann, "leave")
    first, second = fields(ann.open(path)), fields(bob.open(path))
    first["text"] = str(first["text"]).replace("two days", "three days")
    second["text"] = str(second["text"]).replace("four weeks", "six weeks")
    assert ann.send(path, first).status_code == 303
    page = bob.send(path, second)
    assert page.status_code == 409
    assert "ann saved this draft after you had opened it" in page.text
    assert "<del>two </del><ins>three </ins>" in page.text
    again = fields(page)
    assert "three days" in str(again["text"])
    assert "six weeks" in str(again["text"])
    assert bob.send(path, again).status_code == 303
    assert "six weeks" in site.staff.drafts.find(1).content.text


def test_two_changes_of_one_line_are_left_to_the_second_editor_who_loses_nothing(
    site: Site, ann: Person, bob: Person
) -> None:
    path = begun(ann, "leave")
    first, second = fields(ann.open(path)), fields(bob.open(path))
    first["text"] = str(first["text"]).replace("two days", "three days")
    second["text"] = str(second["text"]).replace("two days", "five days")
    ann.send(path, first)
    page = bob.send(path, second)
    assert page.status_code == 409
    assert "five days" in str(fields(page)["text"])
    assert "three days" in page.text.split('id="other-text"')[1].split("</textarea>")[0]
    assert "three days" in site.staff.drafts.find(1).content.text


def test_words_of_a_draft_are_shown_as_words(ann: Person) -> None:
    path = begun(ann, "leave")
    sent = fields(ann.open(path), title='<script>alert(1)</script>"', text="<img src=x> & more.")
    ann.send(path, sent)
    page = ann.open(f"{path}/preview")
    assert "<script>alert" not in page.text
    assert "<img" not in page.text


def test_a_draft_thrown_away_is_asked_about_first_and_then_closed(site: Site, ann: Person) -> None:
    path = begun(ann, "leave")
    page = ann.open(f"{path}/throw-away")
    assert "Members see no change" in page.text
    assert ann.send(f"{path}/throw-away", {"version": "7"}).status_code == 409
    assert ann.send(f"{path}/throw-away", {"version": "1"}).status_code == 303
    assert ann.send(path, fields(ann.open(path))).status_code == 409
    assert acts(site)[0] == ("ann", "draft_thrown_away", "draft 1")
    assert "Leave for school trips" in ann.open("/editor/drafts?state=thrown-away").text


def test_a_change_and_its_row_in_the_audit_are_kept_together(site: Site, ann: Person) -> None:
    path = begun(ann, "leave")
    with site.service.store.engine.begin() as connection:
        connection.execute(
            sa.text(
                "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        )
    assert ann.send(path, fields(ann.open(path), text="Other.")).status_code == 500
    assert site.staff.drafts.find(1).version == 1


def test_there_is_no_page_of_an_unknown_draft_or_document(ann: Person) -> None:
    for path in ("/editor/drafts/7", "/editor/drafts/7/preview", "/editor/drafts/7/publish"):
        assert ann.open(path).status_code == 404
    assert ann.send("/editor/documents/nothing/draft").status_code == 404


def test_the_list_has_filters_in_its_address(ann: Person, bob: Person) -> None:
    begun(ann, "leave"), begun(bob, "keys")
    assert words(ann.open("/editor/drafts")).count("changed by") == 2
    assert "Keys to the building" not in ann.open("/editor/drafts?mine=1").text
    assert "Leave for school trips" not in ann.open("/editor/drafts?q=KEYS").text
    assert "There is no draft here" in ann.open("/editor/drafts?state=scheduled").text

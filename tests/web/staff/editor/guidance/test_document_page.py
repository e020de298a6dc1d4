"""The page of one document."""

import pytest

from people.audit import Actor, Filters
from tests.editions import made, publish
from tests.web.staff.person import Person, words
from web.server.site import Site
from web.staff.switching import Target, switch_off

PAGE = "/editor/documents/leave"


def test_it_says_what_the_document_is_and_what_is_missing(published: Site, editor: Person) -> None:
    said = words(editor.open(PAGE))
    assert "Live Members see it. Its review is due by 10 June 2032." in said
    assert "Publisher The union" in said
    assert "What is missing" not in said
    bells = words(editor.open("/editor/documents/bells"))
    assert "Past its review date Members do not see it until somebody reviews it." in bells
    assert "Owner: Name the person or team that looks after it." in bells


def test_it_shows_the_passages_as_members_see_them(site: Site, editor: Person) -> None:
    publish(
        site.service.store,
        made(
            "old", "One <b>rule</b>.\n• first\n• second", "More.",
            headings=["Rules", "Rest"], published="2015-03-02",
            timing=[
                {"kind": "over", "notice": "This has ended.", "heading": "Rest"},
                {"kind": "changing", "notice": "This will change.", "from": "2999-01-01"},
                {"kind": "changed", "notice": "This changed.", "until": "2001-01-01"},
            ],
        ),
    )  # fmt: skip
    page = editor.open("/editor/documents/old")
    assert "<p>One &lt;b&gt;rule&lt;/b&gt;.</p><ul><li>first</li><li>second</li></ul>" in page.text
    said = words(page)
    assert "Please note: This page was first published on 2 March 2015" in said
    assert "Please note: This has ended." in said
    assert "Please note: This will change." not in said
    assert "Holds today This has ended. Only under the heading: Rest" in said
    assert "To come This will change. From 1 January 2999" in said
    assert "Over This changed. Until 1 January 2001" in said


def test_a_long_document_comes_in_pages(site: Site, editor: Person) -> None:
    publish(site.service.store, made("long", *(f"Passage {number}." for number in range(70))))
    first = editor.open("/editor/documents/long")
    assert "Passage 29." in first.text
    assert "Passage 30." not in first.text
    assert 'href="?page=2#passages"' in first.text
    assert "Passage 69." in editor.open("/editor/documents/long?page=3").text


def test_its_history_says_who_did_what_when_and_why(published: Site, editor: Person) -> None:
    said = words(editor.open(PAGE))
    assert "bob changed it · Edition 2 The law &lt;changed&gt;. What changed in edition 2" in said
    assert "ann added it · Edition 1 Added from guidance." in said
    assert "Edition 3" not in said
    assert "bob took it out · Edition 2" in words(editor.open("/editor/documents/keys"))


def test_it_is_switched_off_and_on_at_once_with_a_reason(published: Site, editor: Person) -> None:
    response = editor.send(f"{PAGE}/switch", {"do": "off", "reason": "wrong dates"})
    assert response.headers["location"] == f"{PAGE}?done=off"
    assert published.service.store.standing().off.documents == {"leave"}
    said = words(editor.open(f"{PAGE}?done=off"))
    assert "The document is switched off. Members do not see it any more." in said
    assert "This document is switched off. wrong dates – ann" in said
    editor.send(f"{PAGE}/switch", {"do": "on"})
    assert not published.service.store.standing().off.documents
    rows = published.staff.audit.rows(Filters(subject="document leave"), 10)
    assert [row.act.action for row in rows] == ["switched_on", "switched_off"]


def test_what_takes_it_from_members_is_said_also_when_it_is_a_topic_or_the_bot(
    published: Site, editor: Person
) -> None:
    for target in (Target(), Target("topic", "employment"), Target("document", "bells")):
        switch_off(published.service, target, "a reason", Actor("ann"))
    said = words(editor.open(PAGE))
    assert "The whole bot is switched off." in said
    assert "The topic employment is switched off." in said
    assert "This document is switched off." not in said


@pytest.mark.parametrize("reason", ["", " ", "x" * 1001])
def test_without_a_reason_it_stays_on_and_what_was_typed_stays(
    published: Site, editor: Person, reason: str
) -> None:
    response = editor.send(f"{PAGE}/switch", {"do": "off", "reason": reason})
    assert response.status_code == 422
    assert "Please say why" in response.text
    assert f">{reason}</textarea>" in response.text
    assert not published.service.store.standing().off.documents


def test_the_way_to_change_it_is_a_form(published: Site, editor: Person) -> None:
    assert f'<form method="post" action="{PAGE}/draft"' in editor.open(PAGE).text


@pytest.mark.parametrize("path", ["", "/withdraw", "/compare"])
def test_a_document_that_never_was_is_said_to_be_none(
    published: Site, editor: Person, path: str
) -> None:
    response = editor.open(f"/editor/documents/no-such{path}")
    assert response.status_code == 404
    assert "There is no such document" in response.text

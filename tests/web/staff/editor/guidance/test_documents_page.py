"""The list of guidance: what fits, how it is ordered, and how many there are of each status."""

import re

import pytest

from people.audit import Actor
from tests.editions import made, publish
from tests.web.staff.person import Person, words
from web.server.site import Site
from web.staff.switching import Target, switch_off


def titles(person: Person, query: str = "") -> list[str]:
    page = person.open(f"/editor{query}")
    assert page.status_code == 200
    return re.findall(r'<h2><a href="[^"]+">([^<]+)</a>', page.text)


def test_every_document_is_there_with_what_an_editor_looks_for(
    published: Site, editor: Person
) -> None:
    said = words(editor.open("/editor"))
    assert "Edition 3 answers members now." in said
    assert "Documents found: 3 of 3" in said
    assert (
        "Leave for school trips Live The union · Published 10 January 2026 · Review by 10 June "
        "2032 · Owner: Travel team · Passages: 2"
    ) in said
    assert "School bells Past its review date Review overdue" in said
    assert "Keys to the building Withdrawn" in said


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Keys to the building", "Leave for school trips", "School bells"]),
        ("?words=governing+BOARD", ["Leave for school trips"]),
        ("?words=school", ["Leave for school trips", "School bells"]),
        ("?words=%25", []),
        ("?status=withdrawn", ["Keys to the building"]),
        ("?status=past_review", ["School bells"]),
        ("?topic=employment", ["Leave for school trips"]),
        ("?owner=Travel+team", ["Leave for school trips"]),
        ("?owner=-&status=past_review", ["School bells"]),
        ("?publisher=The+union", ["Leave for school trips"]),
        ("?due=overdue", ["School bells"]),
        ("?sort=passages", ["Leave for school trips", "Keys to the building", "School bells"]),
        ("?page=9", []),
        (
            "?page=x&sort=nothing&status=",
            ["Keys to the building", "Leave for school trips", "School bells"],
        ),
    ],
)
def test_filters_and_order_stand_in_the_address(
    published: Site, editor: Person, query: str, expected: list[str]
) -> None:
    assert titles(editor, query) == expected


def test_each_status_says_how_many_and_leads_there_with_the_other_filters(
    published: Site, editor: Person
) -> None:
    switch_off(published.service, Target("topic", "employment"), "wrong", Actor("ann"))
    page = editor.open("/editor?words=school")
    assert "Live (0)" in page.text
    assert "Switched off (1)" in page.text
    assert 'href="?words=school&amp;status=off"' in page.text
    assert titles(editor, "?words=school&status=off") == ["Leave for school trips"]


def test_a_long_list_comes_in_pages(site: Site, editor: Person) -> None:
    publish(site.service.store, *(made(f"document-{number:03}") for number in range(120)))
    first = titles(editor)
    assert (len(first), first[0]) == (50, "Document-000")
    assert titles(editor, "?page=3")[-1] == "Document-119"
    assert 'href="?page=2"' in editor.open("/editor").text


def test_what_was_searched_for_stays_in_its_field_and_is_no_markup(
    published: Site, editor: Person
) -> None:
    page = editor.open("/editor?words=%22%3E%3Cb%3E")
    assert page.status_code == 200
    assert 'value="&#34;&gt;&lt;b&gt;"' in page.text


def test_the_list_opens_before_anything_is_published(editor: Person) -> None:
    assert "Nothing is published yet." in words(editor.open("/editor"))

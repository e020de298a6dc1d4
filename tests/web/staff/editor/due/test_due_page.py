"""Review dates and owners on the pages: what editors see, and what they can do without scripts."""

import csv
import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from knowledge.documents.document import Document
from people.audit import Actor, Audit, Filters
from tests.small import KEYS, SmallService
from tests.web.staff.person import Person, words
from web.server.site import Site

REVIEW = "/editor/due/review"


def published(service: SmallService, name: str) -> Document:
    return service.store.latest().documents[name]


def fields(page: httpx.Response) -> dict[str, list[str]]:
    """Give what the form of a page sends for its documents."""
    return {
        name: re.findall(rf'name="{name}" value="([^"]*)"', page.text)
        for name in ("id", "seen", "until")
    }


def audit(service: SmallService) -> list[tuple[str, str, str, str, int | None, int | None]]:
    return [
        (row.actor.name, act.action, act.subject, act.reason, act.edition_from, act.edition_to)
        for row in reversed(Audit(service.store.engine).rows(Filters(), 50))
        if (act := row.act).edition_to
    ]


def test_the_list_says_what_needs_attention_and_why(editor: Person) -> None:
    said = words(editor.open("/editor/due"))
    assert "Due on 10 June 2027, in 40 days." in said
    assert "It has no review date" in said
    assert "Without an owner: 2" in said
    assert "All documents: 3" in said


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("show=due", ["Leave for school trips"]),
        ("show=due&within=39", []),
        ("show=no_owner&sort=title", ["Keys to the building", "School bells"]),
        ("show=all&topic=employment", ["Leave for school trips"]),
        ("show=all&owner=travel", ["Leave for school trips"]),
        (
            "show=nonsense&within=x&topic=y&sort=z&page=0",
            ["Leave for school trips", "Keys to the building", "School bells"],
        ),
        ("show=all&page=2", []),
    ],
)  # fmt: skip
def test_filters_and_order_stand_in_the_address(
    editor: Person, query: str, titles: list[str]
) -> None:
    page = editor.open(f"/editor/due?{query}").text
    assert re.findall(r'<label for="d-\d+">([^<]+)<', page) == titles


def test_the_list_is_a_file_too_in_which_nothing_is_a_formula(
    editor: Person, guidance: SmallService, folder: Path, guided_site: Site
) -> None:
    (folder / "bells.md").write_text("---\ntitle: =1+1\n---\n# =1+1\nA bell.\n")
    guidance.library.add([folder])
    guided_site.staff.owners.set_email("Travel team", "travel@example.org", Actor("test"))
    response = editor.open("/editor/due.csv?show=all&sort=title")
    rows = list(csv.DictReader(response.text.lstrip("\ufeff").splitlines()))
    assert [row["title"] for row in rows] == [
        "'=1+1",
        "Keys to the building",
        "Leave for school trips",
    ]
    leave = rows[-1]
    assert (leave["review by"], leave["days"], leave["due"], leave["no_owner"]) == (
        "2027-06-10",
        "40",
        "yes",
        "",
    )
    assert leave["owner's e-mail"] == "travel@example.org"


def test_an_editor_reads_a_document_and_marks_it_as_reviewed(
    editor: Person, guidance: SmallService
) -> None:
    page = editor.open(f"{REVIEW}?id=leave")
    assert "Leaders can take two days of travel leave" in words(page)
    sent = {**fields(page), "until": ["31/05/2028"], "note": "asked  payroll"}
    response = editor.send(REVIEW, sent)
    assert response.headers["location"] == "/editor/due?done=1"
    assert "1 document is marked as reviewed." in words(editor.open("/editor/due?done=1"))
    leave = published(guidance, "leave")
    assert (leave.reviewed, leave.review_by) == (dt.date(2027, 5, 1), dt.date(2028, 5, 31))
    assert audit(guidance) == [
        ("ann", "reviewed", "leave", "review by 2028-05-31: asked payroll", 1, 2)
    ]


def test_several_documents_get_dates_of_their_own_in_one_edition(
    editor: Person, guidance: SmallService
) -> None:
    address = f"{REVIEW}?id=leave&id=keys&id=bells&first=3+January+2028&last=31/03/2028"
    page = editor.open(address)
    assert fields(page)["until"] == ["3 January 2028", "16 February 2028", "31 March 2028"]
    assert editor.send(REVIEW, fields(page)).status_code == 303
    dates = [published(guidance, name).review_by for name in ("leave", "keys", "bells")]
    assert dates == [dt.date(2028, 1, 3), dt.date(2028, 2, 16), dt.date(2028, 3, 31)]
    assert [row[2:] for row in audit(guidance)] == [
        ("leave", "review by 2028-01-03", 1, 2),
        ("keys", "review by 2028-02-16", 1, 2),
        ("bells", "review by 2028-03-31", 1, 2),
    ]


def test_a_wrong_date_is_said_beside_it_and_nothing_typed_is_lost(
    editor: Person, guidance: SmallService
) -> None:
    page = editor.open(f"{REVIEW}?id=leave&id=keys")
    sent = {**fields(page), "until": ["31 May 2028", "1 May 2027"], "note": "read <twice>"}
    response = editor.send(REVIEW, sent)
    assert response.status_code == 422
    assert "This day is not in the future." in words(response)
    assert fields(response)["until"] == ["31 May 2028", "1 May 2027"]
    assert "read &lt;twice&gt;</textarea>" in response.text
    assert guidance.store.latest_number() == 1


def test_who_sends_after_somebody_changed_the_text_is_told_and_loses_nothing(
    editor: Person, guidance: SmallService, folder: Path
) -> None:
    page = editor.open(f"{REVIEW}?id=keys&id=bells")
    (folder / "keys.md").write_text(KEYS.replace("change the locks", "ring the office"))
    guidance.library.add([folder])
    sent = {**fields(page), "until": ["31 May 2028"] * 2, "note": "read twice"}
    response = editor.send(REVIEW, sent)
    assert response.status_code == 409
    assert "Somebody changed this while you were reading: Keys to the building." in words(response)
    assert fields(response)["until"] == ["31 May 2028"] * 2
    assert "read twice</textarea>" in response.text
    assert published(guidance, "bells").reviewed is None
    # As it is now it can be marked.
    assert editor.send(REVIEW, {**fields(response)}).status_code == 303


def test_of_two_editors_who_review_at_once_the_second_is_told(
    sign_in: Callable[[str], Person], guidance: SmallService
) -> None:
    ann, bob = sign_in("ann"), sign_in("bob")
    first, second = ann.open(f"{REVIEW}?id=leave"), bob.open(f"{REVIEW}?id=leave")
    assert ann.send(REVIEW, fields(first)).status_code == 303
    assert bob.send(REVIEW, fields(second)).status_code == 409
    assert len(audit(guidance)) == 1


def test_a_form_without_what_was_seen_changes_nothing(
    editor: Person, guidance: SmallService
) -> None:
    for values in ({}, {"id": "leave", "until": "31 May 2028"}, {"id": "none", "seen": "x"}):
        assert editor.send(REVIEW, values).status_code in (409, 422)
    assert guidance.store.latest_number() == 1


def test_a_document_that_is_gone_is_named(editor: Person) -> None:
    said = words(editor.open(f"{REVIEW}?id=leave&id=none"))
    assert "Not published any more: none" in said
    assert "Tick at least one document first." in words(editor.open(REVIEW))


def test_an_editor_gives_documents_an_owner_and_an_address(
    editor: Person, guidance: SmallService, guided_site: Site
) -> None:
    page = editor.open("/editor/due/owner?id=keys&id=bells")
    sent = {**fields(page), "owner": "Site  team"}
    response = editor.send("/editor/due/owner", sent)
    assert response.headers["location"] == "/editor/due/owners?saved=owner"
    assert {published(guidance, name).owner for name in ("keys", "bells")} == {"Site team"}
    assert audit(guidance) == [
        ("ann", "owner_set", "keys", "Site team", 1, 2),
        ("ann", "owner_set", "bells", "Site team", 1, 2),
    ]
    assert "2 documents. No e-mail address yet" in words(editor.open("/editor/due/owners"))
    sent_email = {"name": "Site team", "email": "site@example.org"}
    assert editor.send("/editor/due/owners", sent_email).status_code == 303
    assert guided_site.staff.owners.all()["Site team"].email == "site@example.org"


def test_an_owner_or_address_that_cannot_be_used_is_kept_in_its_field(editor: Person) -> None:
    page = editor.open("/editor/due/owner?id=keys")
    response = editor.send("/editor/due/owner", {**fields(page), "owner": " "})
    assert response.status_code == 422
    assert "Write who keeps the documents" in words(response)
    response = editor.send("/editor/due/owners", {"name": "Travel team", "email": "a b@c"})
    assert response.status_code == 422
    assert 'value="a b@c"' in response.text


def test_what_an_editor_must_know_stands_on_the_first_page_but_not_for_advisers(
    editor: Person, guided_site: Site
) -> None:
    assert "1 document falls due in the next 60 days." in words(editor.open("/staff"))
    guided_site.staff.users.change_role("ann", "adviser", Actor("test"))
    user = guided_site.staff.users.find("ann")
    assert user
    editor.keep(guided_site.staff.sessions.begin(user))
    assert "falls due" not in words(editor.open("/staff"))


def test_much_that_falls_due_at_once_is_said_with_what_to_do(
    editor: Person, guidance: SmallService, folder: Path
) -> None:
    for number in range(4):
        text = KEYS.replace("published: 2026-02-01", "review_by: 2027-08-20").replace(
            "Keys", f"Keys {number}"
        )
        (folder / f"more{number}.md").write_text(text.replace("site manager", f"Team {number}"))
    guidance.library.add([folder])
    page = editor.open("/editor/due")
    line = "4 of 7 documents fall due on one day, 20 August 2027."
    assert line in words(page)
    assert line in words(editor.open("/staff"))
    (address,) = re.findall(r'href="([^"]*ticked=all)">Show these', page.text)
    listed = editor.open(address.replace("&amp;", "&")).text
    assert listed.count(" checked>") == 5  # the four, and the one that falls due before them


def test_pages_of_review_dates_open_before_anything_is_published(
    member_of_staff: Callable[[str, str], Person],
) -> None:
    person = member_of_staff("new", "editor")
    for path in ("/staff", "/editor/due", "/editor/due.csv", REVIEW, "/editor/due/owners"):
        assert person.open(path).status_code == 200, path


def test_the_list_of_a_thousand_documents_is_quick_and_small(
    editor: Person, guidance: SmallService
) -> None:
    engine = guidance.store.engine
    with engine.begin() as connection:
        for number in range(1000):
            values = (
                f"{number:064}",
                f"d-{number}",
                json.dumps({"title": f"Title {number}", "owner": "Team"}),
            )
            connection.exec_driver_sql(
                "INSERT INTO versions (digest, document_id, metadata, created)"
                " VALUES (?, ?, ?, '2026-01-01 00:00:00')", values,
            )  # fmt: skip
            connection.exec_driver_sql(
                "INSERT INTO edition_versions (edition, version, origins) VALUES (1, ?, '[]')",
                (values[0],),
            )
    editor.open("/editor/due?show=all")
    response = editor.open("/editor/due?show=all")
    assert "1003 documents" in words(response)
    assert len(response.content) < 100_000
    assert response.elapsed.total_seconds() < 1  # 0.2 on a machine that does nothing else

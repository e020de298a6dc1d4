"""The pages of the desk, as advisers use them without scripts."""

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from people.accounts import Role
from people.audit import Filters
from people.cases import read_case
from people.desk.tables import cases_table
from tests.people.test_cases import CASE
from tests.web.staff.person import Person, words
from web.member.conversations import Turn
from web.server.site import Site

NewPerson = Callable[[str, Role], Person]


@pytest.fixture
def reference(site: Site) -> str:
    return site.cases.add(read_case(CASE), "session")


@pytest.fixture
def ann(member_of_staff: NewPerson) -> Person:
    return member_of_staff("ann", "adviser")


@pytest.fixture
def bob(member_of_staff: NewPerson) -> Person:
    return member_of_staff("bob", "adviser")


def test_a_case_shows_exactly_what_its_member_sent(ann: Person, reference: str) -> None:
    shown = words(ann.open(f"/adviser/cases/{reference}"))
    for name in ("question", "shown", "name", "phone", "when"):
        assert CASE[name] in shown
    assert reference in words(ann.open("/adviser/cases"))


def test_why_it_was_passed_on_is_there_while_the_conversation_lives(
    ann: Person, site: Site
) -> None:
    decided = {"status": "handoff", "reason": "own_case", "step": "coverage"}
    site.conversations.add("session", Turn("SECRETWORD", [{"text": "x"}], None, decided))
    reference = site.cases.add(read_case(CASE), "session")
    shown = words(ann.open(f"/adviser/cases/{reference}"))
    assert "It passed the member to people. Noted as: own case" in shown
    assert "SECRETWORD" not in shown
    site.conversations.delete("session")
    assert "own case" not in words(ann.open(f"/adviser/cases/{reference}"))


def test_of_two_who_take_a_case_the_second_is_told_who_has_it(
    ann: Person, bob: Person, reference: str
) -> None:
    path = f"/adviser/cases/{reference}"
    assert ann.send(path, {"do": "take"}).status_code == 303
    refused = bob.send(path, {"do": "take"})
    assert refused.status_code == 409
    assert "Nothing was changed: ann has this case now." in words(refused)
    assert "taken by ann" in words(bob.open("/adviser/cases"))


def test_a_case_goes_its_way_to_the_end(
    ann: Person, bob: Person, reference: str, site: Site
) -> None:
    path = f"/adviser/cases/{reference}"
    for what in ("take", "contacted", "wait"):
        assert ann.send(path, {"do": what}).status_code == 303
    assert "waiting for the member, with ann" in words(ann.open("/adviser/cases"))
    assert bob.send(path, {"do": "take", "holder": "ann"}).status_code == 303
    bob.send(path, {"do": "note", "note": "Rang at four."})
    assert "Rang at four. bob," in words(ann.open(path))
    closing = {"do": "close", "outcome": "other", "remark": "Sorted on the phone."}
    assert bob.send(path, closing).status_code == 303
    assert "Sorted on the phone." in words(ann.open(path))
    assert reference not in words(ann.open("/adviser/cases"))
    assert reference in words(ann.open("/adviser/cases?state=closed"))
    assert ann.send(path, {"do": "reopen"}).status_code == 303
    assert site.staff.desk.find(reference).holder == "ann"


def test_a_closing_that_is_not_right_loses_nothing_that_was_typed(
    ann: Person, reference: str
) -> None:
    path = f"/adviser/cases/{reference}"
    ann.send(path, {"do": "take"})
    typed = {"do": "close", "remark": "Long words", "passage": "nothing#here"}
    refused = ann.send(path, typed)
    assert refused.status_code == 422
    assert "Please choose how it ended." in words(refused)
    refused = ann.send(path, {**typed, "outcome": "answered"})
    assert "There is no such passage" in words(refused)
    assert "Long words" in refused.text
    assert "nothing#here" in refused.text
    assert "Please write what is needed" in words(
        ann.send(path, {"do": "close", "outcome": "no_guidance"})
    )


def test_what_has_no_guidance_is_a_gap_in_the_advisers_words_without_names(
    ann: Person, reference: str, site: Site
) -> None:
    path = f"/adviser/cases/{reference}"
    ann.send(path, {"do": "take"})
    missing = "Who pays when Margaret Hollingsworth rings 020 7946 0000 at night?"
    ann.send(path, {"do": "close", "outcome": "no_guidance", "missing": missing})
    (kept,) = site.asked.recent(dt.datetime.now(dt.UTC) - dt.timedelta(days=1), 5)
    assert kept.wording.startswith("Who pays when")
    assert "Hollingsworth" not in kept.wording
    assert "7946" not in kept.wording


def test_a_case_is_deleted_only_when_somebody_says_that_its_member_asked(
    ann: Person, reference: str
) -> None:
    path = f"/adviser/cases/{reference}"
    assert "Please tick" in words(ann.send(path, {"do": "delete"}))
    assert ann.send(path, {"do": "delete", "confirmed": "yes"}).status_code == 303
    gone = ann.open(path)
    assert gone.status_code == 404
    assert "This case is gone" in words(gone)
    assert ann.send(path, {"do": "take"}).status_code == 404


def test_nothing_of_a_case_is_in_the_audit(ann: Person, reference: str, site: Site) -> None:
    path = f"/adviser/cases/{reference}"
    ann.send(path, {"do": "take"})
    ann.send(path, {"do": "note", "note": "Walrus"})
    ann.send(path, {"do": "close", "outcome": "other", "remark": "Pelican"})
    rows = site.staff.audit.rows(Filters(), 10)
    assert [row.act.action for row in rows][:3] == ["case_closed_other", "case_noted", "case_taken"]
    text = str(rows)
    for word in ("Walrus", "Pelican", CASE["name"], CASE["question"]):
        assert word not in text


def test_the_file_holds_nothing_of_a_member_and_no_formula(
    ann: Person, site: Site, reference: str
) -> None:
    with site.service.store.engine.begin() as connection:
        connection.execute(sa.update(cases_table).values(passage="=cmd()"))
    text = ann.open("/adviser/cases.csv").text
    (row,) = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    assert (row["reference"], row["state"], row["urgency"]) == (reference, "new", "this_week")
    assert row["passage"] == "'=cmd()"
    for name in ("question", "shown", "name", "phone", "when"):
        assert CASE[name] not in text


def test_news_say_only_whether_anything_changed(ann: Person, site: Site, reference: str) -> None:
    news = ann.open("/adviser/cases/news")
    assert news.json() == {"counts": {"new": 1, "taken": 0, "waiting": 0, "closed": 0}}
    same = ann.client.get("/adviser/cases/news", headers={"if-none-match": news.headers["etag"]})
    assert same.status_code == 304
    site.cases.add(read_case(CASE), "other")
    later = ann.client.get("/adviser/cases/news", headers={"if-none-match": news.headers["etag"]})
    assert later.status_code == 200
    assert f'data-seen="{later.headers["etag"].strip(chr(34))}"' in ann.open("/adviser/cases").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True), ("state=taken", False), ("urgency=this_week", True), ("urgency=today", False),
        ("who=nobody", True), ("who=me", False), ("age=1", False), ("state=broken&age=x", True),
    ],
)  # fmt: skip
def test_filters_stand_in_the_address(ann: Person, reference: str, query: str, found: bool) -> None:
    assert (reference in words(ann.open(f"/adviser/cases?{query}"))) is found


@pytest.mark.parametrize(
    "path", ["/adviser/cases", "/adviser/cases.csv", "/adviser/cases/news", "/adviser/cases/KTR-1"]
)
def test_nobody_sees_a_case_without_signing_in(visitor: Person, path: str) -> None:
    assert visitor.open(path).status_code == 303


def test_what_a_member_wrote_cannot_be_markup(ann: Person, site: Site) -> None:
    bad = "<script>alert(1)</script>"
    reference = site.cases.add(read_case({**CASE, "question": bad, "name": bad}), "s")
    for path in ("/adviser/cases", f"/adviser/cases/{reference}"):
        assert bad not in ann.open(path).text
        assert bad.replace("<", "&lt;").replace(">", "&gt;") in ann.open(path).text

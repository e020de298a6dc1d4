"""The page of insight: two periods, charts with their tables, and a file."""

import csv
import io
from collections.abc import Callable

import pytest

from people.accounts import Role
from people.asked import Question
from people.audit import Actor
from people.cases import read_case
from people.desk.case import Closing
from tests.people.test_cases import CASE
from tests.web.staff.person import Person, words
from web.server.site import Site

ANN = Actor("ann", "adviser")


@pytest.fixture
def ann(member_of_staff: Callable[[str, Role], Person], site: Site) -> Person:
    for number in range(8):
        site.asked.add(Question(f"c{number}", None, "A question?", "answered", shown=("leave#1",)))
    for number in range(3):
        site.asked.add(Question(f"u{number}", None, None, "urgent"))
    for _ in range(6):
        reference = site.cases.add(read_case(CASE), "session")
        site.staff.desk.take(reference, ANN)
        site.staff.desk.close(reference, Closing("other", remark="Rang."), ANN)
    site.cases.delete(reference, "session")
    return member_of_staff("ann", "adviser")


def test_the_page_counts_and_hides_small_numbers(ann: Person) -> None:
    page = ann.open("/adviser/insight")
    shown = words(page)
    assert "answered 8 0" in shown
    assert "urgent under 5 0" in shown
    assert "Cases sent: 6; in the period before: 0." in shown
    assert "up to 1 hour 6 0" in shown
    assert page.text.count("<svg") == 5
    assert "style=" not in page.text


def test_a_period_before_anything_was_asked_shows_nothing(ann: Person) -> None:
    shown = words(ann.open("/adviser/insight?days=7&until=2024-01-31"))
    assert "25 Jan 2024 to 31 Jan 2024, beside 18 Jan 2024 to 24 Jan 2024." in shown
    assert "answered 8" not in shown


@pytest.mark.parametrize("query", ["days=x&until=never", "until=0001-01-01", "until=9999-12-31"])
def test_a_period_that_is_none_is_as_usual(ann: Person, query: str) -> None:
    assert ann.open(f"/adviser/insight?{query}").status_code == 200


def test_the_file_says_the_same(ann: Person) -> None:
    text = ann.open("/adviser/insight.csv").text.lstrip("\ufeff")
    rows = {(row["what"], row["day"]): row["count"] for row in csv.DictReader(io.StringIO(text))}
    assert rows["questions answered", ""] == "8"
    assert rows["questions urgent", ""] == "under 5"
    assert rows["first contact 1h", ""] == "6"
    assert rows["topic other", ""] == "8"
    assert any(what == "questions answered" and day for what, day in rows)


def test_nobody_sees_it_without_signing_in(visitor: Person) -> None:
    for path in ("/adviser/insight", "/adviser/insight.csv"):
        assert visitor.open(path).status_code == 303

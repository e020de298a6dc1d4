"""The page of the audit: filters in the address, pages, and a file no spreadsheet runs."""

import csv
import io
from re import findall

import pytest

from people.audit import Act, Actor
from tests.product import ROOT
from tests.web.staff.person import Person, words
from web.server.site import Site
from web.staff.csv_file import csv_lines

ANN = Actor("ann", "editor")


@pytest.fixture
def filled(site: Site, admin: Person) -> Person:
    for number in range(120):
        site.staff.audit.record(
            ANN, Act("guidance_added", f"document-{number}", "", number, number + 1)
        )
    site.staff.audit.record(Actor("root (command)"), Act("switched_off", "bot", "=HYPERLINK(1)"))
    return admin


def test_the_newest_come_first_and_a_link_leads_on(filled: Person) -> None:
    page = filled.open("/admin/audit?what=guidance_added")
    assert page.text.count("<time") == 50
    assert "document-119" in page.text
    more = page.text.split('href="/admin/audit?')[1].split('"')[0].replace("&amp;", "&")
    second = filled.open(f"/admin/audit?{more}")
    assert "document-69" in second.text
    assert "document-119" not in second.text
    assert len(page.content) < 100_000


def test_a_row_says_from_which_edition_to_which(filled: Person) -> None:
    said = words(filled.open("/admin/audit?what=guidance_added"))
    assert "ann (editor) added guidance document-119 · Edition 119 to 120" in said


def test_a_change_of_guidance_leads_to_what_changed(filled: Person) -> None:
    page = filled.open("/admin/audit?on=document-119").text
    assert 'href="/editor/editions/compare?from=119&amp;to=120"' in page
    assert "compare" not in filled.open("/admin/audit?on=document-0").text


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("what=switched_off", 1),
        ("who=root", 1),
        ("on=document-7", 11),
        ("on=document-7&who=root", 0),
        ("who=nobody", 0),
        ("from=2000-01-01&until=2000-01-02", 0),
        ("from=2999-01-01", 0),
        ("what=switched_off&from=2000-01-01&until=2999-01-01", 1),
        ("what=switched_off&from=no-day&until=9999-12-31&below=x", 1),
    ],
)
def test_filters_stand_in_the_address(filled: Person, query: str, rows: int) -> None:
    page = filled.open(f"/admin/audit?{query}")
    assert page.status_code == 200
    assert page.text.count("<time") == rows


def test_the_file_has_every_row_that_fits_and_no_formula(filled: Person) -> None:
    response = filled.open("/admin/audit.csv?what=guidance_added")
    assert response.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert len(rows) == 120
    assert (rows[0]["who"], rows[0]["on"], rows[0]["to edition"]) == ("ann", "document-119", "120")
    (row,) = csv.DictReader(io.StringIO(filled.open("/admin/audit.csv?who=root").text[1:]))
    assert row["reason"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
def test_a_text_that_a_spreadsheet_would_run_is_marked(text: str) -> None:
    line = "".join(list(csv_lines(["a", "b"], [(text, -1)]))[2:])
    assert next(csv.reader(io.StringIO(line, newline=""))) == [f"'{text}", "-1"]


def test_every_act_we_record_has_words(site: Site) -> None:
    found = {
        name
        for folder in ("people", "web")
        for path in (ROOT / folder).rglob("*.py")
        for name in findall(r'\bAct\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert len(found) > 8
    assert found <= set(site.staff.wording.section("actions"))

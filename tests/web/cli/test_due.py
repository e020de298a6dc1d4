"""The commands about review dates and owners."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge.editions.amending import BadReviewDate
from knowledge.errors import UnknownDocument
from people.audit import Audit, Filters
from tests.small import SmallService
from web.cli.main import advice


@pytest.fixture
def guidance(small: SmallService, folder: Path) -> SmallService:
    small.library.add([folder])
    return small


def run(service: SmallService, *command: str) -> Result:
    """Run a command over a service whose model is loaded."""
    group = advice.commands[command[0]]
    return CliRunner().invoke(group, list(command[1:]), obj=service)


def test_due_lists_what_must_be_looked_at(guidance: SmallService) -> None:
    printed = run(guidance, "due").output
    assert "keys: Keys to the building (no owner)" in printed
    assert "It has no review date" in printed
    assert "Without a review date: 2" in printed
    rows = [
        json.loads(line)
        for line in run(guidance, "due", "--show", "all", "--json").output.splitlines()
    ]
    assert {row["id"]: row["review_by"] for row in rows} == {
        "leave": "2027-06-10", "keys": "", "bells": "",
    }  # fmt: skip
    assert (
        run(guidance, "due", "--show", "all", "--owner", "travel", "--json").output.count("\n") == 1
    )


def test_reviewed_sets_the_dates_and_says_who(guidance: SmallService) -> None:
    until = f"31 May {guidance.today().year + 1}"
    result = run(guidance, "reviewed", "keys", "bells", "--until", until, "--note", "read")
    assert "updated   keys" in result.output
    documents = guidance.store.latest().documents
    assert {str(documents[name].reviewed) for name in ("keys", "bells")} == {str(guidance.today())}
    rows = Audit(guidance.store.engine).rows(Filters(action="reviewed"), 9)
    assert [row.act.subject for row in rows] == ["bells", "keys"]
    assert rows[0].act.reason.endswith(": read")
    assert "unchanged keys" in run(guidance, "reviewed", "keys", "--until", until).output


@pytest.mark.parametrize(
    ("name", "until", "error"),
    [
        ("keys", "soon", BadReviewDate),
        ("keys", "1/1/2020", BadReviewDate),
        ("none", "", UnknownDocument),
    ],
)
def test_what_cannot_be_reviewed_is_said(
    guidance: SmallService, name: str, until: str, error: type[Exception]
) -> None:
    until = until or f"31 May {guidance.today().year + 1}"
    result = run(guidance, "reviewed", name, "--until", until)
    assert isinstance(result.exception, error)
    assert guidance.store.latest_number() == 1


def test_owners_are_set_and_listed_with_their_addresses(guidance: SmallService) -> None:
    run(guidance, "owner", "Site team", "keys", "bells")
    printed = run(guidance, "owners", "--email", "Site team", "site@example.org").output
    assert [line.split() for line in printed.splitlines()] == [
        ["Site", "team", "2", "site@example.org"],
        ["Travel", "team", "1", "NO", "ADDRESS"],
    ]

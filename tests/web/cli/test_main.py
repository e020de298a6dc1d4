"""The commands that advisers and editors use until they have pages of their own."""

import json
from pathlib import Path

from click.testing import CliRunner

from knowledge.service import Service
from knowledge.settings import Settings
from people.cases import Case, Cases
from people.feedback import Feedback, FeedbackBox
from web.cli.main import advice


def test_a_case_is_printed_with_its_reference_and_how_to_reach_the_member(tmp_path: Path) -> None:
    service = Service(Settings(home=tmp_path))
    case = Case("May I reduce my hours?", "", "today", "Sam", "01234 567890", None, "after 4pm")
    reference = Cases(service.store.engine, days=1).add(case, "session")
    service.close()

    row = json.loads(run(tmp_path, "cases"))

    assert (row["reference"], row["phone"], row["urgency"]) == (reference, "01234 567890", "today")


def test_a_comment_replaces_the_vote_it_belongs_to(tmp_path: Path) -> None:
    service = Service(Settings(home=tmp_path))
    box = FeedbackBox(service.store.engine, days=1)
    box.add(Feedback(("a#b",), False, None, "vote-1"))
    box.add(Feedback(("a#b",), False, "Too long", "vote-1"))
    service.close()

    rows = [json.loads(line) for line in run(tmp_path, "feedback").splitlines()]

    assert [row["comment"] for row in rows] == ["Too long"]


def run(home: Path, command: str) -> str:
    result = CliRunner().invoke(advice, [command], env={"ADVICE_HOME": str(home)})
    assert result.exit_code == 0, result.output
    return result.output.strip()

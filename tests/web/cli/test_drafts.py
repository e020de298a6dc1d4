"""The commands about drafts run the same code as the pages."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge.editions.drafts.draft import Content, NewDraft
from knowledge.editions.drafts.drafts import Drafts
from knowledge.service import Service
from knowledge.settings import Settings
from people.audit import Audit, Filters
from web.cli.main import advice


@pytest.fixture
def service(tmp_path: Path, exported: Path) -> Iterator[Service]:
    service = Service(Settings(home=tmp_path))
    service.settings.encoder_folder.symlink_to(exported)
    yield service
    service.close()


@pytest.fixture
def number(service: Service) -> int:
    new = NewDraft(Content({"title": "Lunch"}, "Lunch is at noon for everyone."))
    return Drafts(service.store.engine).make(new, "ann", lambda _connection, _number: None)


def run(home: Path, *command: str) -> Result:
    return CliRunner().invoke(advice, list(command), env={"ADVICE_HOME": str(home)})


def test_drafts_are_listed(tmp_path: Path, number: int) -> None:
    assert "Lunch" in run(tmp_path, "drafts").output
    row = json.loads(run(tmp_path, "drafts", "--json").output)
    assert (row["number"], row["title"], row["by"]) == (number, "Lunch", "ann")


def test_a_draft_is_published_by_a_command(tmp_path: Path, service: Service, number: int) -> None:
    result = run(tmp_path, "publish", str(number), "--reason", "new term")
    assert result.exit_code == 0, result.output
    assert "Published lunch. Edition 1 answers now." in result.output
    (row,) = Audit(service.store.engine).rows(Filters(action="guidance_published"), 5)
    assert row.actor.name.endswith("(command)")
    assert row.act.reason == "new term"
    assert "There is no draft in work." in run(tmp_path, "drafts").output


def test_a_draft_that_cannot_be_published_says_why(tmp_path: Path, service: Service) -> None:
    result = run(tmp_path, "publish", "7")
    assert result.exit_code == 1
    assert "There is no draft 7" in str(result.exception)

"""The commands about golden questions, pinned answers and the impact of a change."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge.editions.pinned import NewPin, approve_pin, propose_pin
from knowledge.errors import QuestionFileError
from tests.small import SmallService
from web.cli.main import advice

TRAVEL = "How much travel leave can leaders take before a school trip?"


@pytest.fixture
def guidance(
    small: SmallService, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SmallService]:
    """Give the service that the commands use, over three small documents."""
    small.library.add([folder])
    monkeypatch.setattr("web.cli.main.Service", lambda settings: small)
    monkeypatch.setattr(small, "close", lambda: None)
    yield small
    monkeypatch.undo()


def run(guidance: SmallService, *command: str) -> Result:
    return CliRunner().invoke(
        advice, list(command), env={"ADVICE_HOME": str(guidance.settings.home)}
    )


def leave(guidance: SmallService) -> str:
    (version,) = [one for one in guidance.edition().versions if one.document.id == "leave"]
    return version.passages[0].passage.id


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_golden_questions_go_out_to_a_file_and_come_in_again(
    guidance: SmallService, tmp_path: Path
) -> None:
    lines = (
        f'{{"question": "{TRAVEL}", "passage": "{leave(guidance)}", "note": "often"}}',
        '{"question": "Who won the cup?", "passage": null, "note": ""}',
    )
    file = write(tmp_path / "golden.jsonl", *lines)
    assert run(guidance, "golden", "import", str(file)).output == "2 added, 0 there already.\n"
    assert run(guidance, "golden", "import", str(file)).output == "0 added, 2 there already.\n"
    assert run(guidance, "golden", "export").output.splitlines() == list(lines)
    listed = run(guidance, "golden", "list").output
    assert f"{TRAVEL}\n       → {leave(guidance)}" in listed
    assert "→ nothing" in listed


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"question": "Why?", "passage": "no#such"}', "no passage 'no#such'"),
        ('{"question": "", "passage": null}', "Write the question"),
        ('{"question": 7}', "null for"),
        ('{"question": "Why?", "passage": 7}', "null for"),
        ("no JSON", "this is not JSON"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(
    guidance: SmallService, tmp_path: Path, line: str, said: str
) -> None:
    file = write(tmp_path / "golden.jsonl", '{"question": "When?", "passage": null}', line)
    result = run(guidance, "golden", "import", str(file))
    assert isinstance(result.exception, QuestionFileError)
    assert f"{file}, line 2: " in str(result.exception)
    assert said in str(result.exception)


def test_pinned_answers_are_listed_with_how_they_stand(guidance: SmallService) -> None:
    now = guidance.now()
    last = guidance.today() + dt.timedelta(days=9)
    with guidance.store.engine.begin() as connection:
        number = propose_pin(connection, NewPin("A?", "gone#a", "d", last), "cat", now)
        approve_pin(connection, number, "ann", now)
    output = run(guidance, "pinned").output
    assert f"    1  broken    until {last}  A?" in output
    assert "→ gone#a  (proposed by cat)" in output
    assert run(guidance, "pinned", "--state", "approved").output == ""


def test_the_impact_of_a_loss_is_told_and_ends_with_1(
    guidance: SmallService, tmp_path: Path
) -> None:
    line = f'{{"question": "{TRAVEL}", "passage": "{leave(guidance)}"}}'
    run(guidance, "golden", "import", str(write(tmp_path / "golden.jsonl", line)))
    result = run(guidance, "impact", "withdraw:leave")
    assert result.exit_code == 1
    assert "golden   1 lost, 0 changed, 0 gained, 0 unchanged" in result.output
    assert f"lost: {TRAVEL}" in result.output
    assert run(guidance, "impact", "withdraw:bells").exit_code == 0
    assert guidance.edition().number == 1


def test_a_change_that_there_is_not_is_named(guidance: SmallService) -> None:
    result = run(guidance, "impact", "publish:all")
    assert "There is no change 'publish:all'" in str(result.exception)

"""The chosen numbers: one file, complete, and each with its reason."""

from pathlib import Path

import pytest

from knowledge.errors import RulesError
from knowledge.tuning import TUNING_FILE, load_tuning

TEXT = TUNING_FILE.read_text(encoding="utf-8")


def test_the_bot_asks_before_it_answers() -> None:
    lines = load_tuning().coverage
    assert 0 < lines.ask <= lines.answer < 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  ask: .25", "", r"'coverage'.*ask"),
        ("  ask: .25", "  ask: .25\n  beg: 1", r"'coverage'.*beg"),
        ("  ask: .25", "  ask: often", r"coverage\.ask.*number"),
        ("  ask: .25", "  ask: true", r"coverage\.ask.*number"),
        ("coverage:", "covering:", r"coverage.*missing"),
    ],
)
def test_a_wrong_number_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in TEXT
    path = tmp_path / "tuning.yml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(RulesError, match=problem):
        load_tuning(path)

"""The chosen numbers: one file, complete, and each with its reason."""

from pathlib import Path

import pytest

from knowledge.errors import RulesError
from knowledge.tuning import TUNING_FILE, load_tuning

TEXT = TUNING_FILE.read_text(encoding="utf-8")


def test_less_is_enough_to_show_what_comes_nearest_than_to_answer() -> None:
    lines = load_tuning().coverage
    assert 0 < lines.nearest < lines.answer < 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  nearest: .2", "", r"'coverage'.*nearest"),
        ("  nearest: .2", "  nearest: .2\n  beg: 1", r"'coverage'.*beg"),
        ("  nearest: .2", "  nearest: often", r"coverage\.nearest.*number"),
        ("  nearest: .2", "  nearest: true", r"coverage\.nearest.*number"),
        ("coverage:", "covering:", r"coverage.*missing"),
    ],
)
def test_a_wrong_number_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in TEXT
    path = tmp_path / "tuning.yml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(RulesError, match=problem):
        load_tuning(path)

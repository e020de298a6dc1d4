from pathlib import Path

import pytest

from knowledge.errors import RulesError
from knowledge.language.rule_files import read_rules


def test_named_fields_are_read(tmp_path: Path) -> None:
    path = tmp_path / "rules.yml"
    path.write_text("topic:\n  - one\n")
    assert read_rules(path) == {"topic": ["one"]}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"topic: \xa3100", "not UTF-8"),
        (b"topic: [", "not valid YAML"),
        (b"- one", "named fields"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_do(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    path = tmp_path / "rules.yml"
    path.write_bytes(content)
    with pytest.raises(RulesError, match=rf"rules\.yml: .*{problem}"):
        read_rules(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="the file is missing"):
        read_rules(tmp_path / "rules.yml")
    with pytest.raises(RulesError, match="cannot be read: Is a directory"):
        read_rules(tmp_path)

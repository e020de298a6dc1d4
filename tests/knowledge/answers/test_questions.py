from pathlib import Path

import pytest

from knowledge.answers.questions import read_lines, read_questions
from knowledge.errors import QuestionFileError


def test_plain_questions_are_read_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "questions.txt"
    path.write_text("How long?\n\n  and when? \n", encoding="utf-8")
    assert read_questions(path) == ["How long?", "and when?"]


def test_objects_are_read_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "a"}\n\n{"question": "b"}\n', encoding="utf-8")
    assert [row["question"] for row in read_lines(path)] == ["a", "b"]


@pytest.mark.parametrize(("line", "problem"), [("{", "not JSON"), ("[1]", "object in braces")])
def test_a_wrong_line_is_refused_by_its_number(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f'{{"question": "a"}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(QuestionFileError, match=rf"line 3.*{problem}"):
        read_lines(path)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "questions.txt"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "missing.txt", tmp_path, binary):
        with pytest.raises(QuestionFileError, match="cannot be read"):
            read_questions(path)

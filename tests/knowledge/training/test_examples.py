"""Training data is read, and what cannot be used is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import TrainingDataError
from knowledge.training.examples import read_messages, read_questions
from tests.knowledge.training.data import QUESTIONS, write, write_data


def test_questions_are_read_with_their_passages(tmp_path: Path) -> None:
    questions = read_questions(write_data(tmp_path) / "reading")
    assert len(questions) == 2 * len(QUESTIONS)
    assert questions[0].passage.sentences[questions[0].sentences[0]].startswith("Feed the fish")


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ({"message": "hello", "kind": "greeting"}, "greeting"),
        ({"message": "hello", "kind": "chat", "matter": "weather"}, "weather"),
    ],
)
def test_an_unknown_kind_is_named_with_its_line(
    tmp_path: Path, row: dict[str, Any], named: str
) -> None:
    write(tmp_path / "some.jsonl", [{"message": "hello", "kind": "chat"}, row])
    with pytest.raises(TrainingDataError, match=rf"some\.jsonl, line 2: .*{named}"):
        read_messages(tmp_path)


def test_a_question_about_no_passage_is_named(tmp_path: Path) -> None:
    place = write_data(tmp_path) / "reading" / "our-garden"
    with (place / "questions.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"passage": "gone", "question": "?", "sentences": []}) + "\n")
    with pytest.raises(TrainingDataError, match=r"questions\.jsonl, line 7: 'gone'"):
        read_questions(tmp_path / "reading")


def test_a_folder_without_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match=str(tmp_path)):
        read_messages(tmp_path)


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "some.jsonl").write_text("hello\n", encoding="utf-8")
    with pytest.raises(TrainingDataError, match="line 1: not JSON"):
        read_messages(tmp_path)

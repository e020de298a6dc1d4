"""What the reader is taught about a question."""

import random
from pathlib import Path

import pytest

from knowledge.search.embedding import Embedder
from knowledge.training.examples import read_questions
from knowledge.training.lessons import Lesson, lessons, with_a_hole
from tests.knowledge.training.data import write_data


@pytest.fixture
def made(tmp_path: Path, embedder: Embedder) -> list[Lesson]:
    questions = read_questions(write_data(tmp_path) / "reading")
    return lessons(questions, embedder, random.Random(1))


def test_a_covered_question_is_put_beside_its_passage_and_beside_it_without_the_answer(
    made: list[Lesson],
) -> None:
    answered, hole = made[0], made[1]
    assert (answered.answers, answered.shown) == (1.0, (1,))
    assert hole.answers == 0.0
    assert hole.passage.sentences == ("Fill the pond with rain water.",)


def test_a_near_miss_is_put_beside_the_passage_it_nearly_asks_about(made: list[Lesson]) -> None:
    asked = [each for each in made if each.question.lower().rstrip("?").endswith("fish live there")]
    assert asked
    assert {each.answers for each in asked} == {0.0}


def test_a_neighbour_is_of_the_same_guidance_and_hardly_answers(made: list[Lesson]) -> None:
    third = made[2]
    assert third.answers < 0.1
    assert third.passage.id != made[0].passage.id
    assert third.passage.body == made[0].passage.body


def test_a_passage_of_one_sentence_leaves_no_hole(made: list[Lesson]) -> None:
    assert with_a_hole(made[1].passage, [0]) is None

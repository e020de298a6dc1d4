"""What the reader is taught about a question."""

import random
from pathlib import Path

import pytest

from knowledge.search.embedding import Embedder
from knowledge.training.examples import Around, LabelledPassage, LabelledQuestion, read_questions
from knowledge.training.lessons import Lesson, lessons, with_a_hole
from tests.knowledge.training.data import write_data

SENTENCES = ("Fill the pond with rain water.", "Feed the fish twice a week in May.")
POND = LabelledPassage("pond", "garden", "pond", "The pond", (), SENTENCES)
AROUND = Around(("Hello all,",), ("Thanks!",), ("I dropped my rake in the pond again",))


@pytest.fixture
def made(tmp_path: Path, embedder: Embedder) -> list[Lesson]:
    questions = read_questions(write_data(tmp_path) / "reading")
    return lessons(questions, AROUND, embedder, random.Random(1))


def test_a_covered_question_is_put_beside_its_passage_and_beside_it_without_the_answer(
    made: list[Lesson],
) -> None:
    answered, hole = made[0], made[1]
    assert (answered.answers, answered.shown) == (1.0, (1,))
    assert hole.answers == 0.0
    assert hole.passage.sentences == ("Fill the pond with rain water.",)


def test_a_near_miss_is_put_beside_the_passage_it_nearly_asks_about(embedder: Embedder) -> None:
    made = lessons([LabelledQuestion("what fish?", POND, ())], Around(), embedder, random.Random(1))
    assert [(each.passage, each.answers) for each in made] == [(POND, 0.0)]


def test_a_neighbour_is_of_the_same_guidance_and_hardly_answers(made: list[Lesson]) -> None:
    third = made[2]
    assert third.answers < 0.1
    assert third.passage.id != made[0].passage.id
    assert third.passage.body == made[0].passage.body


def test_a_passage_of_one_sentence_leaves_no_hole(made: list[Lesson]) -> None:
    assert with_a_hole(made[1].passage, [0]) is None


def test_a_statement_is_put_beside_passages_that_do_not_answer_it(made: list[Lesson]) -> None:
    told = [each for each in made if each.question in AROUND.statements]
    assert [each.answers for each in told] == [0.0, 0.0]


def test_a_follow_up_is_read_with_the_question_before_it(embedder: Embedder) -> None:
    asked = LabelledQuestion("and in winter?", POND, (1,), earlier="How often are the fish fed?")
    made = lessons([asked], Around(), embedder, random.Random(1))
    assert {each.question for each in made} == {"How often are the fish fed: and in winter?"}

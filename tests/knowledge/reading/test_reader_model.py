"""The reader that the project ships, on guidance that it has never seen."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import ModelError
from knowledge.reading.reader_model import CARD_FILE, READER_FILE, WEIGHTS_FOLDER, ReaderModel

TRAIL = "The allotment > Water"
SENTENCES = [
    "Every plot has a tap of its own.",
    "Hoses may be used before nine in the morning.",
    "Ask the warden if the tap drips.",
]


def test_a_passage_that_answers_is_likelier_than_one_without_the_answer(
    reader_model: ReaderModel,
) -> None:
    question = "what time can I use a hose on my plot"
    whole, hole = reader_model.judge(
        [(question, TRAIL, SENTENCES), (question, TRAIL, [SENTENCES[0], SENTENCES[2]])]
    )
    assert whole.answers > hole.answers


def test_the_sentence_that_answers_must_be_shown_most(reader_model: ReaderModel) -> None:
    (reading,) = reader_model.judge([("who do I tell about a dripping tap", TRAIL, SENTENCES)])
    assert reading.sentences.index(max(reading.sentences)) == 2


def test_a_pair_is_judged_alike_whatever_is_judged_beside_it(reader_model: ReaderModel) -> None:
    pair = ("who do I tell about a dripping tap", TRAIL, SENTENCES)
    (alone,) = reader_model.judge([pair])
    beside = reader_model.judge([("hose", TRAIL, SENTENCES * 6), pair, ("tap?", "", ["No."])])[1]
    assert beside.answers == pytest.approx(alone.answers, abs=0.15)  # activations are 8 bits


def test_a_damaged_reader_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / READER_FILE).write_bytes(b"not a model")
    with pytest.raises(ModelError, match="Install the release again"):
        ReaderModel(tmp_path)
    (tmp_path / CARD_FILE).write_text((WEIGHTS_FOLDER / CARD_FILE).read_text())
    with pytest.raises(ModelError, match="is damaged"):
        ReaderModel(tmp_path)


def test_the_models_that_are_shipped_are_small() -> None:
    messages = WEIGHTS_FOLDER.parents[1] / "messages" / "weights"
    files = [*WEIGHTS_FOLDER.iterdir(), *messages.iterdir()]
    assert sum(path.stat().st_size for path in files) < 30e6


def test_a_card_says_what_its_model_was_made_of() -> None:
    card = json.loads((WEIGHTS_FOLDER / CARD_FILE).read_text(encoding="utf-8"))
    assert card["bodies"]
    assert card["kept_aside"]
    assert card["base"]


@given(question=st.text(), sentences=st.lists(st.text(), min_size=1, max_size=6))
def test_any_text_can_be_judged(
    reader_model: ReaderModel, question: str, sentences: list[str]
) -> None:
    (reading,) = reader_model.judge([(question, "", sentences)])
    assert len(reading.sentences) == len(sentences)

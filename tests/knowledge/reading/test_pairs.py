"""A question and a passage as the reader sees them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.pairs import LONGEST, Pairing, padded
from knowledge.search.models import pinned_folder

SENTENCES = ["Fill the pond with rain water.", "Feed the fish twice a week."]


@pytest.fixture(scope="module")
def pairing() -> Pairing:
    return Pairing.load(pinned_folder())


def test_each_piece_knows_its_sentence(pairing: Pairing) -> None:
    pair = pairing.pair("When are the fish fed?", "The pond", SENTENCES)
    told = pair.owners[pair.owners >= 0]
    assert list(np.unique(told)) == [0, 1]
    assert list(told) == sorted(told)
    assert set(pair.types[pair.owners >= 0]) == {1}


def test_of_a_very_long_question_the_start_and_the_end_are_read(pairing: Pairing) -> None:
    story = "the start " + "and so it went on " * 60 + "when are the fish fed"
    pair, end = pairing.pair(story, "", SENTENCES), pairing.pair("fish fed", "", [])
    question = list(pair.ids[pair.types == 0])
    assert question[-3:-1] == list(end.ids[1:3])
    assert (pair.owners == 1).any()


def test_pairs_of_one_batch_are_filled_up_to_the_longest(pairing: Pairing) -> None:
    pairs = [pairing.pair("fish?", "", SENTENCES[:1]), pairing.pair("fish?", "", SENTENCES)]
    batch = padded(pairs)
    assert batch["input_ids"].shape == (2, len(pairs[1].ids))
    assert batch["attention_mask"].sum(axis=1).tolist() == [len(pair.ids) for pair in pairs]


@given(question=st.text(), trail=st.text(), sentences=st.lists(st.text(), max_size=30))
def test_any_text_fits_into_what_the_reader_can_see(
    pairing: Pairing, question: str, trail: str, sentences: list[str]
) -> None:
    pair = pairing.pair(question, trail, sentences)
    assert len(pair.ids) == len(pair.types) == len(pair.owners) <= LONGEST
    assert pair.owners.max() < max(1, len(sentences))

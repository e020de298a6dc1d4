import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.embedding import Embedder
from knowledge.search.index import Index
from knowledge.search.pieces import WHOLE, PassagePieces
from tests.knowledge.examples_of_guidance import entries, index_of

MOST = 24
ALL = np.arange(5)


@pytest.fixture(scope="module")
def index(embedder: Embedder) -> Index:
    return index_of(entries(), embedder)


@pytest.fixture(scope="module")
def pieces(index: Index) -> PassagePieces:
    return index.pieces


def test_pieces_start_where_their_words_stand_in_the_text(embedder: Embedder) -> None:
    assert embedder.pieces("Lost keys, lost").starts.tolist() == [0, 5, 9, 11]


@given(st.text(max_size=40))
def test_any_text_has_pieces_of_unit_length(embedder: Embedder, text: str) -> None:
    own = embedder.pieces(text)
    assert len(own.ids) == len(own.starts) == len(own.vectors) >= 1
    lengths = np.linalg.norm(own.vectors.astype(float), axis=1) / WHOLE
    np.testing.assert_allclose(lengths, 1, atol=0.05)


def test_a_piece_belongs_to_its_sentence_or_to_the_headings(embedder: Embedder) -> None:
    entry = entries()[4]  # Greenhouses. Watering, then two sentences
    own = embedder.pieces(entry.passage_text)
    parts = own.parts(entry.sentences, len(entry.trail) + 1)
    begins = [entry.passage_text.index(word) for word in ("Tomatoes", "Cucumbers")]
    assert (parts == np.searchsorted(begins, own.starts, side="right")).all()
    assert set(parts) == {0, 1, 2}


def test_a_passage_that_holds_the_very_words_comes_nearest(
    pieces: PassagePieces, embedder: Embedder
) -> None:
    whole, sentence = pieces.nearness(embedder.pieces("Turn the heap with a fork"), ALL, MOST)
    assert np.argmax(whole) == np.argmax(sentence) == 3


def test_words_spread_over_a_passage_count_less_for_its_sentences(
    pieces: PassagePieces, embedder: Embedder
) -> None:
    apart = embedder.pieces("deep slope")  # in the first and the second sentence
    whole, sentence = pieces.nearness(apart, ALL, MOST)
    assert sentence[0] < whole[0]
    together = embedder.pieces("pond deep")  # in the title and the first sentence
    whole, sentence = pieces.nearness(together, ALL, MOST)
    assert sentence[0] == pytest.approx(whole[0], abs=1e-6)


def test_nearness_does_not_depend_on_what_else_is_compared(
    pieces: PassagePieces, embedder: Embedder
) -> None:
    asked = embedder.pieces("How often should tomatoes be watered?")
    together = np.column_stack(pieces.nearness(asked, ALL, MOST))
    alone = np.vstack([np.ravel(pieces.nearness(asked, ALL[[n]], MOST)) for n in ALL[::-1]])
    np.testing.assert_allclose(together, alone[::-1], atol=1e-6)
    assert (np.abs(together) <= 1.05).all()


def test_a_rare_word_tells_more_than_a_common_one(
    pieces: PassagePieces, embedder: Embedder
) -> None:
    whole, _ = pieces.nearness(embedder.pieces("the goldfish"), ALL, MOST)
    assert np.argmax(whole) == 1

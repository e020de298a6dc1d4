from pathlib import Path

import numpy as np
import pytest

from knowledge.language.analyser import Analyser
from knowledge.search.embedding import Embedder
from knowledge.search.index import (
    Index,
    build_index,
    texts_to_embed,
)
from knowledge.search.index_files import PASSAGES_FILE, load_index, save_index
from tests.knowledge.examples_of_guidance import entries, index_of


@pytest.fixture(scope="module")
def index(embedder: Embedder) -> Index:
    return index_of(entries(), embedder)


def test_a_sentence_is_embedded_with_its_nearest_heading() -> None:
    assert "Watering: Cucumbers want even more." in entries()[4].sentence_texts


def test_the_title_and_headings_count_as_a_sentence() -> None:
    assert entries()[4].sentence_texts[0] == "Greenhouses. Watering"


def test_every_text_is_embedded_once() -> None:
    made = entries()
    texts = texts_to_embed([*made, *made])
    assert len(texts) == len(set(texts)) == len(texts_to_embed(made))


def test_each_sentence_belongs_to_its_passage(index: Index) -> None:
    for number, entry in enumerate(index.entries):
        own = index.sentence_vectors[index.firsts[number] : index.firsts[number + 1]]
        assert len(own) == len(entry.sentences) + 1


def test_a_rare_word_tells_more_than_a_common_one(index: Index) -> None:
    [water, want] = index.analyser.words("cucumbers want")
    assert index.rarity("unheard") > index.rarity(water) >= index.rarity(want)


def test_a_saved_index_is_read_back_the_same(index: Index, tmp_path: Path) -> None:
    save_index(index, tmp_path / "one", "today")
    read = load_index(index.entries, tmp_path / "one", "today", Analyser())
    assert read is not None
    assert np.array_equal(read.passage_vectors, index.passage_vectors)
    assert np.array_equal(read.sentence_vectors, index.sentence_vectors)


def test_an_index_of_other_data_is_not_used(index: Index, tmp_path: Path) -> None:
    save_index(index, tmp_path / "one", "today")
    assert load_index(index.entries, tmp_path / "one", "tomorrow", Analyser()) is None
    assert load_index(index.entries[1:], tmp_path / "one", "today", Analyser()) is None


def test_a_damaged_or_missing_file_is_not_used(index: Index, tmp_path: Path) -> None:
    save_index(index, tmp_path / "one", "today")
    (tmp_path / "one" / PASSAGES_FILE).write_bytes(b"damaged")
    assert load_index(index.entries, tmp_path / "one", "today", Analyser()) is None
    assert load_index(index.entries, tmp_path / "none", "today", Analyser()) is None


def test_an_index_of_nothing_can_be_built() -> None:
    empty = build_index([], {}, {}, 384, Analyser())
    assert empty.passage_vectors.shape == (0, 384)
    assert empty.words is None
    assert empty.sentence_words is None

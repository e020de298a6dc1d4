"""An index that is made from another is the one that would have been built from nothing."""

from collections.abc import Mapping

import numpy as np
import pytest

from knowledge.language.analyser import Analyser
from knowledge.search.embedding import Embedder
from knowledge.search.index import Entry, Index, texts_to_embed
from knowledge.search.next_index import new_entries, next_index
from knowledge.search.searcher import Searcher
from knowledge.tuning import load_tuning
from tests.knowledge.examples_of_guidance import GARDEN, entries, index_of

MORE = {"Hedges": {"Cutting": "Cut the hedge in August. Birds nest in it until July."}}
CHANGED = {
    **GARDEN,
    "Ponds": {**GARDEN["Ponds"], "Fish": "Goldfish eat little in winter. Feed them less."},
}
REVERSED = dict(reversed(CHANGED.items()))


def made_from(old: Index, made: list[Entry], embedder: Embedder) -> Index:
    texts = texts_to_embed(new_entries(made, old))
    vectors, pieces = embedder.encode_whole(texts)
    own = dict(zip(texts, vectors, strict=True)), dict(zip(texts, pieces, strict=True))
    return next_index(old, made, *own, Analyser())


@pytest.mark.parametrize("guidance", [GARDEN, {**MORE, **GARDEN}, {**GARDEN, **MORE}, REVERSED, {}])
def test_it_is_the_index_that_would_have_been_built(
    guidance: Mapping[str, Mapping[str, str]], embedder: Embedder
) -> None:
    made = entries(guidance)
    ours = made_from(index_of(entries(GARDEN), embedder), made, embedder)
    built = index_of(made, embedder)
    assert ours.entries == built.entries
    assert np.allclose(ours.passage_vectors, built.passage_vectors, atol=1e-5)
    assert np.allclose(ours.sentence_vectors, built.sentence_vectors, atol=1e-5)
    assert ours.firsts.tolist() == built.firsts.tolist()
    assert ours.frequencies == built.frequencies
    one, other = ours.pieces, built.pieces
    assert one.ids.tolist() == other.ids.tolist()
    assert one.parts.tolist() == other.parts.tolist()
    assert one.firsts.tolist() == other.firsts.tolist()
    assert one.frequencies == other.frequencies
    assert [len(each) for each in one.vectors] == [len(each) for each in other.vectors]


def test_a_search_finds_the_same_with_the_same_scores(embedder: Embedder) -> None:
    made = entries(CHANGED)
    weights = load_tuning().search
    ours = made_from(index_of(entries(GARDEN), embedder), made, embedder)
    built = index_of(made, embedder)
    for question in ("What do goldfish eat in winter?", "compost rats", "zebra"):
        found = Searcher(ours, embedder, weights).search(question)
        expected = Searcher(built, embedder, weights).search(question)
        assert [hit.passage.id for hit in found] == [hit.passage.id for hit in expected]
        assert np.allclose([h.score for h in found], [h.score for h in expected], atol=1e-3)


def test_only_what_is_new_has_to_be_embedded(embedder: Embedder) -> None:
    old = index_of(entries(GARDEN), embedder)
    assert new_entries(entries(GARDEN), old) == []
    (new,) = new_entries(entries(CHANGED), old)
    assert new.passage.headings == ("Fish",)

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.analyser import Analyser
from knowledge.language.synonyms import Synonyms
from knowledge.language.text import Words
from knowledge.search.embedding import Embedder
from knowledge.search.index import build_index
from knowledge.search.query import spelling_of
from knowledge.search.searcher import Searcher
from knowledge.tuning import load_tuning
from tests.knowledge.examples_of_guidance import GARDEN, entries, index_of

WEIGHTS = load_tuning().search


@pytest.fixture(scope="module")
def searcher(embedder: Embedder) -> Searcher:
    return Searcher(index_of(entries(), embedder), embedder, WEIGHTS)


def test_the_passage_that_answers_comes_first(searcher: Searcher) -> None:
    assert searcher.search("how deep must a pond be")[0].passage.headings == ("Digging a pond",)


def test_a_question_in_other_words_finds_the_passage(searcher: Searcher) -> None:
    assert searcher.search("may leftovers from dinner be added")[0].document.id == "compost"


def test_a_misspelt_question_finds_the_passage(searcher: Searcher) -> None:
    mended = spelling_of(Words.load(), load_tuning().spelling, searcher.index).mend("cucumberz")
    assert searcher.search(mended)[0].document.id == "greenhouses"


def test_the_guidances_apostrophes_are_those_of_a_clean_message(embedder: Embedder) -> None:
    index = index_of(entries({"Sheds": {"Keys": "The gardener’s key opens it."}}), embedder)
    assert (
        spelling_of(Words.load(), load_tuning().spelling, index).mend("a gardenar's key")
        == "a gardener's key"
    )


def test_hits_come_best_first_and_at_most_as_many_as_asked(searcher: Searcher) -> None:
    hits = searcher.search("water for tomatoes", limit=3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_hit_has_one_score_for_each_sentence(searcher: Searcher) -> None:
    hits = searcher.search("feeding goldfish", limit=5)
    assert len(hits) == 5
    for hit in hits:
        assert len(hit.sentence_scores) == len(hit.sentences)


def test_the_sentence_that_answers_scores_highest(searcher: Searcher) -> None:
    hit = searcher.search("does cooked food attract rats")[0]
    best = max(range(len(hit.sentences)), key=lambda number: hit.sentence_scores[number])
    assert hit.sentences[best].text == "Cooked food brings rats."


def test_the_sentences_of_a_question_that_goes_on_answer_its_new_words(searcher: Searcher) -> None:
    hit = searcher.search("what may go on a compost heap: rats?", focus="rats?")[0]
    before = searcher.search("what may go on a compost heap: rats?", focus="peelings?")[0]
    assert (hit.passage.id, before.passage.id) == ("compost#0", "compost#0")
    assert hit.sentence_scores[1] > before.sentence_scores[1]
    assert hit.sentence_scores[0] < before.sentence_scores[0]


def test_documents_that_may_not_be_shown_are_left_out(searcher: Searcher) -> None:
    hits = searcher.search("how deep must a pond be", keep=lambda each: each.id != "ponds")
    assert {hit.document.id for hit in hits} == {"compost", "greenhouses"}


def test_passages_that_may_be_shown_are_found_behind_many_that_may_not(
    embedder: Embedder,
) -> None:
    crowd = {f"Pond {number}": {"Depth": f"Pond {number} is deep."} for number in range(12)}
    index = index_of(entries({**crowd, **GARDEN}), embedder)
    narrow = Searcher(index, embedder, replace(WEIGHTS, candidates=1))
    hits = narrow.search("how deep is the pond", 1, lambda each: each.id == "greenhouses")
    assert [hit.document.id for hit in hits] == ["greenhouses"]


def test_what_members_call_a_thing_finds_it(embedder: Embedder) -> None:
    index = index_of(entries(), embedder)
    synonyms = Synonyms({"compost heap": ["gbx"]})
    told = Searcher(index, embedder, WEIGHTS, synonyms)
    assert told.search("gbx")[0].document.id == "compost"
    assert Searcher(index, embedder, WEIGHTS).search("gbx")[0].words == 0


def test_nothing_is_found_in_an_empty_index(embedder: Embedder) -> None:
    empty = build_index([], {}, {}, embedder.dimension, Analyser())
    assert Searcher(empty, embedder, WEIGHTS).search("anything") == ()


@given(question=st.text(max_size=200))
def test_any_text_can_be_searched_for(searcher: Searcher, question: str) -> None:
    assert len(searcher.search(question, limit=2)) == 2


@pytest.mark.parametrize("count", [1, 3, 5])
def test_only_the_passages_that_may_be_shown_are_found(searcher: Searcher, count: int) -> None:
    total = len(searcher.index.entries)
    among = np.sort(np.random.default_rng(count).choice(total, count, replace=False))
    allowed = {searcher.index.entries[number].passage.id for number in among}
    hits = searcher.search("water for tomatoes", limit=3, among=among)
    assert len(hits) == min(3, count)
    assert {hit.passage.id for hit in hits} <= allowed
    everywhere = [hit.passage.id for hit in searcher.search("water for tomatoes", limit=total)]
    assert [hit.passage.id for hit in hits] == [name for name in everywhere if name in allowed][
        : len(hits)
    ]


def test_among_no_passage_nothing_is_found(searcher: Searcher) -> None:
    assert searcher.search("water", among=np.array([], dtype=np.int64)) == ()

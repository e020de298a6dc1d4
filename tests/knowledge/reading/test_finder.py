"""Passages found for a question: searched, read, and ordered by both."""

import pytest

from knowledge.reading.finder import Finder, Finding
from knowledge.reading.reader_model import ReaderModel
from knowledge.search.embedding import Embedder
from knowledge.search.searcher import Searcher
from knowledge.tuning import load_tuning
from tests.knowledge.examples_of_guidance import GARDEN, entries, index_of

QUESTION = "what do the goldfish eat"


@pytest.fixture(scope="module")
def searcher(embedder: Embedder) -> Searcher:
    return Searcher(index_of(entries(GARDEN), embedder), embedder, load_tuning().search)


def finder(searcher: Searcher, reader_model: ReaderModel, read: int) -> Finder:
    return Finder(searcher, reader_model, Finding(hits=4, read=read, reader=0.1))


def test_the_best_few_are_read_and_the_rest_stay_behind_them(
    searcher: Searcher, reader_model: ReaderModel
) -> None:
    hits = finder(searcher, reader_model, read=2).find(QUESTION)
    assert [hit.answers is not None for hit in hits] == [True, True, False, False]
    assert [len(hit.shown) for hit in hits[:2]] == [len(hit.sentences) for hit in hits[:2]]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_only_as_many_are_given_as_are_wanted(
    searcher: Searcher, reader_model: ReaderModel
) -> None:
    assert len(finder(searcher, reader_model, read=3).find(QUESTION, most=1)) == 1


def test_what_may_not_be_shown_is_not_read(searcher: Searcher, reader_model: ReaderModel) -> None:
    hits = finder(searcher, reader_model, read=2).find(QUESTION, keep=lambda document: False)
    assert hits == ()

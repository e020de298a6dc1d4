from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.editions.publish import Library
from knowledge.reading.reader_model import ReaderModel, Reading
from knowledge.reading.remembering import RememberingReader
from knowledge.search.searcher import Hit

QUESTION = "Who keeps the keys?"


class CountingReader(ReaderModel):
    """The real reader, which counts what it reads."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def judge(self, asked: Sequence[tuple[str, str, Sequence[str]]]) -> list[Reading]:
        self.count += len(asked)
        return super().judge(asked)


@pytest.fixture
def hits(library: Library, folder: Path) -> tuple[Hit, ...]:
    library.add([folder])
    _, index = library.open()
    return tuple(
        Hit(entry.passage, entry.document, entry.sentences, 0, 0, 0, 0, ())
        for entry in index.entries
    )


@pytest.fixture
def counting() -> CountingReader:
    return CountingReader()


def test_it_reads_as_the_reader_does(hits: tuple[Hit, ...], counting: CountingReader) -> None:
    first = RememberingReader(counting).read(QUESTION, hits)
    plain = counting.read(QUESTION, hits)
    assert [hit.passage.id for hit in first] == [hit.passage.id for hit in hits]
    for hit, other in zip(first, plain, strict=True):
        assert hit.answers == pytest.approx(other.answers, abs=1e-4)
        assert hit.shown == pytest.approx(other.shown, abs=1e-4)


def test_what_was_read_for_a_question_is_not_read_again(
    hits: tuple[Hit, ...], counting: CountingReader
) -> None:
    reader = RememberingReader(counting)
    first = reader.read(QUESTION, hits[:2])
    assert counting.count == 2
    again = reader.read(QUESTION, hits[:3])
    assert counting.count == 3
    assert again[:2] == first
    reader.read("Who has lost keys?", hits[:2])
    assert counting.count == 5


def test_a_passage_that_says_something_else_is_read_again(
    hits: tuple[Hit, ...], counting: CountingReader
) -> None:
    reader = RememberingReader(counting)
    reader.read(QUESTION, hits[:1])
    sentence = replace(hits[0].sentences[0], text="Nobody keeps the keys.")
    reader.read(QUESTION, (replace(hits[0], sentences=(sentence, *hits[0].sentences[1:])),))
    assert counting.count == 2


def test_no_hits_are_read_as_none(counting: CountingReader) -> None:
    assert RememberingReader(counting).read(QUESTION, ()) == ()

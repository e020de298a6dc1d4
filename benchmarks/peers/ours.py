"""Our search, as the product configures it."""

from collections.abc import Sequence

from benchmarks.peers import EmbeddedTexts, Found, Search
from benchmarks.sets import DEPTH, Text
from knowledge.documents.document import Document, Passage
from knowledge.language.analyser import Analyser
from knowledge.language.sentences import split_sentences
from knowledge.language.text import Words, clean
from knowledge.search.embedding import Embedder
from knowledge.search.index import Entry, build_index
from knowledge.search.query import spelling_of
from knowledge.search.searcher import Searcher
from knowledge.tuning import load_tuning


def entries(texts: Sequence[Text]) -> list[Entry]:
    """Make each text a document of one passage."""
    return [
        Entry(
            Passage(text.id, text.id, (), text.body),
            Document(text.id, text.title),
            split_sentences(text.body),
        )
        for text in texts
    ]


def build(texts: Sequence[Text], embedded: EmbeddedTexts, embedder: Embedder) -> Search:
    """Index the texts."""
    index = build_index(
        entries(texts), embedded.vectors, embedded.pieces, embedder.dimension, Analyser()
    )
    tuning = load_tuning()
    searcher = Searcher(index, embedder, tuning.search)
    spelling = spelling_of(Words.load(), tuning.spelling, index)

    def search(question: str) -> list[Found]:
        mended = spelling.mend(clean(question))
        return [Found(hit.passage.id, hit.score) for hit in searcher.search(mended, DEPTH)]

    return search

"""Fits the coverage model on bodies of guidance that the reader has not seen."""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence

from knowledge.answers.coverage import CoverageModel, Features, features, fit
from knowledge.documents.document import Document, Passage
from knowledge.language.sentences import Sentence
from knowledge.reading.finder import Finder
from knowledge.search.embedding import Embedder
from knowledge.search.index import Entry, Index, embed_index
from knowledge.training.examples import LabelledPassage, LabelledQuestion

_STRANGERS = 150  # questions about other bodies that each body is asked


def fit_coverage(
    questions: Sequence[LabelledQuestion],
    embedder: Embedder,
    finder_over: Callable[[Index], Finder],
) -> CoverageModel:
    """Fit the coverage model: each body of guidance is searched and read by itself.

    Beside its own questions it is asked some about the other bodies, which it does not cover.

    :param questions: of bodies that the reader was not trained on, near misses among them.
    :param finder_over: gives what finds passages in an index.
    """
    chance = random.Random(1)
    rows: list[Features] = []
    covered: list[bool] = []
    bodies = defaultdict(list)
    for each in questions:
        bodies[each.passage.body].append(each)
    for asked in bodies.values():
        finder = finder_over(embed_index(_entries(asked), embedder))
        others = [each for each in questions if each.passage.body != asked[0].passage.body]
        for each in (*asked, *chance.sample(others, min(_STRANGERS, len(others)))):
            hits = finder.find(each.question)
            rows.append(features(each.question, hits, finder.index))
            covered.append(bool(each.sentences) and each.passage.body == asked[0].passage.body)
    return fit(rows, covered)


def _entries(questions: Sequence[LabelledQuestion]) -> list[Entry]:
    """Give the passages of some questions, each once."""
    passages = {each.passage.id: each.passage for each in questions}
    return [_entry(passage) for passage in passages.values()]


def _entry(passage: LabelledPassage) -> Entry:
    sentences, start = [], 0
    for text in passage.sentences:
        sentences.append(Sentence(text, start, start + len(text), "sentence"))
        start += len(text) + 1
    document = Document(id=passage.document, title=passage.title)
    text = "\n".join(passage.sentences)
    whole = Passage(passage.id, passage.document, passage.headings, text)
    return Entry(whole, document, tuple(sentences))

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
from knowledge.training.examples import Around, LabelledPassage, LabelledQuestion
from knowledge.training.variations import misspell, surrounded

_STRANGERS = 150  # questions about other bodies that each body is asked
_STATEMENTS = 100  # messages that ask nothing, put to each body


def fit_coverage(
    questions: Sequence[LabelledQuestion],
    around: Around,
    embedder: Embedder,
    finder_over: Callable[[Index], Finder],
) -> CoverageModel:
    """Fit the coverage model: each body of guidance is searched and read by itself.

    Beside its own questions it is asked some about the other bodies, which it does not cover, and
    told statements, which ask nothing. Each question is asked as it was written and once more in
    other words: with something before it, or misspelt.

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
        put = [(each.whole, bool(each.sentences)) for each in asked]
        put += [(_otherwise(question, around, chance), known) for question, known in put]
        put += [(each.whole, False) for each in chance.sample(others, min(_STRANGERS, len(others)))]
        told = chance.sample(around.statements, min(_STATEMENTS, len(around.statements)))
        put += [(statement, False) for statement in told]
        for question, known in put:
            rows.append(features(question, finder.find(question), finder.index))
            covered.append(known)
    return fit(rows, covered)


def _otherwise(question: str, around: Around, chance: random.Random) -> str:
    if chance.random() < 0.5:
        return surrounded(question, around, chance)
    return misspell(question, chance)


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

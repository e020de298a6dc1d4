"""What the reader is taught: pairs of a question and a passage, and whether it answers.

Each covered question is put beside its passage, beside the same passage with the answer taken out
(a hole: the style of the question cannot betray the label), and beside a passage of the same
guidance that a search brings up for it. A near miss is put beside the passage that it nearly asks
about.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.search.embedding import Embedder
from knowledge.training.examples import LabelledPassage, LabelledQuestion
from knowledge.training.variations import misspell

_NEIGHBOURS = 5  # from among the nearest so many passages the third pair is taken
_DOUBT = 0.05  # the label of such a pair: now and then it answers too
_ANOTHER = 0.35  # of the near misses are put beside another passage of their document too


@dataclass(frozen=True)
class Lesson:
    """One pair.

    :param answers: how sure it is that the passage answers, 0 to 1.
    :param shown: the sentences that must be shown; None when the pair does not teach that.
    """

    question: str
    passage: LabelledPassage
    answers: float
    shown: tuple[int, ...] | None = None


def lessons(
    questions: Sequence[LabelledQuestion], embedder: Embedder, chance: random.Random
) -> list[Lesson]:
    """Make the lessons of labelled questions, in their order."""
    near = _neighbours(questions, embedder)
    asked = defaultdict(list)
    for each in questions:
        asked[each.passage.body].append(each.question)
    made: list[Lesson] = []
    for each, neighbours in zip(questions, near, strict=True):
        pairs = (
            _covered(each, neighbours, chance)
            if each.sentences
            else _near_miss(each, neighbours, chance)
        )
        for lesson in pairs:
            varied = _varied(lesson.question, asked[each.passage.body], chance)
            made.append(replace(lesson, question=varied))
    return made


def with_a_hole(passage: LabelledPassage, sentences: Sequence[int]) -> LabelledPassage | None:
    """Give a passage without some of its sentences; None if nothing is left."""
    left = tuple(s for number, s in enumerate(passage.sentences) if number not in sentences)
    return replace(passage, sentences=left) if left else None


def _covered(
    asked: LabelledQuestion, near: Sequence[LabelledPassage], chance: random.Random
) -> Iterator[Lesson]:
    yield Lesson(asked.question, asked.passage, 1.0, asked.sentences)
    hole = with_a_hole(asked.passage, asked.sentences)
    if hole is not None:
        yield Lesson(asked.question, hole, 0.0)
    if asked.instead is not None:
        yield Lesson(asked.question, asked.instead, 0.0)
    others = [passage for passage in near if passage.id != asked.passage.id]
    if others:
        yield Lesson(asked.question, chance.choice(others), _DOUBT)


def _near_miss(
    asked: LabelledQuestion, near: Sequence[LabelledPassage], chance: random.Random
) -> Iterator[Lesson]:
    """A near miss holds within its own document; another one may answer it."""
    yield Lesson(asked.question, asked.passage, 0.0)
    own = [
        passage
        for passage in near
        if passage.document == asked.passage.document and passage.id != asked.passage.id
    ]
    if own and chance.random() < _ANOTHER:
        yield Lesson(asked.question, chance.choice(own), 0.0)


def _neighbours(
    questions: Sequence[LabelledQuestion], embedder: Embedder
) -> list[list[LabelledPassage]]:
    """Give the passages of the same body that lie nearest to each question."""
    bodies: dict[str, dict[str, LabelledPassage]] = defaultdict(dict)
    for each in questions:
        bodies[each.passage.body][each.passage.id] = each.passage
    vectors = {}
    for body, passages in bodies.items():
        texts = [". ".join((p.title, *p.headings, *p.sentences)) for p in passages.values()]
        vectors[body] = embedder.encode_many(texts)
    asked = embedder.encode_many([each.question for each in questions])
    found = []
    for each, vector in zip(questions, asked, strict=True):
        order = (-(vectors[each.passage.body] @ vector)).argsort()[:_NEIGHBOURS]
        own = list(bodies[each.passage.body].values())
        found.append([own[number] for number in order])
    return found


def _varied(question: str, others: Sequence[str], chance: random.Random) -> str:
    """Put another question before some, as in a conversation, and misspell some."""
    if chance.random() < 0.12:
        question = f"{chance.choice(others).rstrip('?. ')}: {question}"
    if chance.random() < 0.12:
        question = misspell(question, chance)
    if chance.random() < 0.08:
        question = question.lower().rstrip("?.")
    return question

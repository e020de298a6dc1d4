"""What the reader is taught: pairs of a question and a passage, and whether it answers.

Each covered question is put beside its passage, beside the same passage with the answer taken out
(a hole: the style of the question cannot betray the label), and beside a passage of the same
guidance that a search brings up for it. A near miss is put beside the passage that it nearly asks
about. A statement, which asks nothing, is put beside passages that a search brings up for it. What
people say around a question is put around some of them: the label stays.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.answers.follow_up import joined
from knowledge.search.embedding import Embedder
from knowledge.training.examples import Around, LabelledPassage, LabelledQuestion
from knowledge.training.variations import misspell, surrounded

_NEIGHBOURS = 5  # from among the nearest so many passages the third pair is taken
_MORE_NEIGHBOURS = 0.5  # of the covered questions are put beside two of them
_DOUBT = 0.05  # the label of such a pair: now and then it answers too
_ANOTHER = 0.35  # of the near misses are put beside another passage of their document too
_MORE = 0.6  # of those that nothing in the body answers, beside another passage of the body
_EARLIER = 0.08  # of the questions come after another one that does not matter
_SURROUNDED = 0.3
_MISSPELT = 0.25
_PLAIN = 0.12  # are typed without capitals and without a mark at the end


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
    questions: Sequence[LabelledQuestion],
    around: Around,
    embedder: Embedder,
    chance: random.Random,
) -> list[Lesson]:
    """Make the lessons of labelled questions, in their order, and then those of statements."""
    shelf = _Shelf(questions, embedder)
    near = shelf.near([(each.whole, each.passage.body) for each in questions])
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
            earlier = each.earlier
            if not earlier and chance.random() < _EARLIER:
                earlier = chance.choice(asked[each.passage.body])
            varied = joined(earlier, _varied(lesson.question, around, chance))
            made.append(replace(lesson, question=varied))
    bodies = sorted(asked)
    told = [(statement, chance.choice(bodies)) for statement in around.statements]
    for (statement, _), neighbours in zip(told, shelf.near(told), strict=True):
        made += [Lesson(statement, passage, 0.0) for passage in neighbours[:2]]
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
    for other in chance.sample(others, min(len(others), 1 + (chance.random() < _MORE_NEIGHBOURS))):
        yield Lesson(asked.question, other, _DOUBT)


def _near_miss(
    asked: LabelledQuestion, near: Sequence[LabelledPassage], chance: random.Random
) -> Iterator[Lesson]:
    """Unless nothing in the body answers a near miss, it holds within its own document only."""
    yield Lesson(asked.question, asked.passage, 0.0)
    own = [
        passage
        for passage in near
        if (asked.nowhere or passage.document == asked.passage.document)
        and passage.id != asked.passage.id
    ]
    if own and chance.random() < (_MORE if asked.nowhere else _ANOTHER):
        yield Lesson(asked.question, chance.choice(own), 0.0)


class _Shelf:
    """The passages of each body, by their nearness to a question."""

    def __init__(self, questions: Sequence[LabelledQuestion], embedder: Embedder) -> None:
        bodies: dict[str, dict[str, LabelledPassage]] = defaultdict(dict)
        for each in questions:
            bodies[each.passage.body][each.passage.id] = each.passage
        self._embedder = embedder
        self._passages = {body: list(passages.values()) for body, passages in bodies.items()}
        self._vectors = {
            body: embedder.encode_many([_text(passage) for passage in passages])
            for body, passages in self._passages.items()
        }

    def near(self, asked: Sequence[tuple[str, str]]) -> list[list[LabelledPassage]]:
        """Give, for each question and body, the passages that lie nearest."""
        vectors = self._embedder.encode_many([question for question, _ in asked])
        found = []
        for (_, body), vector in zip(asked, vectors, strict=True):
            order = (-(self._vectors[body] @ vector)).argsort()[:_NEIGHBOURS]
            found.append([self._passages[body][number] for number in order])
        return found


def _text(passage: LabelledPassage) -> str:
    return ". ".join((passage.title, *passage.headings, *passage.sentences))


def _varied(question: str, around: Around, chance: random.Random) -> str:
    """Give the question as somebody else might type it."""
    if chance.random() < _SURROUNDED:
        question = surrounded(question, around, chance)
    if chance.random() < _MISSPELT:
        question = misspell(question, chance)
    if chance.random() < _PLAIN:
        question = question.lower().rstrip("?.")
    return question

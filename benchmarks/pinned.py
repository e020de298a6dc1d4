"""How safely a pinned answer is kept from questions that only look like its own.

    python -m benchmarks.pinned [--data folder]

Every covered question of our training data is taken for one with a pinned answer, and every other
question about the same guidance is asked: near misses, which its passage does not answer, must not
be given it. The data may be any folder of such sets; those that no reader was trained on tell most.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import OURS
from knowledge.answers.pinned import telling_words
from knowledge.language.analyser import Analyser
from knowledge.reading.reader_model import ReaderModel
from knowledge.search.embedding import Embedder, load_embedder
from knowledge.search.encoder import export_encoder
from knowledge.training.examples import LabelledQuestion, read_questions
from knowledge.tuning import load_tuning

_LINES = (0.80, 0.90, 0.93, 0.95)


@dataclass(frozen=True)
class _Pair:
    """A question that is asked, and one with a pinned answer.

    :param kind: a near miss, the same sentences, or another question that has an answer.
    """

    asked: LabelledQuestion
    pinned: LabelledQuestion
    kind: str
    near: float
    answers: float
    same_words: bool


def _pairs(
    questions: Sequence[LabelledQuestion], embedder: Embedder, reader: ReaderModel
) -> Iterator[_Pair]:
    analyser = Analyser()
    bodies: dict[str, list[LabelledQuestion]] = defaultdict(list)
    for question in questions:
        if not question.earlier:
            bodies[question.passage.body].append(question)
    for asked in bodies.values():
        pinned = [one for one in asked if one.sentences]
        words = [telling_words(one.question, analyser) for one in asked]
        of_pinned = [telling_words(one.question, analyser) for one in pinned]
        vectors = embedder.encode_many([one.question for one in asked])
        near = vectors @ embedder.encode_many([one.question for one in pinned]).T
        for number, one in enumerate(asked):
            for place in (near[number] >= _LINES[0]).nonzero()[0]:
                other = pinned[place]
                if one.question == other.question:
                    continue
                trail = " > ".join((other.passage.title, *other.passage.headings))
                (reading,) = reader.judge([(one.question, trail, other.passage.sentences)])
                yield _Pair(
                    one,
                    other,
                    _kind(one, other),
                    float(near[number, place]),
                    reading.answers,
                    words[number] == of_pinned[place],
                )


def _kind(asked: LabelledQuestion, pinned: LabelledQuestion) -> str:
    if not asked.sentences:
        return "near miss"
    same = asked.passage.id == pinned.passage.id and {*asked.sentences} & {*pinned.sentences}
    return "same sentences" if same else "other"


def main() -> None:
    """Print how many near misses would be given a pinned answer, with and without the words."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=OURS, help="a folder of sets of questions")
    parser.add_argument("--keep", type=Path, default=Path(".benchmark"), help="where the model is")
    options = parser.parse_args()
    export_encoder(None, options.keep / "encoder")
    questions = list(read_questions(options.data))
    misses = sum(not one.sentences for one in questions)
    embedder = load_embedder(options.keep / "encoder")
    pairs = list(_pairs(questions, embedder, ReaderModel()))
    least = load_tuning().pinned.answers
    print(f"{len(questions)} questions, {misses} near misses; the reader's line is {least}")
    for line in _LINES:
        for name, alike in (("any words", False), ("the same telling words", True)):
            taken = {
                (pair.kind, pair.asked.question)
                for pair in pairs
                if pair.near >= line and pair.answers >= least and (pair.same_words or not alike)
            }
            counts = Counter(kind for kind, _ in taken)
            share = counts["near miss"] / misses
            print(f"cosine {line:.2f}, {name:22}  {share:6.2%} of near misses   {dict(counts)}")


if __name__ == "__main__":
    main()

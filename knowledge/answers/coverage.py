"""Does the guidance cover a question? A calibrated probability from the reader and the search."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from knowledge.errors import RulesError
from knowledge.reading.finder import bounded
from knowledge.search.index import Index
from knowledge.search.searcher import Hit

COVERAGE_FILE = Path(__file__).with_name("coverage.json")


@dataclass(frozen=True)
class Features:
    """What the probability is computed from; each is bounded.

    :param answers: the reader's log-odds that the best hit answers, -6 to 6.
    :param likeliest: the highest of these of all hits that were read, -6 to 6.
    :param sentence: cosine of the question and the best hit's best sentence or title.
    :param words: the part of the question's word weight (inverse document frequency) that the
        best hit's text holds, 0 to 1; a word no passage holds weighs most.
    """

    answers: float
    likeliest: float
    sentence: float
    words: float

    def row(self) -> list[float]:
        """Give the values in their fixed order."""
        return list(asdict(self).values())


@dataclass(frozen=True)
class Lines:
    """Where the lines are drawn.

    :param answer: from this probability on the question is answered.
    :param nearest: from this probability on the nearest passage is shown, as what comes nearest.
    """

    answer: float
    nearest: float


@dataclass(frozen=True)
class CoverageModel:
    """A logistic regression over the features.

    :param weights: one weight a feature, by name.
    """

    weights: dict[str, float]
    intercept: float

    def probability(self, features: Features) -> float:
        """Give the probability, 0 to 1, that the guidance covers the question."""
        values = asdict(features)
        total = self.intercept + sum(self.weights[name] * value for name, value in values.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def features(question: str, hits: Sequence[Hit], index: Index) -> Features:
    """Compute the features of a question from its hits, best first and read."""
    if not hits:
        nothing = bounded(None)
        return Features(nothing, nothing, 0.0, 0.0)
    best = hits[0]
    return Features(
        answers=bounded(best.answers),
        likeliest=max(bounded(hit.answers) for hit in hits),
        sentence=best.best_sentence,
        words=_word_share(index.analyser.words(question), best, index),
    )


def _word_share(words: Sequence[str], hit: Hit, index: Index) -> float:
    weights = {word: index.rarity(word) for word in words}
    total = sum(weights.values())
    if total == 0:
        return 0.0
    text = " ".join((hit.document.title, *hit.passage.headings, hit.passage.text))
    held = set(index.analyser.words(text))
    return sum(weight for word, weight in weights.items() if word in held) / total


def load_coverage(path: Path = COVERAGE_FILE) -> CoverageModel:
    """Read the model that `advice train` wrote.

    :raises RulesError: if the file is missing or is not such a model.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        model = CoverageModel(**{key: values[key] for key in CoverageModel.__annotations__})
        different = set(Features.__annotations__) ^ set(model.weights)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise RulesError(path, f"not a coverage model: {problem}. Run 'advice train'") from None
    if different:
        raise RulesError(
            path, f"weights are missing or unknown: {sorted(different)}. Run 'advice train'"
        )
    return model


def fit(rows: Sequence[Features], covered: Sequence[bool]) -> CoverageModel:
    """Fit the regression on labelled questions."""
    from sklearn.linear_model import LogisticRegression

    table = np.array([row.row() for row in rows])
    scale = table.std(axis=0)
    scale[scale == 0] = 1.0
    # Balanced, so that a probability does not depend on how many of each kind were written.
    model = LogisticRegression(class_weight="balanced", C=1.0, max_iter=1000)
    model.fit(table / scale, np.array(covered))
    weights = {
        name: round(float(value), 4)
        for name, value in zip(Features.__annotations__, model.coef_[0] / scale, strict=True)
    }
    return CoverageModel(weights, round(float(model.intercept_[0]), 4))

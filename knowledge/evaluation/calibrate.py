"""Fitting the coverage model on questions that are not reported on."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.answers.coverage import COVERAGE_FILE, CoverageModel, Features, fit
from knowledge.answers.engine import Engine


@dataclass(frozen=True)
class Calibration:
    """A fitted model and how it does on its own data.

    :param covered: how many covered questions it was fitted on.
    :param answered: the part of them above the upper line.
    :param asked: the part of them between the lines.
    :param answered_wrongly: the part of the uncovered ones above the upper line.
    """

    model: CoverageModel
    covered: int
    uncovered: int
    answered: float
    asked: float
    answered_wrongly: float


def calibrate(engine: Engine) -> Calibration:
    """Fit the coverage model to the guidance on the known questions.

    Each question is measured as if it were not among the known ones. The shares are those that
    each fifth of the questions gets from a model fitted on the other fifths.
    """
    known = engine.rules.known
    labels = known.covered
    rows = [engine.measure(question, n) for n, question in enumerate(known.questions)]
    held_out = _held_out(rows, labels)
    model, lines = fit(rows, labels.tolist()), engine.lines
    of_covered, of_uncovered = held_out[labels], held_out[~labels]
    return Calibration(
        model=model,
        covered=int(labels.sum()),
        uncovered=int((~labels).sum()),
        answered=float((of_covered >= lines.answer).mean()),
        asked=float(((of_covered >= lines.ask) & (of_covered < lines.answer)).mean()),
        answered_wrongly=float((of_uncovered >= lines.answer).mean()),
    )


def save_coverage(model: CoverageModel, path: Path = COVERAGE_FILE) -> None:
    """Write the model where the engine reads it."""
    path.write_text(json.dumps(asdict(model), indent=2) + "\n", encoding="utf-8")


def _held_out(rows: Sequence[Features], labels: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    fifths = np.arange(len(rows)) % 5
    probabilities = np.zeros(len(rows))
    for fifth in range(5):
        train = [row for row, part in zip(rows, fifths, strict=True) if part != fifth]
        model = fit(train, labels[fifths != fifth].tolist())
        for number in np.flatnonzero(fifths == fifth).tolist():
            probabilities[number] = model.probability(rows[number])
    return probabilities

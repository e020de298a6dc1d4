"""Fitting the coverage model on questions that are not reported on."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.answer import Engine
from knowledge.coverage import COVERAGE_FILE, CoverageModel, Features, fit

# The operating point: of the uncovered questions of the calibration set, this part is answered,
# and this part is asked about.
ANSWERED_WRONGLY = 0.01
ASKED_WRONGLY = 0.08


@dataclass(frozen=True)
class Calibration:
    """A fitted model and how it does on its own data.

    :param covered: how many covered questions it was fitted on.
    :param answered: the part of them above the upper line.
    :param asked: the part of them between the lines.
    """

    model: CoverageModel
    covered: int
    uncovered: int
    answered: float
    asked: float


def calibrate(engine: Engine) -> Calibration:
    """Fit the coverage model to the guidance on the known questions.

    Each question is measured as if it were not among the known ones. The lines are drawn on
    probabilities that each fifth of the questions gets from a model fitted on the other fifths.
    """
    known = engine.rules.known
    labels = known.covered
    rows = [engine.measure(question, n) for n, question in enumerate(known.questions)]
    held_out = _held_out(rows, labels)
    answer = float(np.quantile(held_out[~labels], 1 - ANSWERED_WRONGLY))
    ask = float(np.quantile(held_out[~labels], 1 - ASKED_WRONGLY))
    model = fit(rows, labels.tolist(), round(answer, 4), round(ask, 4))
    of_covered = held_out[labels]
    return Calibration(
        model=model,
        covered=int(labels.sum()),
        uncovered=int((~labels).sum()),
        answered=float((of_covered >= answer).mean()),
        asked=float(((of_covered >= ask) & (of_covered < answer)).mean()),
    )


def save_coverage(model: CoverageModel, path: Path = COVERAGE_FILE) -> None:
    """Write the model where the engine reads it."""
    path.write_text(json.dumps(asdict(model), indent=2) + "\n", encoding="utf-8")


def _held_out(rows: Sequence[Features], labels: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    fifths = np.arange(len(rows)) % 5
    probabilities = np.zeros(len(rows))
    for fifth in range(5):
        train = [row for row, part in zip(rows, fifths, strict=True) if part != fifth]
        model = fit(train, labels[fifths != fifth].tolist(), 0.5, 0.5)
        for number in np.flatnonzero(fifths == fifth).tolist():
            probabilities[number] = model.probability(rows[number])
    return probabilities

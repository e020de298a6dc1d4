import json
import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from knowledge.answers.coverage import COVERAGE_FILE, CoverageModel, Features, fit, load_coverage
from knowledge.errors import RulesError

NOTHING = Features(0, 0, 0, 0)


def some_features(covered: bool, random: random.Random) -> Features:
    """Give features as of a question: the covered ones come nearer to the guidance."""
    return Features(*[random.random() * 0.4 + 0.4 * covered for _ in NOTHING.row()])


def test_a_fitted_model_tells_covered_from_uncovered() -> None:
    numbers = random.Random(7)
    labels = [number % 3 == 0 for number in range(120)]
    rows = [some_features(covered, numbers) for covered in labels]
    model = fit(rows, labels)
    right = [
        (model.probability(row) > 0.5) is covered for row, covered in zip(rows, labels, strict=True)
    ]
    assert sum(right) >= 110
    assert model.weights["answers"] > 0


def test_a_feature_that_never_changes_gets_no_say() -> None:
    rows = [Features(n, 0, 0, 0) for n in (0.1, 0.2, 0.8, 0.9)]
    model = fit(rows, [False, False, True, True])
    assert model.weights["words"] == 0


def test_a_probability_stays_between_0_and_1_for_any_weight() -> None:
    model = CoverageModel(dict.fromkeys(asdict(NOTHING), 1e9), 0.0)
    assert 0.0 < model.probability(NOTHING) < 1.0
    assert 0.0 < model.probability(Features(*[1.0] * 4)) <= 1.0
    assert 0.0 <= model.probability(Features(*[-1.0] * 4)) < 1.0


def test_a_saved_model_is_read_back(tmp_path: Path) -> None:
    model = CoverageModel(dict.fromkeys(asdict(NOTHING), 0.5), -1.5)
    (tmp_path / "coverage.json").write_text(json.dumps(asdict(model)), encoding="utf-8")
    assert load_coverage(tmp_path / "coverage.json") == model


def changed(**values: Any) -> str:
    return json.dumps({**json.loads(COVERAGE_FILE.read_text(encoding="utf-8")), **values})


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"weights": 1}', changed(weights={}), changed(weights=None)],
)
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "coverage.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError, match="advice train"):
        load_coverage(path)


def test_a_model_of_another_release_is_refused(tmp_path: Path) -> None:
    weights = {**asdict(NOTHING), "colour": 1.0}
    path = tmp_path / "coverage.json"
    path.write_text(changed(weights=weights), encoding="utf-8")
    with pytest.raises(RulesError, match="colour"):
        load_coverage(path)


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="advice train"):
        load_coverage(tmp_path / "coverage.json")

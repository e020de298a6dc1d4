import json
from pathlib import Path

import pytest

from knowledge.answers.known import KnownQuestions
from knowledge.search.embedding import Embedder


@pytest.fixture
def known(tmp_path: Path, embedder: Embedder) -> KnownQuestions:
    covered = [("How long is maternity leave?", "leave"), ("Who keeps the keys?", "keys")]
    rows = [json.dumps({"question": q, "documents": [d]}) for q, d in covered]
    (tmp_path / "covered.jsonl").write_text("\n".join(rows))
    (tmp_path / "uncovered.jsonl").write_text('{"question": "May I work during maternity leave?"}')
    return KnownQuestions(embedder, tmp_path, tmp_path / "kept")


def test_a_known_question_is_nearest_to_itself_and_to_its_document(known: KnownQuestions) -> None:
    nearest = known.nearest("Who keeps the keys?")
    assert nearest.covered == pytest.approx(1, abs=1e-4)
    assert nearest.uncovered < 0.5
    assert nearest.documents["keys"] == pytest.approx(1, abs=1e-4)
    assert nearest.documents["leave"] < 0.5


def test_a_question_near_an_uncovered_one_shows_it(known: KnownQuestions) -> None:
    nearest = known.nearest("am I allowed to work while on maternity leave")
    assert nearest.uncovered > nearest.covered


def test_a_question_is_passed_over_when_the_model_is_fitted(known: KnownQuestions) -> None:
    assert list(known.covered) == [True, True, False]
    assert known.nearest("Who keeps the keys?", leave_out=1).covered < 0.5
    assert known.nearest("May I work during maternity leave?", leave_out=2).uncovered == -1.0
    assert known.nearest("Who keeps the keys?").covered == pytest.approx(1, abs=1e-4)


def test_the_release_knows_questions_of_both_kinds_and_only_of_bundled_documents() -> None:
    from knowledge.answers.known import KNOWN_FOLDER
    from knowledge.answers.questions import read_lines
    from knowledge.settings import GUIDANCE_FOLDER

    ids = {path.stem for path in GUIDANCE_FOLDER.glob("*.md")}
    covered = read_lines(KNOWN_FOLDER / "covered.jsonl")
    assert {document for row in covered for document in row["documents"]} <= ids
    assert len(covered) > 100
    assert len(read_lines(KNOWN_FOLDER / "uncovered.jsonl")) > 100

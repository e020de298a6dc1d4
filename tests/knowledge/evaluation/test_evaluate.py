import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import QuestionFileError, RulesError
from knowledge.evaluation.evaluate import (
    Expected,
    Outcome,
    Result,
    evaluate,
    read_floors,
    read_golden,
)
from knowledge.evaluation.report import curve, failure_lines, page, picture, table

ROOT = Path(__file__).resolve().parents[3]


def reply(
    status: str, text: str = "", cited: str | None = None, contact: str | None = None
) -> dict[str, Any]:
    return {
        "status": status,
        "text": text,
        "sources": [{"passage_id": f"{cited}#a"}] if cited else [],
        "contact": {"id": contact} if contact else None,
    }


def question(status: str, **values: Any) -> Expected:
    return Expected("q-1", "employment", "How <long>?", status, **values)


ANSWER = question("answered", documents=("leave",), facts=(("two days", "2 days"),))


@pytest.mark.parametrize(
    ("expected", "given", "right"),
    [
        (ANSWER, reply("answered", "Two  days.", "leave"), True),
        (ANSWER, reply("answered", "Two days.", "keys"), False),
        (ANSWER, reply("not_covered"), False),
        (question("not_covered"), reply("handoff", contact="advice_line"), True),
        (question("not_covered"), reply("answered", "Two days.", "leave"), False),
        (question("out_of_scope"), reply("not_covered"), True),
        (question("out_of_scope"), reply("handoff"), False),
        (question("urgent", contact="samaritans"), reply("urgent", contact="samaritans"), True),
        (question("urgent", contact="samaritans"), reply("urgent", contact="emergency"), False),
        (question("urgent", contact="samaritans"), reply("urgent"), False),
    ],
)
def test_an_outcome_is_right_when_everything_is_as_expected(
    expected: Expected, given: dict[str, Any], right: bool
) -> None:
    assert Outcome(expected, [given]).right is right


def test_a_fact_counts_in_any_of_its_spellings_and_cases() -> None:
    assert Outcome(ANSWER, [reply("answered", "TWO\ndays", "leave")]).right_fact
    assert not Outcome(ANSWER, [reply("answered", "three days", "leave")]).right_fact


class Parrot:
    """A bot that answers every question but small talk, and counts within a conversation."""

    def takes(self, status: str) -> bool:
        return status != "chat"

    def start(self) -> Callable[[str], Sequence[dict[str, Any]]]:
        said: list[str] = []

        def ask(message: str) -> Sequence[dict[str, Any]]:
            said.append(message)
            return [reply("answered", f"{len(said)}: two days", "leave")]

        return ask


@pytest.fixture
def result() -> Result:
    conversations = [(ANSWER, ANSWER), (question("chat"),), (question("not_covered"),)]
    return evaluate(conversations, Parrot())


def test_questions_are_counted_in_every_measure_they_belong_to(result: Result) -> None:
    shares = {name: (share.right, share.all) for name, share in result.shares.items()}
    assert shares == {
        "status.answered": (2, 2),
        "status.not_covered": (0, 1),
        "topic.employment": (2, 3),
        "given an answer": (2, 2),
        "right document, of answers": (2, 2),
        "fact in the quotation, of answers": (2, 2),
        "kept from answering": (0, 1),
        "no false alarm": (3, 3),
    }


def test_each_conversation_starts_afresh(result: Result) -> None:
    assert [outcome.text[0] for outcome in result.outcomes] == ["1", "2", "1"]


def test_a_measure_below_its_floor_is_named(result: Result) -> None:
    floors = {"status.not_covered": 0.5, "status.answered": 1.0}
    assert result.below(floors) == ["status.not_covered is 0.0%, below its floor of 50.0%"]


def test_a_floor_under_a_wrong_name_is_not_passed_over(result: Result) -> None:
    (sentence,) = result.below({"status.answred": 0.5})
    assert sentence.startswith("status.answred has a floor, but no question")


def test_a_failure_says_what_was_expected_and_what_was_said(result: Result) -> None:
    (failure,) = result.failures()
    assert failure_lines(failure) == [
        "q-1: How <long>?",
        "  expected not_covered; got answered from leave",
        "  | 1: two days",
    ]


def test_the_report_shows_every_measure_and_failure_and_no_raw_html(result: Result) -> None:
    text = page(result, curve([(0.9, True, True)]), 0.5)
    for name in result.shares:
        assert name in text
    assert "How &lt;long&gt;?" in text
    assert "How <long>?" not in text
    assert "status.not_covered" in table(result)


def test_the_curve_shows_what_each_line_costs() -> None:
    judged = [(0.9, True, True), (0.6, True, False), (0.4, True, True), (0.7, False, False)]
    points = {point.line: point for point in curve(judged)}
    assert (points[0.05].coverage, points[0.05].precision, points[0.05].wrong) == (1.0, 0.5, 1.0)
    assert points[0.65].coverage == pytest.approx(1 / 3)
    assert (points[0.8].precision, points[0.8].wrong) == (1.0, 0.0)
    assert (points[0.95].coverage, points[0.95].precision) == (0.0, 1.0)


def test_the_picture_marks_the_line_in_use() -> None:
    points = curve([(0.9, True, True), (0.2, True, False)])
    assert picture(points, 0.9) != picture(points, 0.1)


def test_both_halves_of_the_golden_set_can_be_read_and_share_no_question() -> None:
    halves = [read_golden(ROOT / "tests/golden" / name) for name in ("tune", "held_out")]
    # Conversations may begin with what is also asked alone, such as "hiya".
    tune, held_out = ({c[0].question for c in half if len(c) == 1} for half in halves)
    assert len(tune) + len(held_out) >= 150
    assert not tune & held_out


def test_conversations_are_read_turn_by_turn(tmp_path: Path) -> None:
    turns = [{"question": q, "status": "answered", "documents": ["a"]} for q in ("one", "two")]
    (tmp_path / "conversations.jsonl").write_text(json.dumps({"id": "c", "turns": turns}))
    ((first, second),) = read_golden(tmp_path)
    assert (first.id, second.id, second.question) == ("c.1", "c.2", "two")


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("employment", {"id": "1", "topic": "t", "question": "q"}),
        ("employment", {"id": "1", "topic": "t", "question": "q", "status": "answred"}),
        ("conversations", {"id": "1"}),
        ("conversations", {"id": "1", "turns": []}),
        ("conversations", {"id": "1", "turns": ["q"]}),
    ],
)
def test_a_wrong_row_is_refused(tmp_path: Path, name: str, row: dict[str, Any]) -> None:
    (tmp_path / f"{name}.jsonl").write_text(json.dumps(row))
    with pytest.raises(QuestionFileError, match=rf"{name}\.jsonl, line 1: a field is wrong"):
        read_golden(tmp_path)


def test_a_wrong_row_is_named_by_its_line_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "employment.jsonl").write_text("\n\n{}\n")
    with pytest.raises(QuestionFileError, match="line 3"):
        read_golden(tmp_path)


def test_a_folder_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"no \.jsonl files"):
        read_golden(tmp_path)


def test_floors_are_numbers_from_0_to_1(tmp_path: Path) -> None:
    path = tmp_path / "floors.yml"
    assert read_floors(path) == {}
    path.write_text("status.answered: 0.9")
    assert read_floors(path) == {"status.answered": 0.9}
    path.write_text("status.answered: 90")
    with pytest.raises(RulesError, match=r"status\.answered"):
        read_floors(path)

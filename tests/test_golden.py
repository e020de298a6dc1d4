"""The golden questions: to the engine in this process, and to the running product as members would.

Only counts are shown: nobody reads the held-out questions while tuning.
"""

import shutil
from pathlib import Path

import pytest

from knowledge.evaluation.bots import ChatBot
from knowledge.evaluation.evaluate import Result, evaluate, read_floors, read_golden
from knowledge.evaluation.report import table
from tests.product import Running

GOLDEN = Path(__file__).with_name("golden")
HALVES = ("tune", "held_out")
# What Rasa understands itself, or what it passes through on its way; all else is the engine's.
RASAS = ("chat", "handoff", "urgent", "membership", "conversations")
# The floors that these questions are enough for; the others are held over all of them.
THEIR_FLOORS = ("status.urgent", "no false alarm", "status.handoff", "follow-ups")


def show(name: str, result: Result, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{name}\n{table(result)}")


def floors(name: str) -> dict[str, float]:
    floors = read_floors(GOLDEN / name / "floors.yml")
    assert floors, f"{name}/floors.yml names no floors"
    return floors


@pytest.mark.parametrize("name", HALVES)
def test_the_engine_reaches_the_floors_of_the_golden_questions(
    golden: dict[str, Result], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show(f"{name}, the engine", golden[name], capsys)
    assert golden[name].below(floors(name)) == []


@pytest.mark.servers
@pytest.mark.parametrize("name", HALVES)
def test_the_running_product_reaches_the_floors_of_what_rasa_understands(
    running: Running, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in RASAS:
        shutil.copy(GOLDEN / name / f"{kind}.jsonl", tmp_path)
    bot = ChatBot(running.url)
    try:
        result = evaluate(read_golden(tmp_path), bot)
    finally:
        bot.client.close()
    show(f"{name}, what Rasa understands", result, capsys)
    assert result.below({floor: floors(name)[floor] for floor in THEIR_FLOORS}) == []


def test_no_tuning_question_is_held_out() -> None:
    asked = {
        name: {
            expected.question.casefold()
            for conversation in read_golden(GOLDEN / name)
            for expected in conversation
            if expected.status != "chat"  # there are only so many ways to say hello
        }
        for name in HALVES
    }
    assert asked["tune"] & asked["held_out"] == set()


def test_there_are_enough_golden_questions() -> None:
    for name in HALVES:
        assert sum(len(conversation) for conversation in read_golden(GOLDEN / name)) >= 75

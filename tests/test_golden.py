"""The golden questions, put to the running product as members would."""

from pathlib import Path

import pytest

from knowledge.evaluation.bots import ChatBot
from knowledge.evaluation.evaluate import evaluate, read_floors, read_golden
from knowledge.evaluation.report import table
from tests.product import Running

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.servers
@pytest.mark.parametrize("name", ["tune", "held_out"])
def test_the_golden_questions_reach_their_floors(
    running: Running, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = read_floors(GOLDEN / name / "floors.yml")
    bot = ChatBot(running.url)
    try:
        result = evaluate(read_golden(GOLDEN / name), bot)
    finally:
        bot.client.close()
    with capsys.disabled():
        print(f"\n{name}\n{table(result)}")
    assert floors, f"{name}/floors.yml names no floors"
    assert result.below(floors) == []


def test_no_tuning_question_is_held_out() -> None:
    asked = {
        name: {
            expected.question.casefold()
            for conversation in read_golden(GOLDEN / name)
            for expected in conversation
            if expected.status != "chat"  # there are only so many ways to say hello
        }
        for name in ("tune", "held_out")
    }
    assert asked["tune"] & asked["held_out"] == set()


def test_there_are_enough_golden_questions() -> None:
    for name in ("tune", "held_out"):
        assert sum(len(conversation) for conversation in read_golden(GOLDEN / name)) >= 75

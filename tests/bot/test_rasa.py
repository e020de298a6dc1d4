"""Rasa's own checks of the bot: its data hangs together, and it predicts what it should."""

import json
import os
from pathlib import Path

import pytest

from knowledge.settings import Settings
from tests.product import Running
from web.server.training import BOT_FOLDER, CONFIG_FILE, run_rasa

pytestmark = pytest.mark.servers

HERE = Path(__file__).parent
# A question that gets one of these is not looked up in the guidance.
NOT_LOOKED_UP = {
    *("greet", "goodbye", "thank", "ask_capabilities", "ask_if_bot"),
    *("ask_deletion", "feedback_yes", "feedback_no", "ask_person"),
}


@pytest.fixture
def settings(running: Running, tmp_path: Path) -> Settings:
    """Give settings for Rasa's commands, with conversations kept apart from the running ones."""
    return Settings(home=running.home, tracker_url=f"sqlite:///{tmp_path / 'conversations.db'}")


@pytest.fixture
def model(running: Running) -> str:
    """Give the model that the running product uses."""
    (path,) = (running.home / "models").glob("*.tar.gz")
    return str(path)


def test_rasas_data_is_valid_without_a_warning(settings: Settings) -> None:
    command = [
        *("data", "validate", "--fail-on-warnings"),
        *("--config", str(CONFIG_FILE)),
        *("--domain", str(settings.home / "bot" / "domain")),
        *("--data", str(BOT_FOLDER / "data")),
    ]
    run_rasa(settings, command, os.environ)


def test_each_message_of_the_stories_is_followed_by_its_action(
    settings: Settings, model: str, tmp_path: Path
) -> None:
    command = [
        *("test", "core", "--model", model),
        *("--stories", str(HERE / "test_stories.yml")),
        *("--endpoints", str(BOT_FOLDER / "endpoints.yml")),
        *("--out", str(tmp_path / "core")),
        *("--fail-on-prediction-errors", "--no-plot"),
    ]
    run_rasa(settings, command, os.environ)
    report = json.loads((tmp_path / "core" / "story_report.json").read_text(encoding="utf-8"))
    assert report["conversation_accuracy"]["total"] >= 5
    assert report["conversation_accuracy"]["accuracy"] == 1.0


def test_no_question_is_taken_for_chat_feedback_or_a_wish_for_a_person(
    settings: Settings, model: str, tmp_path: Path
) -> None:
    command = [
        *("test", "nlu", "--model", model),
        *("--nlu", str(HERE / "routing.yml")),
        *("--out", str(tmp_path / "nlu"), "--no-plot"),
    ]
    run_rasa(settings, command, os.environ)
    report = json.loads((tmp_path / "nlu" / "intent_report.json").read_text(encoding="utf-8"))
    assert report["ask_guidance"]["support"] >= 100
    path = tmp_path / "nlu" / "intent_errors.json"
    errors = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    lost = [
        (error["text"], error["intent_prediction"]["name"])
        for error in errors
        if error["intent"] == "ask_guidance" and error["intent_prediction"]["name"] in NOT_LOOKED_UP
    ]
    assert lost == []

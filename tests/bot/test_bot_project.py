"""The Rasa project hangs together. Training it, and what it predicts, are tested by `rasa test`."""

import ast
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BOT = ROOT / "bot"
CHAT = {"greet", "goodbye", "thank", "ask_capabilities", "ask_if_bot", "ask_deletion"}


def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def _files(folder: Path, pattern: str = "*.yml") -> list[Path]:
    """Gives the files of a folder: none at all would make every test of them pass."""
    found = sorted(folder.glob(pattern))
    assert found, folder
    return found


def _domain(key: str) -> list[str]:
    return [name for path in _files(BOT / "domain") for name in _load(path).get(key, [])]


def _rules() -> list[dict[str, Any]]:
    return [rule for path in _files(BOT / "data/rules") for rule in _load(path)["rules"]]


def _steps(key: str) -> list[str]:
    stories = [story for path in _files(BOT / "data/stories") for story in _load(path)["stories"]]
    return [step[key] for part in [*_rules(), *stories] for step in part["steps"] if key in step]


def _examples(folder: Path, pattern: str = "*.yml") -> list[tuple[str, str]]:
    """Gives (intent, text) of every example."""
    return [
        (block["intent"], line.removeprefix("- ").strip())
        for path in _files(folder, pattern)
        for block in _load(path)["nlu"]
        for line in block["examples"].splitlines()
    ]


def test_every_intent_has_exactly_one_rule() -> None:
    intents = [step["intent"] for rule in _rules() for step in rule["steps"] if "intent" in step]
    assert sorted(intents) == sorted(_domain("intents"))


def test_rules_and_stories_use_only_actions_of_the_domain() -> None:
    assert set(_steps("action")) == set(_domain("actions"))


def test_stories_use_only_intents_of_the_domain() -> None:
    assert set(_steps("intent")) <= set(_domain("intents"))


def test_every_turn_ends_only_when_the_action_says_it_is_done() -> None:
    for rule in _rules():
        if "intent" in rule["steps"][0]:
            assert rule["steps"][2:] == [{"slot_was_set": [{"outcome": "done"}]}], rule["rule"]


def test_every_message_makes_the_outcome_pending() -> None:
    outcome = _load(BOT / "domain/slots.yml")["slots"]["outcome"]
    assert outcome["mappings"] == [{"type": "from_intent", "value": "pending"}]
    assert outcome["influence_conversation"] is True


def test_rasa_falls_back_to_saying_how_to_reach_us() -> None:
    (policy,) = _load(ROOT / "config.yml")["policies"]
    assert policy["core_fallback_action_name"] == "utter_unavailable"
    assert policy["enable_fallback_prediction"] is True


def test_contact_details_are_not_written_in_the_domain() -> None:
    assert _domain("responses") == []


def test_every_intent_but_the_fallback_has_enough_examples() -> None:
    count = Counter(intent for intent, _ in _examples(BOT / "data/nlu"))
    assert set(count) == set(_domain("intents")) - {"nlu_fallback"}
    assert min(count.values()) >= 25
    assert count["ask_guidance"] >= 150
    assert count["out_of_scope"] >= 60


def test_no_example_appears_twice() -> None:
    count = Counter(text.lower() for _, text in _examples(BOT / "data/nlu"))
    assert [text for text, times in count.items() if times > 1] == []


def test_questions_are_the_largest_group_so_that_a_doubtful_message_is_taken_for_one() -> None:
    count = Counter(intent for intent, _ in _examples(BOT / "data/nlu"))
    assert count["ask_guidance"] > sum(count[intent] for intent in CHAT)


def test_messages_kept_out_of_the_training_data_are_not_in_it() -> None:
    trained = {text.lower() for _, text in _examples(BOT / "data/nlu")}
    kept_out = {text.lower() for _, text in _examples(Path(__file__).parent, "routing.yml")}
    assert kept_out
    assert kept_out & trained == set()


@pytest.mark.parametrize("path", sorted((BOT / "components").glob("*.py")), ids=lambda p: p.stem)
def test_components_import_nothing_of_ours(path: Path) -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported & {"knowledge", "actions", "web"} == set()


def test_every_component_named_in_the_pipeline_exists() -> None:
    names = [part["name"] for part in _load(ROOT / "config.yml")["pipeline"]]
    ours = [name for name in names if name.startswith("components.")]
    assert ours
    for name in ours:
        _, module, class_name = name.split(".")
        tree = ast.parse((BOT / f"components/{module}.py").read_text(encoding="utf-8"))
        assert class_name in [node.name for node in tree.body if isinstance(node, ast.ClassDef)]


def test_the_only_channel_is_rest() -> None:
    assert list(_load(BOT / "credentials.yml")) == ["rest"]


@pytest.mark.parametrize("name", ["endpoints.yml", "endpoints-redis.yml"])
def test_addresses_come_from_the_environment(name: str) -> None:
    endpoints = _load(BOT / name)
    urls = [part["url"] for part in endpoints.values() if "url" in part]
    assert len(urls) >= 2
    assert all(url.startswith("${ADVICE_") for url in urls)

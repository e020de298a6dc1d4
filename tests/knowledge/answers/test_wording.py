import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.answers.wording import WORDING_FOLDER, languages, load_wording
from knowledge.errors import RulesError


def leaves(value: Any, prefix: str = "") -> set[str]:
    """Give the dotted names of all wordings in a file, whether filled or not."""
    if not isinstance(value, dict):
        return {prefix}
    return {name for key, item in value.items() for name in leaves(item, f"{prefix}.{key}")}


def names_in(language: str) -> set[str]:
    return leaves(yaml.safe_load((WORDING_FOLDER / f"{language}.yml").read_text("utf-8")))


def write(folder: Path, **files: str) -> Path:
    for language, text in files.items():
        (folder / f"{language}.yml").write_text(text, encoding="utf-8")
    return folder


def test_english_and_welsh_are_there() -> None:
    assert languages() == ("cy", "en")


def test_every_english_wording_has_a_slot_in_welsh_and_no_other() -> None:
    assert names_in("cy") == names_in("en")


def test_what_is_not_translated_is_said_in_english(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        en="widget: {send: Send, close: Close}\nsuggestions: [One]",
        cy="widget: {send: Anfon, close: null}\nsuggestions: null",
    )
    wording = load_wording("cy", folder)
    assert wording.section("widget") == {"send": "Anfon", "close": "Close"}
    assert wording.lists["suggestions"] == ("One",)
    assert wording.language == "cy"


def test_names_in_braces_are_filled_in_and_other_braces_stay(tmp_path: Path) -> None:
    wording = load_wording(folder=write(tmp_path, en="hello: 'Hello {name}, {other} {}'"))
    assert wording.say("hello", name="{name} %s") == "Hello {name} %s, {other} {}"


def test_a_wording_that_does_not_exist_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        load_wording(folder=write(tmp_path, en="a: b")).say("c")


def test_a_wording_that_is_no_text_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, en="widget: {yes: Yes}")
    with pytest.raises(RulesError, match="put it in quotes"):
        load_wording(folder=folder)


def test_a_language_without_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"fr\.yml"):
        load_wording("fr", write(tmp_path, en="a: b"))


def test_a_translation_fills_the_same_names() -> None:
    english, welsh = load_wording("en"), load_wording("cy")
    assert english.slots
    for name, text in english.slots.items():
        filled = set(re.findall(r"\{\w+\}", text))
        assert set(re.findall(r"\{\w+\}", welsh.say(name))) == filled, name

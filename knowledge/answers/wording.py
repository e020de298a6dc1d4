"""The words shown to members, kept in one file a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import RulesError
from knowledge.language.rule_files import read_rules

WORDING_FOLDER = Path(__file__).with_name("wording")
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True)
class Wording:
    """The words of one language; what is not translated yet is said in English.

    :param slots: each wording by its dotted name, such as `replies.not_covered`.
    """

    language: str
    slots: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    def say(self, name: str, /, **values: str) -> str:
        """Give one wording with its {names} filled in.

        :raises KeyError: if there is no such wording: a fault of ours, which a test finds.
        """
        text = self.slots[name]
        # Not str.format: a value may hold braces, and a wording may hold none.
        for key, value in values.items():
            text = text.replace("{" + key + "}", value)
        return text

    def section(self, name: str) -> dict[str, str]:
        """Give all wordings of one section, without the section's name."""
        prefix = name + "."
        return {
            slot.removeprefix(prefix): text
            for slot, text in self.slots.items()
            if slot.startswith(prefix)
        }


def languages(folder: Path = WORDING_FOLDER) -> tuple[str, ...]:
    """Give the languages that have a wording file."""
    return tuple(sorted(path.stem for path in folder.glob("*.yml")))


def load_wording(language: str = DEFAULT_LANGUAGE, folder: Path = WORDING_FOLDER) -> Wording:
    """Read the wording of a language over the English one.

    A language is one file, `en.yml`, or a folder of files, `en/`, each with sections of its own.

    :raises RulesError: if the file is missing, or a slot holds neither text nor a list of texts.
    """
    slots, lists = _read_all(folder, DEFAULT_LANGUAGE)
    if language != DEFAULT_LANGUAGE:
        own_slots, own_lists = _read_all(folder, language)
        slots, lists = {**slots, **own_slots}, {**lists, **own_lists}
    return Wording(language, slots, lists)


def _read_all(folder: Path, language: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    files = sorted((folder / language).glob("*.yml")) or [folder / f"{language}.yml"]
    slots: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for path in files:
        more_slots, more_lists = _read(path)
        twice = (slots.keys() | lists.keys()) & (more_slots.keys() | more_lists.keys())
        if twice:
            raise RulesError(path, f"'{min(twice)}' stands in another file of this folder too")
        slots |= more_slots
        lists |= more_lists
    return slots, lists


def _read(path: Path) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    slots: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}

    def walk(prefix: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                walk(f"{prefix}.{key}" if prefix else str(key), item)
        elif isinstance(value, list):
            lists[prefix] = tuple(str(item) for item in value)
        elif isinstance(value, str):
            slots[prefix] = value
        elif value is not None:  # an empty slot waits for its translation
            raise RulesError(path, f"'{prefix}' must be text; put it in quotes")

    walk("", read_rules(path))
    return slots, lists

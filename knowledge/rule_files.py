"""Reading the YAML files of rules."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import RulesError
from knowledge.patterns import Patterns


def read_rules(path: Path) -> dict[str, Any]:
    """Read one file of rules.

    :raises RulesError: if the file is missing, is not YAML, or is not a list of named fields.
    """
    try:
        rules = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as problem:
        raise RulesError(path, "the file is missing; put it back from the release") from problem
    except yaml.YAMLError as problem:
        raise RulesError(path, f"this is not valid YAML: {problem}") from problem
    if not isinstance(rules, dict):
        raise RulesError(path, "the file must hold named fields")
    return rules


def field(rules: dict[str, Any], path: Path, *names: str) -> Any:
    """Give the value of a field, or of a field within a field.

    :raises RulesError: if it is missing or empty; the message names it.
    """
    value: Any = rules
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    if value is None:
        raise RulesError(path, f"the field '{'.'.join(names)}' is missing")
    return value


def load_lists(folder: Path) -> dict[str, list[str]]:
    """Read the lists of words that patterns name."""
    return {
        name: [str(w) for w in words] for name, words in read_rules(folder / "lists.yml").items()
    }


def load_ordinary(folder: Path) -> list[str]:
    """Read the ordinary questions of every topic."""
    return [
        question for topic in read_rules(folder / "ordinary.yml").values() for question in topic
    ]


def make_patterns(
    patterns: Iterable[str], lists: Mapping[str, Sequence[str]], path: Path
) -> Patterns:
    """Compile the patterns of one field.

    :raises RulesError: if a pattern names a list that does not exist.
    """
    try:
        return Patterns([str(pattern) for pattern in patterns], lists)
    except ValueError as problem:
        raise RulesError(path, str(problem)) from problem

"""Reading the YAML files of rules."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import RulesError
from knowledge.language.patterns import Patterns

LISTS_FILE = Path(__file__).with_name("lists.yml")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same rules, ten times faster


def read_rules(path: Path) -> dict[str, Any]:
    """Read one file of rules.

    :raises RulesError: if the file is missing, cannot be read, is not YAML, or is not a list of
        named fields.
    """
    try:
        rules = yaml.load(path.read_text(encoding="utf-8"), _LOADER)
    except FileNotFoundError as problem:
        raise RulesError(path, "the file is missing; put it back from the release") from problem
    except OSError as problem:
        raise RulesError(path, f"the file cannot be read: {problem.strerror}") from problem
    except UnicodeDecodeError as problem:
        raise RulesError(path, "the file is not UTF-8 text; save it again as UTF-8") from problem
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


def texts(rules: dict[str, Any], path: Path, *names: str) -> list[str]:
    """Give a field that must be a list of texts.

    :raises RulesError: if it is missing or an item is not text (a colon needs quotation marks).
    """
    value = field(rules, path, *names)
    if not isinstance(value, list) or not value:
        raise RulesError(path, f"the field '{'.'.join(names)}' must be a list")
    for item in value:
        if not isinstance(item, str):
            problem = f"'{item}' is not text; put quotation marks around it"
            raise RulesError(path, f"the field '{'.'.join(names)}': {problem}")
    return value


def load_lists(path: Path = LISTS_FILE) -> dict[str, list[str]]:
    """Read the lists of words that patterns name."""
    rules = read_rules(path)
    return {name: texts(rules, path, name) for name in rules}


def make_patterns(
    patterns: Iterable[str], lists: Mapping[str, Sequence[str]], path: Path
) -> Patterns:
    """Compile the patterns of one field.

    :raises RulesError: if a pattern names a list that does not exist.
    """
    try:
        return Patterns(patterns, lists)
    except ValueError as problem:
        raise RulesError(path, str(problem)) from problem

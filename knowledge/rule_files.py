"""Reading the YAML files of rules."""

from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import RulesError


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

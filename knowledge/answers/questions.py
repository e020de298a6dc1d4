"""Files of questions: one JSON object, or one plain question, a line."""

import json
from pathlib import Path
from typing import Any

from knowledge.errors import QuestionFileError


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON objects.

    :raises QuestionFileError: if the file is missing or a line cannot be used; names the line.
    """
    return [row for _, row in read_numbered(path)]


def read_numbered(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Give what `read_lines` gives, each object with the number of its line in the file."""
    rows = []
    for number, line in _lines(path):
        try:
            row = json.loads(line)
        except ValueError as problem:
            raise QuestionFileError(path, number, f"this is not JSON: {problem}") from None
        if not isinstance(row, dict):
            raise QuestionFileError(path, number, "each line must be an object in braces")
        rows.append((number, row))
    return rows


def read_questions(path: Path) -> list[str]:
    """Read a file with one plain question a line; empty lines are passed over.

    :raises QuestionFileError: if the file cannot be read.
    """
    return [line for _, line in _lines(path)]


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise QuestionFileError(path, 0, f"the file cannot be read: {problem}") from None
    return [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]

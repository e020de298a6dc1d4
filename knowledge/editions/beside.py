"""Metadata in a file of its own, for guidance in Word, PDF or HTML, which has no place for it."""

from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import DocumentError

ENDING = ".yml"
_MARKDOWN = (".md", ".markdown")


def beside(path: Path) -> Path:
    """Give the file beside a document that may hold its metadata: `leave.docx.yml`."""
    return path.with_name(path.name + ENDING)


def where_to_write(path: Path) -> str:
    """Say where an editor writes a field that a document's file does not state."""
    if path.suffix.lower() in _MARKDOWN:
        return "between the two '---' on top"
    return f"in {beside(path).name} beside it"


def read_beside(path: Path) -> dict[str, Any]:
    """Read the metadata beside a document; empty when there is none.

    :raises DocumentError: if it cannot be read; names the file with the metadata.
    """
    file = beside(path)
    if not file.is_file():
        return {}
    try:
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise DocumentError(
            file, "is not valid YAML: write a field a line, such as review_by: 2027-05-31"
        ) from problem
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise DocumentError(file, "must hold fields, such as review_by: 2027-05-31")
    return {str(name): value for name, value in values.items()}

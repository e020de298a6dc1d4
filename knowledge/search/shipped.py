"""Model files that the project ships, each with a card that says what it is."""

import json
from pathlib import Path
from typing import Any

from knowledge.errors import ModelError
from knowledge.search.disk import digest_of


def read_card(path: Path, card: Path) -> dict[str, Any]:
    """Read the card of a shipped model file, and compare the file with the digest it names.

    :raises ModelError: if either is missing or they differ.
    """
    try:
        values: dict[str, Any] = json.loads(card.read_text(encoding="utf-8"))
        expected = values["sha256"]
        found = digest_of(path)
    except (OSError, ValueError, KeyError) as problem:
        raise ModelError(
            f"{path} or {card.name} beside it is missing or damaged ({type(problem).__name__}). "
            "Install the release again."
        ) from None
    if found != expected:
        raise ModelError(
            f"{path} has the SHA-256 {found}, not {expected}: the file is damaged. Install the "
            "release again, or run 'advice train'."
        )
    return values

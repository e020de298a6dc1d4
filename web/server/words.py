"""What the pages of members and of staff share: how guidance looks, and the words around it."""

from pathlib import Path
from typing import Any

from knowledge.answers.wording import Wording

SHARED_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def shown_words(wording: Wording) -> dict[str, Any]:
    """Give members' words by their short name, and under `months` the names of months."""
    words = {name: wording.section(name) for name in ("widget", "pages", "months")}
    return {**words["widget"], **words["pages"], "months": words["months"]}

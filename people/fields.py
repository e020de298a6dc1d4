"""Reading what members send, field by field."""

from collections.abc import Mapping
from typing import Any

_LONGEST = {
    "id": 64,
    "request": 64,
    "question": 4000,
    "shown": 20000,
    "name": 200,
    "phone": 50,
    "email": 254,
    "when": 500,
    "comment": 4000,
}


class BadField(Exception):
    """A field of a case or of feedback cannot be used; the text names the field."""


def read_text(values: Mapping[str, Any], name: str, required: bool = False) -> str:
    """Give a field's text, without the space around it; empty when it is not there.

    :raises BadField: if it is too long or no text, or missing though it is required.
    """
    value = values.get(name)
    if value is None:
        value = ""
    if not isinstance(value, str) or len(value) > _LONGEST.get(name, 100):
        raise BadField(name)
    value = storable(value).strip()
    if required and not value:
        raise BadField(name)
    return value


def storable(text: str) -> str:
    """Leave out what no database takes: NUL and lone surrogates."""
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")

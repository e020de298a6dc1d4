"""The YAML front matter of a Markdown file."""

import datetime as dt
import re
import tomllib
from typing import Any

import yaml

from knowledge.documents.document import LANGUAGES
from knowledge.documents.readers.dates import read_date
from knowledge.errors import ReaderError

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# Hugo's other form, in TOML.
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OUR_FIELDS = frozenset(
    "audience nations owner published publisher review_by reviewed roles source timing "
    "topics".split()
)
_OTHER_DATES = ("date", "date_posted", "date_published", "published_at", "updated", "lastmod")


def take_front_matter(content: str, name: str) -> tuple[str, dict[str, Any], list[str]]:
    """Take the front matter off a file.

    :return: the text without it, the metadata, and the fields that were left out.
    :raises ReaderError: if it cannot be read.
    """
    if match := _FRONT_MATTER.match(content):
        return content[match.end() :], *_sorted(_yaml(match[1], name), name)
    if match := _TOML.match(content):
        return content[match.end() :], *_sorted(_toml(match[1], name), name)
    return content, {}, []


def _toml(text: str, name: str) -> Any:
    try:
        return tomllib.loads(f"\n{text}")  # it counts lines as the file does
    except tomllib.TOMLDecodeError as problem:
        raise ReaderError(
            name, f"the lines between the two '+++' are not valid TOML ({problem})"
        ) from problem


def _yaml(text: str, name: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f" (line {mark.line + 2})" if mark else ""
        raise ReaderError(
            name, f"the lines between the two '---' are not valid YAML{line}: check the indents "
            "and put text that has a colon in quotes"
        ) from problem  # fmt: skip


def _sorted(values: Any, name: str) -> tuple[dict[str, Any], list[str]]:
    """Of another site's fields keep what we can use, and list the rest.

    Front matter that uses any field of ours is kept whole, so that a misspelt field is refused
    later instead of being lost.
    """
    if values is None:
        return {}, []
    if not isinstance(values, dict):
        raise ReaderError(
            name, "the lines between the two '---' must be fields, such as title: Pay"
        )
    values = {str(key): _plain(value) for key, value in values.items()}
    if _OUR_FIELDS & set(values):
        return values, []
    metadata = {"title": values["title"]} if values.get("title") else {}
    for key in _OTHER_DATES:
        if (date := read_date(str(values.get(key, "")))) is not None:
            metadata["published"] = date.isoformat()
            break
    # Other sites have a field of this name too, often for a language that we do not have.
    if (language := str(values.get("language", "")).lower().partition("-")[0]) in LANGUAGES:
        metadata["language"] = language
    used = {"title", *({"language"} & set(metadata))}
    return metadata, [f"{key}: {value}" for key, value in values.items() if key not in used]


def _plain(value: Any) -> Any:
    """Write the dates that YAML made out of text as text again, however deep."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value

"""What is wrong with a draft, each problem beside its field, and what is missing."""

import datetime as dt
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from knowledge.documents.document import Document, parse_metadata
from knowledge.documents.edited import Edited, read_edited
from knowledge.documents.readers.dates import read_date
from knowledge.documents.readers.plain import slug
from knowledge.editions.drafts.draft import SavedDraft
from knowledge.editions.drafts.errors import NotReady
from knowledge.editions.edition import Version
from knowledge.editions.origins import draft_origin
from knowledge.editions.reading import WANTED, make_version
from knowledge.errors import DocumentError

DATES = ("published", "reviewed", "review_by")
_TIMING_DATES = ("from", "until")
_NO_NAME = "document"  # of a draft whose title has no letter that a name can have


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field.

    :param field: its name, such as `review_by` or `timing[1].until`; `text` for the text.
    """

    field: str
    problem: str


@dataclass(frozen=True)
class CheckedDraft:
    """What a draft would publish, and what stands in its way.

    :param version: as far as its fields can be used.
    :param missing: fields that may stay empty and that an editor should fill in.
    """

    version: Version
    edited: Edited
    problems: tuple[FieldProblem, ...]
    missing: tuple[str, ...]


def with_dates(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Write the dates that can be read, such as "3 May 2024" and "03/05/2024", in ISO form.

    What is no date stays as it was typed.
    """
    values = deepcopy(dict(metadata))
    for name in DATES:
        values[name] = _iso(values.get(name))
    for notice in values.get("timing") or ():
        for name in _TIMING_DATES:
            notice[name] = _iso(notice.get(name))
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def check_draft(draft: SavedDraft) -> CheckedDraft:
    """Read a draft's text and check its fields, all of them."""
    name = draft.document_id or name_of(draft.title)
    document, problems = check_fields(draft.content.metadata, name)
    edited = read_edited(draft.content.text)
    version = make_version(document, edited.blocks, draft_origin(draft.number))
    if not version.passages:
        problems.append(FieldProblem("text", "holds no text that could be quoted: write some"))
    missing = tuple(
        field
        for field in WANTED
        if not getattr(document, field) and not any(each.field == field for each in problems)
    )
    return CheckedDraft(version, edited, tuple(problems), missing)


def version_of(draft: SavedDraft) -> Version:
    """Give what a draft publishes.

    :raises NotReady: if something is wrong with it, or an editor has to look at what was lost.
    """
    checked = check_draft(draft)
    problems = [f"{each.field}: {each.problem}" for each in checked.problems]
    if draft.reading.must_accept:
        problems.append("much of the file is not in it, and nobody has said that this is right")
    if problems:
        raise NotReady(draft.number, tuple(problems))
    return checked.version


def name_of(title: str) -> str:
    """Give the name that a document of this title suggests."""
    return slug(title) or _NO_NAME


def check_fields(values: Mapping[str, Any], name: str) -> tuple[Document, list[FieldProblem]]:
    """Check all fields: a wrong one is named, and the document is made without it."""
    rest = deepcopy(dict(values))
    problems: list[FieldProblem] = []
    while True:
        try:
            return parse_metadata(rest, name, "draft"), problems
        except DocumentError as problem:
            field = problem.field or "title"
            problems.append(FieldProblem(field, _worded(field, rest, problem.problem)))
            _take_out(rest, field)


def _take_out(values: dict[str, Any], field: str) -> None:
    top, _, inner = field.partition(".")
    if top.startswith("timing["):
        number = int(top.removeprefix("timing[").removesuffix("]")) - 1
        notice = values["timing"][number]
        # Without its kind or its words a notice is none; without a date it holds always.
        if inner in ("kind", "notice"):
            values["timing"][number] = {"kind": "over", "notice": "…"}
        else:
            notice.pop(inner, None)
    elif inner and inner != "title":
        values[top].pop(inner, None)
    elif field == "title":
        values["title"] = "…"
    else:
        values.pop(top, None)


def _worded(field: str, values: Mapping[str, Any], problem: str) -> str:
    """Say what is wrong in the words of the form, where the words are of a file's front matter."""
    if "is not a date" in problem:
        return f"{problem.partition(' is not')[0]} is not a date: write it as 3 May 2024"
    return problem


def _iso(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    found = read_date(value) if isinstance(value, str) else None
    return found.isoformat() if found else value

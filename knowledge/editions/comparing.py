"""Comparing editions, and the states of one document, word by word."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import sqlalchemy as sa

from knowledge.documents.document import Passage, metadata_of
from knowledge.editions.catalogue import titles
from knowledge.editions.differences import Piece, differences
from knowledge.editions.edition import Version
from knowledge.editions.tables import edition_versions_table, versions_table

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Named:
    """A document that an edition holds, by its identifier and its title there."""

    id: str
    title: str


@dataclass(frozen=True)
class EditionChanges:
    """The documents that differ between two editions, in the order of their titles."""

    created: tuple[Named, ...]
    changed: tuple[Named, ...]
    removed: tuple[Named, ...]

    @property
    def count(self) -> int:
        """How many documents differ."""
        return len(self.created) + len(self.changed) + len(self.removed)


@dataclass(frozen=True)
class FieldChange:
    """A field of a document's metadata that differs."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class PassageChange:
    """A passage that differs; one that came or went is all added or all removed."""

    headings: tuple[Piece, ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True)
class DocumentChanges:
    """What differs between two states of a document.

    :param unchanged: how many passages are the same in both.
    """

    fields: tuple[FieldChange, ...]
    passages: tuple[PassageChange, ...]
    unchanged: int


def compare_editions(connection: sa.Connection, before: int, after: int) -> EditionChanges:
    """Say which documents differ between two editions; no text is read."""
    old, new = _versions(connection, before), _versions(connection, after)
    differ = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    shown = {name: new.get(name) or old[name] for name in differ}
    said = titles(connection, shown.values())

    def named(names: set[str]) -> tuple[Named, ...]:
        found = (Named(name, said[shown[name]]) for name in names)
        return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.id)))

    return EditionChanges(
        created=named(differ - old.keys()),
        changed=named(differ & old.keys() & new.keys()),
        removed=named(differ - new.keys()),
    )


def compare_versions(before: Version | None, after: Version | None) -> DocumentChanges:
    """Say what differs between two states of a document; None is a state without it."""
    old, new = _metadata(before), _metadata(after)
    fields = tuple(
        FieldChange(name, differences(old.get(name, ""), new.get(name, "")))
        for name in dict.fromkeys((*new, *old))
        if old.get(name, "") != new.get(name, "")
    )
    passages: list[PassageChange] = []
    unchanged = 0
    own, others = _passages(before), _passages(after)
    matcher = SequenceMatcher(None, _keys(own), _keys(others), autojunk=False)
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what == "equal":
            unchanged += end - start
        else:
            for pair in _pairs(own[start:end], others[new_start:new_end]):
                passages.append(_passage_change(*pair))
    return DocumentChanges(fields, tuple(passages), unchanged)


def _versions(connection: sa.Connection, number: int) -> dict[str, str]:
    rows = connection.execute(
        sa.select(versions_table.c.document_id, versions_table.c.digest)
        .join(edition_versions_table, edition_versions_table.c.version == versions_table.c.digest)
        .where(edition_versions_table.c.edition == number)
    )
    return {row.document_id: row.digest for row in rows}


def _passages(version: Version | None) -> list[Passage]:
    return [stored.passage for stored in version.passages] if version else []


def _keys(passages: Sequence[Passage]) -> list[tuple[tuple[str, ...], str]]:
    return [(passage.headings, passage.text) for passage in passages]


def _pairs(
    before: Sequence[Passage], after: Sequence[Passage]
) -> list[tuple[Passage | None, Passage | None]]:
    """Put together what is one passage before and after: those under one anchor, else in turn."""
    theirs = {passage.id: passage for passage in before}
    kept = {passage.id for passage in after} & theirs.keys()
    left = [passage for passage in before if passage.id not in kept]
    pairs: list[tuple[Passage | None, Passage | None]] = []
    for passage in after:
        if passage.id in kept:
            pairs.append((theirs[passage.id], passage))
        else:
            pairs.append((left.pop(0) if left else None, passage))
    return [*pairs, *((passage, None) for passage in left)]


def _passage_change(before: Passage | None, after: Passage | None) -> PassageChange:
    return PassageChange(
        differences(_trail(before), _trail(after)),
        differences(before.text if before else "", after.text if after else ""),
    )


def _trail(passage: Passage | None) -> str:
    return " › ".join(passage.headings) if passage else ""


def _metadata(version: Version | None) -> dict[str, str]:
    if version is None:
        return {}
    return {name: _said(value) for name, value in metadata_of(version.document).items()}


def _said(value: Any) -> str:
    """Give a field's value as text: notices on a line each, other values beside each other."""
    if isinstance(value, dict):
        return " · ".join(_said(item) for item in value.values() if item)
    if isinstance(value, list):
        between = "\n" if value and isinstance(value[0], dict) else ", "
        return between.join(_said(item) for item in value)
    text = "" if value is None else str(value)
    return _day(dt.date.fromisoformat(text)) if _DATE.fullmatch(text) else text


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"

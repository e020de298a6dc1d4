"""Parts that a visitor opens: details, the parts of an accordion, the panels of tabs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bs4 import Tag

from knowledge.documents.blocks import Block
from knowledge.documents.readers.html.parts import Part
from knowledge.documents.readers.html.tree import heading_level, is_heading
from knowledge.documents.readers.plain import normal

if TYPE_CHECKING:
    from knowledge.documents.readers.html.walk import Walker

_DEEPEST = 6  # level of a heading
_BELOW_TITLE = 2


def details(walker: Walker, tag: Tag, depth: int) -> Iterator[Part]:
    """Give a part that opens below its summary."""
    label = ""
    summary = tag.find("summary", recursive=False)
    if isinstance(summary, Tag):
        line = walker.inline.read([summary])
        yield from walker.beside(line)
        label = normal(line.text)
    yield from opened(walker, tag, label, depth)


def opened(walker: Walker, tag: Tag, label: str, depth: int) -> Iterator[Part]:
    """Give a part under its label, one level below the last heading; what follows is outside it.

    :param label: empty when a heading right before the part says it.
    """
    yield from walker.due_notes()
    level, deeper = walker.level, walker.deeper
    ends = level
    if label:
        ends = min(max(level + 1, _BELOW_TITLE), _DEEPEST)
        yield Block("heading", ends, label)
        inner = min((heading_level(each) for each in tag.find_all(is_heading)), default=_DEEPEST)
        walker.level, walker.deeper = ends, max(0, ends + 1 - inner)
    if tag.name == "p":
        yield from walker.paragraph(tag, depth)
    else:
        yield from walker.children(tag, depth)
    yield from walker.due_notes()
    if ends:
        yield Block("heading", ends, "")
    walker.level, walker.deeper = level if label else max(level - 1, 0), deeper

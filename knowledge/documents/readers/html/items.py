"""Lists, of HTML and of Word, and definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from bs4 import NavigableString, Tag
from bs4.element import PageElement, PreformattedString

from knowledge.documents.blocks import Block, LeftOut
from knowledge.documents.readers.html import lists
from knowledge.documents.readers.html.parts import LINES, Part
from knowledge.documents.readers.html.tree import is_heading
from knowledge.documents.readers.html.word import WordItem
from knowledge.documents.readers.plain import normal

if TYPE_CHECKING:
    from knowledge.documents.readers.html.walk import Walker


def list_items(walker: Walker, tag: Tag, depth: int) -> Iterator[Part]:
    """Give the items of a list.

    :param depth: how many lists are open around it.
    """
    depth = lists.google_depth(tag) or depth + 1
    for child, mark in lists.items(tag, walker.page.google_counters):
        if isinstance(child, NavigableString):
            if not isinstance(child, PreformattedString):
                yield from _as_item(walker, [child], depth)
        elif kind := walker.furniture.kind(child):
            if text := walker.furniture.words(child):
                yield LeftOut(kind, text, place=walker.page.place(child))
        elif child.name == "li" and not walker.is_note(child):
            yield from walker.placed(_item(walker, child, depth, mark), child)
        elif walker.page.is_block(child):
            yield from walker.placed(walker.block(child, depth), child)
        else:
            yield from _as_item(walker, [child], depth)


def word_item(walker: Walker, tag: Tag, found: WordItem) -> Iterator[Part]:
    """Give a paragraph of Word's that is an item."""
    line = walker.inline.read([tag])
    yield from walker.beside(line)
    # The mark is cut off the words as they are read, which may be fewer than the source has.
    mark = normal(tag.get_text()[: found.skip])
    text = normal(line.text).removeprefix(mark).strip()
    if text:
        yield Block("item", walker.margins.level(found), text, found.mark)


def definitions(walker: Walker, tag: Tag, depth: int) -> Iterator[Part]:
    """Give each term with its meaning, as one block that can be read alone."""
    for terms, meanings in _groups(tag):
        for first in (terms + meanings)[:1]:
            yield from walker.placed(_definition(walker, terms, meanings, depth), first)


def _definition(
    walker: Walker, terms: list[Tag], meanings: list[Tag], depth: int
) -> Iterator[Part]:
    names: list[str] = []
    texts: list[str] = []
    below: list[Part] = []  # lists and tables in the meaning, and what follows them
    for part in _inside(walker, terms, depth):
        if isinstance(part, Block):
            names.append(part.text)
        else:
            yield part
    for part in _inside(walker, meanings, depth):
        if isinstance(part, LeftOut):
            yield part
        elif part.kind not in LINES:
            below.append(part)
        elif below:
            below.append(replace(part, kind="definition", level=0, mark=""))
        else:
            texts.append(part.text)
    name, text = ", ".join(names).rstrip(":"), " ".join(texts)
    if name and (text or below):
        yield Block("definition", 0, f"{name}: {text}".strip())
    elif name or text:
        yield Block("definition", 0, name or text)
    yield from below


def _groups(tag: Tag) -> Iterator[tuple[list[Tag], list[Tag]]]:
    terms: list[Tag] = []
    meanings: list[Tag] = []
    for part in tag.find_all(["dt", "dd"]):
        if part.find_parent("dl") is not tag:
            continue
        if part.name == "dt" and meanings:
            yield terms, meanings
            terms, meanings = [], []
        (terms if part.name == "dt" else meanings).append(part)
    yield terms, meanings


def _inside(walker: Walker, tags: list[Tag], depth: int) -> Iterator[Part]:
    for tag in tags:
        if kind := walker.furniture.kind(tag):
            yield LeftOut(kind, walker.furniture.words(tag), place=walker.page.place(tag))
        elif walker.is_note(tag):
            yield from walker.block(tag, depth)
        else:
            yield from walker.children(tag, max(depth, 1))


def _as_item(walker: Walker, nodes: list[PageElement], depth: int) -> Iterator[Part]:
    for part in walker.paragraphs(nodes):
        if isinstance(part, Block):
            part = replace(part, kind="item", level=depth)
        yield part


def _item(walker: Walker, item: Tag, depth: int, mark: str) -> Iterator[Part]:
    """Give an item and the lists inside it; what follows such a list stays after it."""
    if item.find(lambda tag: _is_page(walker, tag)) is not None:
        yield from _card(walker, item, depth, mark)
        return
    own: list[Block] = []
    for part in walker.children(item, depth):
        if isinstance(part, Block) and part.kind in LINES:
            own.append(part)
            continue
        if isinstance(part, Block) and own:
            yield _as_one(own, depth, mark)
            own, mark = [], ""
        yield part
    if own:
        yield _as_one(own, depth, mark)


def _as_one(lines: list[Block], depth: int, mark: str) -> Block:
    text = " ".join(line.text for line in lines)
    return Block("item", depth, text, mark, place=lines[0].place)


def _is_page(walker: Walker, tag: Tag) -> bool:
    """Say whether a tag makes the item around it a small page of its own."""
    return tag.name in ("details", "table") or is_heading(tag) or tag in walker.panels


def _card(walker: Walker, item: Tag, depth: int, mark: str) -> Iterator[Part]:
    for part in walker.children(item, depth - 1):
        if mark and isinstance(part, Block) and part.text:
            yield replace(part, text=f"{mark} {part.text}")
            mark = ""
        else:
            yield part

"""Tables and figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bs4 import Tag

from knowledge.documents.blocks import Block, LeftOut
from knowledge.documents.readers.html import tables
from knowledge.documents.readers.html.parts import Part

if TYPE_CHECKING:
    from knowledge.documents.readers.html.walk import Walker

_ENDS = (".", ",", ";", ":", "!", "?")


def table_rows(walker: Walker, table: Tag, depth: int) -> Iterator[Part]:
    """Give a table's caption and rows; of a table that is layout, what stands in it."""
    caption = table.find("caption", recursive=False)
    if isinstance(caption, Tag):
        yield from walker.placed(caption_of(walker, caption, depth), caption)
    if tables.is_layout(table):
        for row in tables.own_rows(table):
            for cell in tables.cells_of(row):
                if kind := walker.furniture.kind(cell):
                    words = walker.furniture.words(cell)
                    yield LeftOut(kind, words, place=walker.page.place(cell))
                else:
                    yield from walker.children(cell, depth)
        return
    left_out: list[LeftOut] = []
    read = tables.read_table(table, lambda cell: _cell(walker, cell, left_out), walker.is_bold)
    yield from left_out
    if read.caption:
        yield Block("caption", 0, read.caption.rstrip("."))
    for row, text in read.rows:
        yield Block("row", 0, text, place=walker.page.place(row))


def caption_of(walker: Walker, tag: Tag, depth: int) -> Iterator[Part]:
    """Give a caption as one block."""
    if kind := walker.furniture.kind(tag):
        yield LeftOut(kind, walker.furniture.words(tag))
        return
    texts = []
    for part in walker.children(tag, max(depth, 1)):
        if isinstance(part, Block):
            texts.append(part.text)
        else:
            yield part
    if texts:
        # A caption leads into its rows, which a sentence with a full stop does not.
        yield Block("caption", 0, " ".join(texts).rstrip("."))


def figure(walker: Walker, tag: Tag, depth: int) -> Iterator[Part]:
    """Give a figure; the caption of a table goes before its rows, wherever it stands."""
    caption = tag.find("figcaption")
    if isinstance(caption, Tag) and tag.find("table") is not None:
        yield from caption_of(walker, caption.extract(), depth)
    yield from walker.children(tag, depth)


def _cell(walker: Walker, cell: Tag, left_out: list[LeftOut]) -> str:
    """Give the words of a cell as one line."""
    for tag in (cell, cell.parent):
        if tag is not None and (kind := walker.furniture.kind(tag)):
            left_out.append(LeftOut(kind, walker.furniture.words(cell)))
            return ""
    text = ""
    with walker.apart():
        for part in walker.children(cell, 1):
            if isinstance(part, LeftOut):
                left_out.append(part)
            elif part.text:
                listed = part.kind not in ("paragraph", "heading")
                between = ", " if listed and not text.endswith(_ENDS) else " "
                words = f"{part.mark} {part.text}".strip()
                text = f"{text}{between}{words}" if text else words
    return text

"""The blocks of a page: its tree walked once, in the order in which a visitor reads it."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement, PreformattedString

from knowledge.documents.blocks import Block, BlockKind, LeftOut
from knowledge.documents.readers.html import facts, items, opened
from knowledge.documents.readers.html.furniture import Furniture
from knowledge.documents.readers.html.inline import InlineReader, Line
from knowledge.documents.readers.html.markers import classes, is_note
from knowledge.documents.readers.html.notes import Notes
from knowledge.documents.readers.html.parts import Part
from knowledge.documents.readers.html.tree import Page, heading_level, is_heading, role, words_of
from knowledge.documents.readers.html.word import Margins, word_item
from knowledge.documents.readers.plain import normal

BOLD_HEADING = 6  # the level of a bold line that stands in for a heading
_LONGEST_BOLD = 12  # words of such a line
_NO_HEADING_ENDS = (".", "!", ":", ";", ",")
_NOTE_ROLES = frozenset({"note", "alert", "status", "doc-footnote", "doc-tip", "doc-notice"})


class Walker:
    """Walks a part of a page and gives its blocks and what is left out, in order.

    :ivar level: of the last heading.
    :ivar deeper: how much deeper headings count inside a part that a visitor opens.
    """

    def __init__(self, page: Page, notes: Notes, furniture: Furniture) -> None:
        self.page, self.furniture, self.panels = page, furniture, furniture.panels
        self.inline = InlineReader(page, notes, furniture)
        self.level = self.deeper = 0
        self.margins = Margins()
        self._notes = notes
        self._kind: BlockKind = "paragraph"
        self._pending: list[Tag] = []  # notes of this section, which stand at its end
        self._placed: set[int] = set()

    def walk(self, top: Tag | BeautifulSoup) -> Iterator[Part]:
        """Give everything inside a tag."""
        yield from self.children(top, 0)
        yield from self.due_notes()

    def children(self, node: Tag | BeautifulSoup, depth: int) -> Iterator[Part]:
        """Give what stands in a tag.

        :param depth: how many lists are open around it.
        """
        loose: list[PageElement] = []  # inline mark-up that stands directly in this tag
        for child in node.children:
            if not isinstance(child, Tag) or not self.page.is_block(child):
                loose.append(child)
                continue
            yield from self.paragraphs(loose)
            loose = []
            if kind := self.furniture.kind(child):
                if text := self.furniture.words(child):
                    yield LeftOut(kind, text, place=self.page.place(child))
            else:
                yield from self.placed(self.block(child, depth), child)
        yield from self.paragraphs(loose)

    def placed(self, parts: Iterable[Part], node: PageElement) -> Iterator[Part]:
        """Give parts of a node with their place: the node's, unless they know their own."""
        place = self.page.place(node)
        for part in parts:
            yield part if part.place or place is None else replace(part, place=place)

    def paragraphs(self, nodes: list[PageElement]) -> Iterator[Part]:
        """Give the lines of inline mark-up."""
        if nodes:
            yield from self.placed(self._lines(nodes), nodes[0])

    def _lines(self, nodes: list[PageElement]) -> Iterator[Part]:
        line = self.inline.read(nodes)
        yield from self.beside(line)
        for text in line.text.split("\n"):
            if normal(text):
                yield Block(self._kind, 0, normal(text))

    def beside(self, line: Line) -> Iterator[LeftOut]:
        """Give what was left out of a line, and keep its notes for the end of the section."""
        yield from line.left_out
        for note in line.notes:
            if id(note) not in self._placed:
                self._placed.add(id(note))
                self._pending.append(note)

    def is_note(self, tag: Tag) -> bool:
        """Say whether a tag is a footnote."""
        return id(tag) in self._notes.homes

    def block(self, tag: Tag, depth: int) -> Iterator[Part]:
        """Give a part that begins a line of its own."""
        if self.is_note(tag):
            if id(tag) not in self._placed:
                self._placed.add(id(tag))
                yield from self._note(tag)
        elif tag in self.panels:
            yield from opened.opened(self, tag, self.panels.labels[id(tag)], depth)
        elif tag.name == "p" and (found := word_item(tag)):
            yield from items.word_item(self, tag, found)
        else:
            if tag.name != "div":
                self.margins = Margins()
            yield from self._element(tag, depth)

    def _element(self, tag: Tag, depth: int) -> Iterator[Part]:
        if level := heading_level(tag):
            yield from self._heading(tag, level)
        elif tag.name == "p":
            yield from self.paragraph(tag, depth)
        elif tag.name in ("ul", "ol", "menu"):
            yield from items.list_items(self, tag, depth)
        elif tag.name == "dl":
            yield from items.definitions(self, tag, depth)
        elif tag.name == "table":
            yield from facts.table_rows(self, tag, depth)
        elif tag.name == "details":
            yield from opened.details(self, tag, depth)
        elif tag.name == "pre":
            yield from self._preformatted(tag)
        elif tag.name == "figcaption":
            yield from facts.caption_of(self, tag, depth)
        elif tag.name == "figure":
            yield from facts.figure(self, tag, depth)
        elif tag.name == "blockquote":
            yield from self._as_kind("quote", tag, depth)
        elif (tag.name == "aside" or role(tag) in _NOTE_ROLES or is_note(tag)) and not depth:
            yield from self._as_kind("note", tag, depth)
        elif not (tag.name == "summary" and tag.parent and tag.parent.name == "details"):
            yield from self.children(tag, depth)

    def paragraph(self, tag: Tag, depth: int) -> Iterator[Part]:
        """Give a paragraph, or the heading or caption that it stands in for."""
        names = set(classes(tag))
        is_title = "MsoTitle" in names or ("title" in names and self.page.is_google_document)
        if is_title and not self.level:
            yield from self._heading(tag, 1)
        elif "MsoCaption" in names:
            yield from facts.caption_of(self, tag, depth)
        elif not depth and self._kind == "paragraph" and self._is_bold_heading(tag):
            yield from self._heading(tag, BOLD_HEADING)
        else:
            yield from self.children(tag, depth)

    def _heading(self, tag: Tag, level: int) -> Iterator[Part]:
        line = self.inline.read([tag])
        text = normal(line.text)
        if self._kind == "note":  # the title of a box opens no section of the page
            yield from self.beside(line)
            yield from [Block("note", 0, text)] * bool(text)
            return
        yield from self.due_notes()
        yield from self.beside(line)
        if text:
            if is_heading(tag) or level == 1:
                self.level = level = min(level + self.deeper, BOLD_HEADING)
            yield Block("heading", level, text)

    def _as_kind(self, kind: BlockKind, tag: Tag, depth: int) -> Iterator[Part]:
        """Give a part whose paragraphs are of one kind."""
        if kind == "note" and len(tag.find_all(is_heading)) > 1:
            yield from self.children(tag, depth)  # an aside as long as a page
            return
        before, self._kind = self._kind, kind
        yield from self.children(tag, depth)
        self._kind = before

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Read a cell: its headings open nothing, and its notes wait for the end of the table."""
        state = self._kind, self.level, self._pending
        self._kind, self._pending = "paragraph", []
        yield
        waiting = self._pending
        self._kind, self.level, self._pending = state
        self._pending += waiting

    def due_notes(self) -> Iterator[Part]:
        """Give the footnotes to which the section before referred."""
        while self._pending:
            note = self._pending.pop(0)
            yield from self.placed(self._note(note), note)

    def _note(self, tag: Tag) -> Iterator[Part]:
        """Give a footnote as one block."""
        texts = []
        before, self._kind = self._kind, "note"
        for part in self.children(tag, 1):
            if isinstance(part, Block):
                texts.append(f"{part.mark} {part.text}".strip())
            elif part.kind != "note mark":
                yield part
        self._kind = before
        # The brackets of its own mark are left without it.
        text = re.sub(r"^\[\s*\]\s*|^[.\s]+", "", " ".join(texts))
        if text:
            yield Block("note", 0, text)

    def _preformatted(self, tag: Tag) -> Iterator[Part]:
        """Give text whose lines are kept; a program's code is left out."""
        is_code = tag.find("code") is not None
        for line in filter(None, map(normal, tag.get_text().splitlines())):
            yield LeftOut("code", line) if is_code else Block(self._kind, 0, line)

    def _is_bold_heading(self, tag: Tag) -> bool:
        text = words_of(tag)
        short = len(text.split()) <= _LONGEST_BOLD and text[-1:] not in _NO_HEADING_ENDS
        return short and self.is_bold(tag)

    def is_bold(self, tag: Tag) -> bool:
        """Say whether all words of a tag are bold."""
        texts: list[NavigableString] = [
            text
            for text in tag.find_all(string=lambda text: any(map(str.isalnum, text or "")))
            if not isinstance(text, PreformattedString)
        ]
        return bool(texts) and all(map(self._has_bold_parent, texts))

    def _has_bold_parent(self, text: NavigableString) -> bool:
        for parent in text.parents:
            if parent.name in ("strong", "b") or self.page.styles.has(parent, "bold"):
                return True
            if self.page.is_block(parent):
                return False
        return False

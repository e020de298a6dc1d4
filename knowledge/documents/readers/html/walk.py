"""The blocks of a page: its tree walked once, in the order in which a visitor reads it."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement, PreformattedString

from knowledge.documents.blocks import Block, BlockKind, LeftOut
from knowledge.documents.readers.html import lists, tables
from knowledge.documents.readers.html.furniture import Furniture
from knowledge.documents.readers.html.inline import InlineReader, Line
from knowledge.documents.readers.html.markers import classes, is_note
from knowledge.documents.readers.html.notes import Notes
from knowledge.documents.readers.html.panels import Panels
from knowledge.documents.readers.html.tree import Page, heading_level, is_heading, role, words_of
from knowledge.documents.readers.html.word import Margins, WordItem, word_item
from knowledge.documents.readers.plain import normal

Part = Block | LeftOut
BOLD_HEADING = 6  # the level of a bold line that stands in for a heading
_LONGEST_BOLD = 12  # words of such a line
_NOTE_ROLES = frozenset({"note", "alert", "status", "doc-footnote", "doc-tip", "doc-notice"})
_LAYOUT = ["h1", "h2", "h3", "h4", "h5", "h6", "details", "table"]  # no item of a list holds these
_ENDS = (".", ",", ";", ":", "!", "?")


class Walker:
    """Walks a part of a page and gives its blocks and what is left out, in order."""

    def __init__(self, page: Page, panels: Panels, notes: Notes, furniture: Furniture) -> None:
        self._page, self._panels, self._notes = page, panels, notes
        self._furniture = furniture
        self._inline = InlineReader(page, notes, furniture)
        self._level = 0  # of the last heading
        self._deeper = 0  # how much deeper headings are inside an open panel
        self._margins = Margins()
        self._kind: BlockKind = "paragraph"
        self._pending: list[Tag] = []  # notes of this section, which stand at its end
        self._placed: set[int] = set()

    def walk(self, top: Tag | BeautifulSoup) -> Iterator[Part]:
        """Give everything inside a tag."""
        yield from self._children(top, 0)
        yield from self._due_notes()

    def _children(self, node: Tag | BeautifulSoup, depth: int) -> Iterator[Part]:
        """Give what stands in a tag.

        :param depth: how many lists are open around it.
        """
        loose: list[PageElement] = []  # inline mark-up that stands directly in this tag
        for child in node.children:
            if not isinstance(child, Tag) or not self._page.is_block(child):
                loose.append(child)
                continue
            yield from self._paragraphs(loose)
            loose = []
            if kind := self._furniture.kind(child):
                if text := self._furniture.words(child):
                    yield LeftOut(kind, text)
            else:
                yield from self._block(child, depth)
        yield from self._paragraphs(loose)

    def _paragraphs(self, nodes: list[PageElement]) -> Iterator[Part]:
        line = self._inline.read(nodes)
        yield from self._beside(line)
        for text in line.text.split("\n"):
            if normal(text):
                yield Block(self._kind, 0, normal(text))

    def _beside(self, line: Line) -> Iterator[LeftOut]:
        """Give what was left out of a line, and keep its notes for the end of the section."""
        yield from line.left_out
        for note in line.notes:
            if id(note) not in self._placed:
                self._placed.add(id(note))
                self._pending.append(note)

    def _block(self, tag: Tag, depth: int) -> Iterator[Part]:
        if id(tag) in self._notes.homes:
            if id(tag) not in self._placed:
                self._placed.add(id(tag))
                yield from self._note(tag)
        elif tag in self._panels:
            yield from self._panel(tag, depth)
        elif tag.name != "p":
            self._margins = Margins() if tag.name != "div" else self._margins
            yield from self._container(tag, depth)
        elif found := word_item(tag):
            yield from self._word_item(tag, found)
        else:
            self._margins = Margins()
            yield from self._paragraph(tag, depth)

    def _container(self, tag: Tag, depth: int) -> Iterator[Part]:
        if level := heading_level(tag):
            yield from self._heading(tag, level)
        elif tag.name in ("ul", "ol", "menu"):
            google = lists.google_depth(tag)
            yield from self._list(tag, google - 1 if google else depth)
        elif tag.name == "dl":
            yield from self._definitions(tag, depth)
        elif tag.name == "table":
            yield from self._table(tag, depth)
        elif tag.name == "details":
            yield from self._details(tag, depth)
        elif tag.name == "pre":
            yield from self._preformatted(tag, depth)
        elif tag.name in ("figcaption", "caption"):
            yield from self._as_kind("caption", tag, depth)
        elif tag.name == "figure":
            yield from self._figure(tag, depth)
        elif tag.name == "blockquote":
            yield from self._as_kind("quote", tag, depth)
        elif (tag.name == "aside" or role(tag) in _NOTE_ROLES or is_note(tag)) and not depth:
            yield from self._as_kind("note", tag, depth)
        elif tag.name != "hr":
            yield from self._children(tag, depth)

    def _paragraph(self, tag: Tag, depth: int) -> Iterator[Part]:
        names = set(classes(tag))
        is_title = "MsoTitle" in names or ("title" in names and self._page.is_google_document)
        if is_title and not self._level:
            yield from self._heading(tag, 1)
        elif "MsoCaption" in names:
            yield from self._as_kind("caption", tag, depth)
        elif not depth and self._kind == "paragraph" and self._is_bold_heading(tag):
            yield from self._heading(tag, BOLD_HEADING)
        else:
            yield from self._children(tag, depth)

    def _heading(self, tag: Tag, level: int) -> Iterator[Part]:
        line = self._inline.read([tag])
        text = normal(line.text)
        yield from self._due_notes()
        yield from self._beside(line)
        if not text:
            return
        if self._kind == "note":  # the title of a box opens no section of the page
            yield Block("note", 0, text)
            return
        if level < BOLD_HEADING or tag.name == "h6":
            level = min(level + self._deeper, 6)
            self._level = level
        yield Block("heading", level, text)

    def _as_kind(self, kind: BlockKind, tag: Tag, depth: int) -> Iterator[Part]:
        """Give a part whose paragraphs are of one kind."""
        if kind == "note" and len(tag.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])) > 1:
            yield from self._children(tag, depth)  # an aside as long as a page
            return
        before, self._kind = self._kind, kind
        if kind == "caption":
            texts = []
            for part in self._children(tag, depth):
                if isinstance(part, Block):
                    texts.append(part.text)
                else:
                    yield part
            if texts:
                # A caption leads into its rows, which a sentence with a full stop does not.
                yield Block("caption", 0, " ".join(texts).rstrip("."))
        else:
            yield from self._children(tag, depth)
        self._kind = before

    def _note(self, tag: Tag) -> Iterator[Part]:
        """Give a footnote as one block."""
        texts = []
        before, self._kind = self._kind, "note"
        for part in self._children(tag, 1):
            if isinstance(part, Block):
                texts.append(part.text)
            elif part.kind != "note mark":
                yield part
        self._kind = before
        text = re.sub(r"^\[\s*\]\s*|^[.\s]+", "", " ".join(texts))
        if text:
            yield Block("note", 0, text)

    def _due_notes(self) -> Iterator[Part]:
        while self._pending:
            yield from self._note(self._pending.pop(0))

    def _details(self, tag: Tag, depth: int) -> Iterator[Part]:
        summary = tag.find("summary", recursive=False)
        label = self._inline.read([summary]) if isinstance(summary, Tag) else Line()
        yield from self._beside(label)
        yield from self._opened(tag, normal(label.text), depth)

    def _panel(self, tag: Tag, depth: int) -> Iterator[Part]:
        yield from self._opened(tag, self._panels.labels[id(tag)], depth)

    def _opened(self, tag: Tag, label: str, depth: int) -> Iterator[Part]:
        """Give a part that a visitor opens, under its label; what follows it is outside it."""
        yield from self._due_notes()
        around, deeper = self._level, self._deeper
        ends = min(around + 1, 6) if label else max(around, 1)
        if label:
            ends = max(ends, 2)
            yield Block("heading", ends, label)
            inner = min((heading_level(each) for each in tag.find_all(is_heading)), default=6)
            self._deeper = max(0, ends + 1 - inner)
            self._level = ends
        for child in [tag]:
            yield from self._inside(child, depth)
        yield from self._due_notes()
        yield Block("heading", ends, "")
        self._level, self._deeper = around if label else max(around - 1, 0), deeper

    def _inside(self, tag: Tag, depth: int) -> Iterator[Part]:
        if tag.name == "details":
            for child in tag.children:
                if isinstance(child, Tag) and child.name == "summary":
                    continue
                if isinstance(child, Tag) and self._page.is_block(child):
                    if kind := self._furniture.kind(child):
                        yield LeftOut(kind, self._furniture.words(child))
                    else:
                        yield from self._block(child, depth)
                else:
                    yield from self._paragraphs([child])
        elif tag.name == "p":
            yield from self._paragraph(tag, depth)
        else:
            yield from self._children(tag, depth)

    def _list(self, tag: Tag, depth: int) -> Iterator[Part]:
        for child, mark in lists.items(tag, self._page.google_counters):
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString):
                    yield from self._as_item([child], depth + 1)
            elif kind := self._furniture.kind(child):
                if text := self._furniture.words(child):
                    yield LeftOut(kind, text)
            elif child.name == "li" and id(child) in self._notes.homes:
                yield from self._block(child, depth)
            elif child.name == "li":
                yield from self._item(child, depth + 1, mark)
            elif self._page.is_block(child):
                yield from self._block(child, depth + 1)
            else:
                yield from self._as_item([child], depth + 1)

    def _as_item(self, nodes: list[PageElement], depth: int) -> Iterator[Part]:
        for part in self._paragraphs(nodes):
            yield Block("item", depth, part.text) if isinstance(part, Block) else part

    def _item(self, item: Tag, depth: int, mark: str) -> Iterator[Part]:
        """Give an item and the lists inside it; what follows such a list stays after it."""
        if item.find(_LAYOUT) is not None or item.find(lambda tag: tag in self._panels):
            yield from self._card(item, depth, mark)
            return
        own: list[str] = []
        for part in self._children(item, depth):
            if isinstance(part, Block) and part.kind in ("paragraph", "quote", "note", "caption"):
                own.append(part.text)
                continue
            if isinstance(part, Block) and own:
                yield Block("item", depth, " ".join(own), mark)
                own, mark = [], ""
            yield part
        if own:
            yield Block("item", depth, " ".join(own), mark)

    def _card(self, item: Tag, depth: int, mark: str) -> Iterator[Part]:
        """Give an item that is a small page of its own, with a heading or a table."""
        for part in self._children(item, depth - 1):
            if mark and isinstance(part, Block):
                part = Block(part.kind, part.level, f"{mark} {part.text}")
                mark = ""
            yield part

    def _word_item(self, tag: Tag, found: WordItem) -> Iterator[Part]:
        line = self._inline.read([tag])
        yield from self._beside(line)
        # The mark is cut off the words as they are read, which may be fewer than the source has.
        mark = normal(tag.get_text()[: found.skip])
        text = normal(line.text).removeprefix(mark).strip()
        if text:
            yield Block("item", self._margins.level(found), text, found.mark)

    def _definitions(self, tag: Tag, depth: int) -> Iterator[Part]:
        terms: list[str] = []
        meanings: list[str] = []

        def finished() -> Iterator[Block]:
            term = ", ".join(terms)
            text = " ".join(meanings)
            if term or text:
                yield Block("definition", 0, f"{term.rstrip(':')}: {text}" if term and text else
                            term or text)  # fmt: skip
            terms.clear()
            meanings.clear()

        for part in tag.find_all(["dt", "dd"]):
            if part.find_parent("dl") is not tag or id(part) in self._placed:
                continue
            if kind := self._furniture.kind(part):
                yield LeftOut(kind, self._furniture.words(part))
                continue
            if part.name == "dt" and meanings:
                yield from finished()
            for inner in self._children(part, max(depth, 1)):
                if isinstance(inner, LeftOut):
                    yield inner
                elif part.name == "dt":
                    terms.append(inner.text)
                elif inner.kind in ("paragraph", "quote", "note", "caption"):
                    meanings.append(inner.text)
                else:
                    if terms and not meanings:
                        meanings.append("")
                        yield Block("definition", 0, f"{', '.join(terms).rstrip(':')}:")
                        terms.clear()
                    elif terms:
                        yield from finished()
                        meanings.append("")
                    yield inner
            meanings[:] = [text for text in meanings if text] if terms else meanings
        yield from finished()

    def _table(self, table: Tag, depth: int) -> Iterator[Part]:
        caption = table.find("caption", recursive=False)
        if isinstance(caption, Tag) and not self._furniture.kind(caption):
            yield from self._as_kind("caption", caption, depth)
        if tables.is_layout(table):
            for row in tables.own_rows(table):
                for cell in tables.cells_of(row):
                    if kind := self._furniture.kind(cell):
                        yield LeftOut(kind, self._furniture.words(cell))
                    else:
                        yield from self._children(cell, depth)
            return
        left_out: list[LeftOut] = []
        read = tables.read_table(table, lambda cell: self._cell(cell, left_out), self._is_bold)
        yield from left_out
        if read.caption:
            yield Block("caption", 0, read.caption.rstrip("."))
        for row_text in read.rows:
            yield Block("row", 0, row_text)

    def _cell(self, cell: Tag, left_out: list[LeftOut]) -> str:
        """Give the words of a cell as one line."""
        row = cell.parent
        for tag in (cell, row):
            if isinstance(tag, Tag) and (kind := self._furniture.kind(tag)):
                left_out.append(LeftOut(kind, self._furniture.words(cell)))
                return ""
        text = ""
        before, self._kind = self._kind, "paragraph"
        for part in self._children(cell, 1):
            if isinstance(part, LeftOut):
                left_out.append(part)
            elif part.text:
                listed = part.kind not in ("paragraph", "heading")
                between = ", " if text and listed and not text.endswith(_ENDS) else " "
                words = f"{part.mark} {part.text}".strip()
                text = f"{text}{between}{words}" if text else words
        self._kind = before
        return text

    def _figure(self, tag: Tag, depth: int) -> Iterator[Part]:
        """Give a figure; the caption of a table goes before its rows, wherever it stands."""
        caption = tag.find("figcaption")
        leads = isinstance(caption, Tag) and tag.find("table") is not None
        if leads and isinstance(caption, Tag):
            yield from self._as_kind("caption", caption, depth)
            caption.extract()
        yield from self._children(tag, depth)

    def _preformatted(self, tag: Tag, depth: int) -> Iterator[Part]:
        """Give text whose lines are kept; a program's code is left out."""
        lines = [normal(line) for line in tag.get_text().splitlines()]
        is_code = tag.find("code") is not None
        for line in filter(None, lines):
            yield LeftOut("code", line) if is_code else Block(self._kind, 0, line)

    def _is_bold_heading(self, tag: Tag) -> bool:
        text = words_of(tag)
        return (
            len(text.split()) <= _LONGEST_BOLD
            and text[-1:] not in (".", "!", ":", ";", ",")
            and self._is_bold(tag)
        )

    def _is_bold(self, tag: Tag) -> bool:
        """Say whether all words of a tag are bold."""
        texts = [text for text in tag.find_all(string=True) if any(c.isalnum() for c in text)]
        return bool(texts) and all(
            any(
                parent.name in ("strong", "b") or self._page.styles.has(parent, "bold")
                for parent in _between(text, tag)
            )
            for text in texts
            if not isinstance(text, PreformattedString)
        )


def _between(text: NavigableString, top: Tag) -> Iterator[Tag]:
    for parent in text.parents:
        yield parent
        if parent is top:
            return

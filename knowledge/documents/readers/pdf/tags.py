"""Parts of a page by its tags."""

from collections.abc import Iterable, Sequence

from knowledge.documents.blocks import BlockKind, LeftOut
from knowledge.documents.readers.pdf.parts import (
    PageParts,
    Part,
    TextEdges,
    make_part,
    split_mark,
)
from knowledge.documents.readers.pdf.runs import NOTE_MARK, PageText, Run
from knowledge.documents.readers.pdf.text import split_note, text_of
from knowledge.documents.readers.pdf.tree import CELLS, HEADING, LABEL_WORDS, NOTES, Node
from knowledge.documents.readers.tables import rows_as_text

_KINDS: dict[str, BlockKind] = {"Caption": "caption", "BlockQuote": "quote"}
_CONTENTS = frozenset(("TOC", "TOCI"))
# Other elements also hold links and form fields, which no page counts among its contents.
_MAY_BE_BEGUN = frozenset(("P", "LI", "LBody", "BlockQuote"))
_MARK_GAP = 45.0  # points between the mark of an item and its text, at the most


class TaggedPage:
    """Reads one page by its tags.

    :param before: the parts of the page before, for a table that goes on.
    """

    def __init__(self, page: PageText, tree: Sequence[Node], before: PageParts | None) -> None:
        self.page, self.tree, self.before = page, tree, before
        self.edges = TextEdges(page.number, page.runs)
        self.result = PageParts(page.number)
        self.contents: dict[int, list[Run]] = {}
        for run in page.runs:
            self.contents.setdefault(run.tag, []).append(run)
        self.untagged = self.contents.pop(-1, [])
        self.inline: list[Run] = []
        self.begun = False
        self.item: Part | None = None  # the item that text may still belong to
        self.mark: str | None = None  # the mark of an item whose text is still to come

    def share(self) -> float:
        """Give the part of the page's text that the tree speaks of."""
        tagged = {content for node in self.tree for content in node.contents()}
        spoken = sum(len(r.text) for tag in tagged for r in self.contents.get(tag, ()))
        return spoken / (sum(len(run.text) for run in self.page.runs) or 1)

    def read(self) -> PageParts:
        """Give the parts of the page in the order of its tags."""
        for node in self.tree:
            self._element(node, "paragraph")
        seen = {content for node in self.tree for content in node.contents()}
        rest = [
            *self.untagged,
            *(r for c, runs in self.contents.items() if c not in seen for r in runs),
        ]
        if text := text_of(rest):
            self.result.left_out.append(LeftOut("running header", text, self.page.number))
        return self.result

    def _element(self, node: Node, kind: BlockKind) -> None:
        heading = HEADING.fullmatch(node.type)
        if heading:
            self._group(node, "heading", int(heading[1] or 1))
        elif node.type in _CONTENTS:
            self._leave_out("menu", node)
        elif node.type in NOTES:
            self._note(node)
        elif node.type == "LI":
            self._item(node)
        elif node.type == "Table":
            self._table(node)
        elif node.type in ("Figure", "Formula"):
            self._figure(node)
        else:
            self._group(node, _KINDS.get(node.type, "paragraph" if node.type == "L" else kind))

    def _group(self, node: Node, kind: BlockKind, level: int = 0) -> None:
        """Read an element that holds blocks, or the text of one."""
        if node.type in _MAY_BE_BEGUN and not self.result.parts and not self.inline:
            self.begun = self.begun or node.begun
        for kid in node.kids:
            if isinstance(kid, int) or kid.is_inline():
                self.inline += self._runs(kid)
            elif kid.type in NOTES:
                self._note(kid)
            else:
                self._end(kind, level)
                self._element(kid, kind)
        self._end(kind, level)

    def _end(self, kind: BlockKind, level: int = 0) -> None:
        """End the block whose text was read."""
        runs, self.inline = self.inline, []
        text = text_of(runs)
        if not text:
            return
        part = make_part(kind, text, runs, self.edges, level)
        part.begun, self.begun = self.begun, False
        if kind == "item" and self.mark is None:
            if self.item is not None and self.result.parts[-1:] == [self.item]:
                # Another paragraph of the same item.
                self.item.text, self.item.full = f"{self.item.text} {text}", part.full
                return
            part.kind = "paragraph"  # below a list or table inside the item
        elif kind == "item":
            part.mark, self.mark, self.item = self.mark or "", None, part
        self.result.parts.append(part)

    def _item(self, node: Node) -> None:
        label = [kid for kid in node.kids if isinstance(kid, Node) and kid.type == "Lbl"]
        mark_runs = [run for each in label for run in self._runs(each)]
        mark, rest = split_mark(text_of(mark_runs) + " ") if mark_runs else (None, "")
        body = Node("LBody", kids=[kid for kid in node.kids if kid not in label])
        # Word tags the rest of an item that began on the page before as if it were a mark.
        goes_on = bool(mark_runs) and (mark is None or bool(rest.strip()))
        if goes_on:
            self.inline = mark_runs
        elif mark is None or mark == "":
            first = next((r for c in body.contents() for r in self.contents.get(c, ())), None)
            mark = self._untagged_mark(first) or mark
        self.mark, self.item = mark or "", None
        count = len(self.result.parts)
        self._group(body, "item")
        self.mark = None
        if len(self.result.parts) > count:
            part = self.result.parts[count]
            if goes_on and part.kind == "item" and count == 0:
                part.kind = "paragraph"
            elif part.kind == "item" and not part.mark:
                own, text = split_mark(part.text)
                part.mark, part.text = (own or "", text) if own is not None else ("", part.text)

    def _untagged_mark(self, first: Run | None) -> str | None:
        """Find a mark that the browser drew beside an item without tagging it."""
        if first is None:
            return None
        for run in self.untagged:
            beside = abs(run.base - first.base) < 1 and 0 < first.left - run.left < _MARK_GAP
            mark, rest = split_mark(f"{run.text.strip()} ")
            if beside and mark is not None and not rest.strip():
                self.untagged.remove(run)
                return mark
        return None

    def _runs(self, node: Node | int) -> list[Run]:
        """Give the runs of an element inside a line; its notes are read, its marks are raised."""
        if isinstance(node, int):
            return self.contents.get(node, [])
        runs: list[Run] = []
        for kid in node.kids:
            if isinstance(kid, Node) and kid.type in NOTES:
                self._note(kid)
            else:
                runs += self._runs(kid)
        if node.has(NOTES) and NOTE_MARK.fullmatch("".join(run.text for run in runs).strip()):
            for run in runs:
                run.raised = True
        return runs

    def _note(self, node: Node) -> None:
        runs = [run for kid in node.kids for run in self._runs(kid)]
        mark, text = split_note(text_of(runs))
        if text:
            part = make_part("note", text, runs, self.edges)
            part.mark = mark
            self.result.notes.append(part)

    def _figure(self, node: Node) -> None:
        runs = [run for kid in node.kids for run in self._runs(kid)]
        if text := text_of(runs):
            self.result.parts.append(make_part("paragraph", text, runs, self.edges))
        elif len(node.alternative.split()) >= LABEL_WORDS:
            self.result.parts.append(Part("paragraph", node.alternative, self.page.number))
            return
        if node.alternative or not text:
            named = node.alternative or "a picture without a description"
            self.result.left_out.append(LeftOut("picture", named, self.page.number))

    def _leave_out(self, kind: str, node: Node) -> None:
        if text := text_of(self._runs(node)):
            self.result.left_out.append(LeftOut("menu", text, self.page.number))

    def _table(self, node: Node) -> None:
        rows = [
            [cell for cell in row.kids if isinstance(cell, Node) and cell.type in CELLS]
            for row in node.all("TR")
        ]
        for kid in node.kids:
            if isinstance(kid, Node) and kid.type == "Caption":
                self._element(kid, "caption")
        if max((len(row) for row in rows), default=0) <= 1:
            # A box around text, not a table.
            for row in rows:
                for cell in row:
                    self._group(cell, "paragraph")
            return
        heads = sum(1 for head in node.all("THead") for _ in head.all("TR"))
        if not heads:
            heads = next((i for i, row in enumerate(rows) if any(c.type == "TD" for c in row)), 0)
        texts = _spread([[(self._cell(cell), cell.spans) for cell in row] for row in rows if row])
        header = _header(texts[:heads]) if heads < len(texts) else []
        if not header:
            heads = 0
            header = self._header_before(len(texts[0]))
        for values in texts[heads:]:
            for text in rows_as_text([values], header):
                part = Part("row", text, self.page.number, header=tuple(header))
                self.result.parts.append(part)

    def _cell(self, cell: Node) -> str:
        return text_of(run for kid in cell.kids for run in self._runs(kid))

    def _header_before(self, columns: int) -> list[str]:
        """Give the header of the table that the page before ended with, when this goes on."""
        last = self.before.parts[-1] if self.before and self.before.parts else None
        goes_on = last is not None and not self.result.parts and len(last.header) == columns
        return list(last.header) if last is not None and goes_on else []


def _spread(rows: Iterable[Sequence[tuple[str, tuple[int, int]]]]) -> list[list[str]]:
    """Put each cell's text into every place that the cell covers."""
    grid: dict[tuple[int, int], str] = {}
    height = width = 0
    for y, row in enumerate(rows):
        x = 0
        for text, (columns, below) in row:
            while (y, x) in grid:
                x += 1
            grid |= {(y + dy, x + dx): text for dy in range(below) for dx in range(columns)}
            x += columns
        height, width = y + 1, max(width, x)
    return [[grid.get((y, x), "") for x in range(width)] for y in range(height)]


def _header(rows: Sequence[Sequence[str]]) -> list[str]:
    """Give each column's name: the cells above it, those that say the same once."""
    return [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True)]

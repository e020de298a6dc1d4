"""From the text of a draft to its blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.documents.blocks import Block, BlockKind, LeftOut
from knowledge.documents.edited.lines import Line, lines_of
from knowledge.documents.edited.tables import cells_of, is_rule
from knowledge.documents.edited.words import words_of
from knowledge.documents.readers.tables import rows_as_text

_INDENT = 2  # spaces of one level of a list


@dataclass(frozen=True)
class Edited:
    """What a draft's text says.

    :param left_out: what of it is no part of any quotation, such as where a link leads.
    """

    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...]


def read_edited(text: str) -> Edited:
    """Read the text of a draft."""
    reader = _Reader()
    for line in lines_of(text):
        reader.take(line)
    reader.finish()
    return Edited(tuple(reader.blocks), tuple(reader.left_out))


@dataclass
class _Open:
    """A block whose lines are still coming."""

    kind: BlockKind
    lines: list[str]
    level: int = 0
    mark: str = ""


@dataclass
class _Reader:
    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    page: int | None = None
    open: _Open | None = None
    table: list[str] = field(default_factory=list)
    list_levels: list[tuple[int, int]] = field(default_factory=list)  # indents and their levels

    def take(self, line: Line) -> None:
        if line.kind == "table":
            self._close()
            self.table.append(line.text)
            return
        self._end_table()
        if line.kind == "text" and self._goes_on(line):
            self.open.lines.append(line.text)  # type: ignore[union-attr]  # `_goes_on` saw it
        elif line.kind == "quote":
            self._quote(line)
        else:
            self._close()
            self._begin(line)

    def finish(self) -> None:
        self._end_table()
        self._close()

    def _goes_on(self, line: Line) -> bool:
        """Say whether a line belongs to the block before it, which was only broken to fit."""
        if self.open is None:
            return False
        return self.open.kind not in ("item", "quote") or (
            self.open.kind == "item" and line.indent > 0
        )

    def _quote(self, line: Line) -> None:
        if self.open is None or self.open.kind != "quote" or not line.text:
            self._close()
        if self.open is not None:
            self.open.lines.append(line.text)
        elif line.text:
            self._begin(line)

    def _begin(self, line: Line) -> None:
        if line.kind == "blank":
            return
        if line.kind == "page":
            self.page = line.page
            return
        if line.kind == "heading":
            self.list_levels = []
            self._add("heading", line.text, line.level)
            return
        if line.kind == "item":
            self.open = _Open("item", [line.text], self._level(line.indent), line.mark)
            return
        self.list_levels = []
        kinds: dict[str, BlockKind] = {
            "quote": "quote", "note": "note", "caption": "caption", "definition": "definition",
        }  # fmt: skip
        self.open = _Open(kinds.get(line.kind, "paragraph"), [line.text])

    def _level(self, indent: int) -> int:
        """Give the depth of an item in its list, from 1, however wide its indents are."""
        levels = self.list_levels
        while levels and levels[-1][0] > indent:
            levels.pop()
        if not levels:
            levels.append((indent, 1 + indent // _INDENT))
        elif levels[-1][0] < indent:
            levels.append((indent, levels[-1][1] + 1))
        return levels[-1][1]

    def _close(self) -> None:
        block, self.open = self.open, None
        if block is not None:
            self._add(block.kind, " ".join(block.lines), block.level, block.mark)

    def _end_table(self) -> None:
        lines, self.table = self.table, []
        if not lines:
            return
        self.list_levels = []
        header: list[str] = []
        if len(lines) > 1 and is_rule(lines[1]):
            header = list(self._cells(lines[0]))
            lines = lines[2:]
        for text in rows_as_text([list(self._cells(line)) for line in lines], header):
            self.blocks.append(Block("row", 0, text, page=self.page))

    def _cells(self, line: str) -> Iterator[str]:
        for cell in cells_of(line):
            yield self._words(cell)

    def _words(self, line: str) -> str:
        words, left_out = words_of(line)
        self.left_out += (LeftOut(each.kind, each.text, self.page) for each in left_out)
        return words

    def _add(self, kind: BlockKind, line: str, level: int = 0, mark: str = "") -> None:
        words = self._words(line)
        if words or kind == "heading":
            self.blocks.append(Block(kind, level, words, mark, self.page))

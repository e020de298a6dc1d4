"""A Word document made simple: paragraphs of a few kinds and plain tables, for mammoth to write.

Word's own structure (lists numbered elsewhere, headings by outline level, notes and text boxes in
parts of their own) becomes the names of our own few paragraph styles.
"""

from collections.abc import Iterator

from lxml import etree

from knowledge.documents.readers.plain import normal
from knowledge.documents.readers.word.changes import Changes
from knowledge.documents.readers.word.names import Element, is_on, number, remove, value, w, words
from knowledge.documents.readers.word.numbering import Numbering
from knowledge.documents.readers.word.styles import Styles

# Around a list item's mark and a paragraph's number, on their way through HTML.
MARK_BEGINS, MARK_ENDS = "\ue000", "\ue001"
NUMBER_BEGINS, NUMBER_ENDS = "\ue002", "\ue003"
DEEPEST = 6  # of headings and lists
_NEARLY = 100  # twentieths of a point: indents that differ by less look alike
_QUOTES = ("quote", "intense quote", "block text")
_CONTENTS = ("toc ", "toc heading", "table of figures", "index ", "table of authorities")


class Simplifier:
    """Gives each paragraph its kind, and each list item its mark and depth."""

    def __init__(self, styles: Styles, numbering: Numbering, changes: Changes) -> None:
        self._styles, self._numbering, self._changes = styles, numbering, changes
        self._lists: list[tuple[str, int, int]] = []  # the open lists: which, level, indent

    def simplify(self, body: Element, notes: dict[tuple[str, str], list[Element]]) -> None:
        """Change a document's body in place.

        :param notes: the paragraphs of each note, by the name of its reference and its number.
        """
        for table in body.iter(w("tbl")):
            _square(table)
        for paragraph in list(body.iter(w("p"))):
            self._paragraph(paragraph)
        _put_notes(body, notes)

    def _paragraph(self, paragraph: Element) -> None:
        name = self._styles.name(paragraph)
        level = self._styles.outline(paragraph)
        place = self._numbering.place(paragraph)
        is_empty = not words(paragraph) and not any(paragraph.iter(w("drawing")))
        if name.startswith(_CONTENTS):
            self._changes.leave_out("menu", words(paragraph), paragraph)
            remove(paragraph)
            return
        mark = ""
        if place is not None and not is_empty:
            mark = self._numbering.next_mark(*place)
        if is_empty:
            kind = "text"
        elif name == "title":
            kind = "title"
        elif level is not None and not _in_table(paragraph):
            kind = f"heading {min(level, DEEPEST)}"
            begin(paragraph, f"{mark} " if mark else "")
        elif place is not None:
            kind = f"item {self._depth(paragraph, *place)}"
            begin(paragraph, f"{MARK_BEGINS}{mark}{MARK_ENDS}")
        elif name == "caption":
            kind = "caption"
        else:
            kind = "quote" if name in _QUOTES else "text"
        if kind[:4] not in ("item", "text") or (kind == "text" and not self._continues(paragraph)):
            self._lists = []
        set_kind(paragraph, kind)

    def _continues(self, paragraph: Element) -> bool:
        """Say whether a paragraph without a mark stands inside a list."""
        return bool(self._styles.indent(paragraph)) or not words(paragraph)

    def _depth(self, paragraph: Element, use: str, level: int) -> int:
        """Give how deep an item is: by its level, or inside another list by its indent."""
        own = self._styles.indent(paragraph)
        if own is None or paragraph.find(f"{w('pPr')}/{w('ind')}") is None:
            own = self._numbering.indent(use, level) or own
        indent = (level + 1) * 360 if own is None else own
        which = self._numbering.list_of(use)
        while self._lists:
            other, above, left = self._lists[-1]
            is_deeper = level > above if other == which else indent > left + _NEARLY
            if is_deeper:
                break
            self._lists.pop()
        self._lists.append((which, level, indent))
        return min(len(self._lists), DEEPEST)


def set_kind(paragraph: Element, kind: str) -> None:
    """Make a paragraph one of our own few kinds; whatever else Word said about it goes."""
    old = paragraph.find(w("pPr"))
    if old is not None:
        remove(old)
    properties = etree.Element(w("pPr"))
    etree.SubElement(properties, w("pStyle")).set(w("val"), kind.replace(" ", ""))
    paragraph.insert(0, properties)


def begin(paragraph: Element, text: str) -> None:
    """Put text before a paragraph's own."""
    if text:
        run = etree.Element(w("r"))
        etree.SubElement(run, w("t")).text = text
        paragraph.insert(int(paragraph.find(w("pPr")) is not None), run)


def _in_table(paragraph: Element) -> bool:
    return any(True for _ in paragraph.iterancestors(w("tc")))


def _square(table: Element) -> None:
    """Fill up rows that begin or end late, and mark a header that only bold type shows."""
    rows = table.findall(w("tr"))
    for row in rows:
        for name, at_start in (("gridBefore", True), ("gridAfter", False)):
            missing = number(value(row, "trPr", name)) or 0
            for _ in range(min(missing, 64)):
                cell = etree.Element(w("tc"))
                etree.SubElement(cell, w("p"))
                first = row.find(w("tc"))
                if at_start and first is not None:
                    first.addprevious(cell)
                else:
                    row.append(cell)
    if len(rows) > 1 and _is_bold(rows[0]) and not _is_bold(rows[1]):
        properties = rows[0].find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            rows[0].insert(0, properties)
        if properties.find(w("tblHeader")) is None:
            etree.SubElement(properties, w("tblHeader"))


def _is_bold(row: Element) -> bool:
    runs = [run for run in row.iter(w("r")) if words(run)]
    return bool(runs) and all(is_on(run.find(w("rPr")), "b") for run in runs)


def _put_notes(body: Element, notes: dict[tuple[str, str], list[Element]]) -> None:
    """Put each note after the paragraph, list or table that refers to it, and drop its mark."""
    for block in list(body):
        for reference, paragraphs in _referred(block, notes):
            remove(reference)
            after = block
            while _holds_list_together(after.getnext()) and _is_item(block):
                after = after.getnext()
            while (following := after.getnext()) is not None and _kind(following) == "note":
                after = following
            for paragraph in paragraphs:
                set_kind(paragraph, "note")
                after.addnext(paragraph)
                after = paragraph


def _referred(
    block: Element, notes: dict[tuple[str, str], list[Element]]
) -> Iterator[tuple[Element, list[Element]]]:
    for name in ("footnoteReference", "endnoteReference"):
        for reference in list(block.iter(w(name))):
            yield reference, notes.pop((name, reference.get(w("id"), "")), [])


def _kind(block: Element) -> str:
    return value(block, "pPr", "pStyle") or ""


def _is_item(block: Element) -> bool:
    return _kind(block).startswith("item")


def _holds_list_together(block: Element | None) -> bool:
    return block is not None and (_is_item(block) or normal(words(block)) == "")

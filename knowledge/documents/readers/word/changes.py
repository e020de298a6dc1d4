"""What a Word file holds besides its text as it stands: tracked changes, comments, hidden text."""

from knowledge.documents.blocks import Kept, LeftOut, LeftOutKind
from knowledge.documents.readers.plain import normal
from knowledge.documents.readers.word.names import (
    Element,
    remove,
    text_of,
    unwrap,
    value,
    w,
    words,
)
from knowledge.documents.readers.word.places import place_of
from knowledge.documents.readers.word.styles import Styles

_GONE: dict[str, LeftOutKind] = {
    w("del"): "tracked deletion",
    w("moveFrom"): "tracked move",
    w("object"): "embedded object",
    w("altChunk"): "embedded object",
    w("subDoc"): "embedded object",
}
_NO_TEXT = frozenset(
    w(name)
    for name in (
        "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "proofErr",
        "bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "lastRenderedPageBreak",
        "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
        "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
    )
)  # fmt: skip
# Frames that Word puts around text, and that say nothing about it.
_FRAMES = frozenset(
    w(name)
    for name in (
        "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent", "moveTo",
    )
)  # fmt: skip
_PROPERTIES = frozenset(
    w(name) for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "tblGrid")
)


class Changes:
    """Takes out of a part what is no part of the text, and keeps account of it.

    :ivar left_out: what was taken out, in order.
    :ivar kept: the tracked insertions, in order.
    """

    def __init__(self, styles: Styles) -> None:
        self.left_out: list[LeftOut] = []
        self.kept: list[Kept] = []
        self._styles = styles
        self._last: tuple[object, ...] = ()  # where something was taken out, and its text
        self._stretch = ""

    def settle(self, root: Element) -> None:
        """Make a part say what it says: deletions and hidden text out, insertions in."""
        _take_out_field_codes(root)
        self._visit(root, None)
        _join_paragraphs(root)

    def leave_out(self, kind: LeftOutKind, text: str, element: Element) -> None:
        """Keep account of something that others take out.

        :param element: what is taken out, while it still stands in its place.
        """
        self.left_out.append(LeftOut(kind, text, place=place_of(element)))

    def _visit(self, parent: Element, paragraph: Element | None) -> None:
        for child in list(parent):
            tag = child.tag
            if tag in _PROPERTIES:
                continue
            if tag in _NO_TEXT:
                remove(child)
            elif tag in _GONE:
                self._take_out(child, _GONE[tag])
            elif tag == w("ins"):
                self._visit(child, paragraph)
                if text := words(child):
                    self.kept.append(Kept("tracked insertion", text, place_of(child)))
                unwrap(child)
            elif tag in _FRAMES:
                self._visit(child, paragraph)
                unwrap(child)
            elif tag == w("sdt"):
                self._content_control(child, paragraph)
            elif tag == w("r"):
                self._run(child, paragraph)
            elif tag == w("tr") and (gone := _row_kind(child)):
                self._take_out(child, gone)
            elif tag == w("tc") and child.find(f"{w('tcPr')}/{w('cellDel')}") is not None:
                self._take_out(child, "tracked deletion")
            else:
                self._visit(child, child if tag == w("p") else paragraph)

    def _run(self, run: Element, paragraph: Element | None) -> None:
        if self._styles.has(run, paragraph, "vanish"):
            self._take_out(run, "hidden")
        elif any(self._styles.has(run, paragraph, name) for name in ("strike", "dstrike")):
            self._take_out(run, "struck")
        else:
            self._visit(run, paragraph)

    def _content_control(self, control: Element, paragraph: Element | None) -> None:
        properties = control.find(w("sdtPr"))
        gallery = value(properties, "docPartObj", "docPartGallery") or ""
        if properties is not None and properties.find(w("showingPlcHdr")) is not None:
            self._take_out(control, "form")  # "Click or tap here to enter text."
        elif gallery == "Table of Contents":
            self._take_out(control, "menu")
        else:
            content = control.find(w("sdtContent"))
            if content is not None:
                self._visit(content, paragraph)
                control[:] = list(content)
                unwrap(control)

    def _take_out(self, element: Element, kind: LeftOutKind) -> None:
        text = text_of(element)
        if kind == "embedded object":
            text += " ".join(inner.get("ProgID", "") for inner in element.iter("{*}OLEObject"))
        here = (kind, element.getparent(), element.getprevious())
        place = place_of(element)
        remove(element)
        if self._last == here:
            # Word cuts one stretch of text into several runs.
            self.left_out.pop()
            text = self._stretch + text
        elif not normal(text) and kind != "embedded object":
            return
        self.left_out.append(LeftOut(kind, normal(text), place=place))
        self._last, self._stretch = here, text


def _row_kind(row: Element) -> LeftOutKind | None:
    properties = row.find(w("trPr"))
    if properties is None:
        return None
    if properties.find(w("del")) is not None:
        return "tracked deletion"
    return "hidden" if properties.find(w("hidden")) is not None else None


def _take_out_field_codes(root: Element) -> None:
    """Remove what stands between a field's begin and its result: it is never shown."""
    parts = list(root.iter(w("fldChar"), w("instrText"), w("t"), w("tab"), w("br")))
    open_fields: list[tuple[int, bool]] = []  # where each begins, and whether its code has ended
    hidden: set[int] = set()
    for place, part in enumerate(parts):
        if part.tag != w("fldChar"):
            continue
        kind = part.get(w("fldCharType"))
        if kind == "begin":
            open_fields.append((place, False))
        elif open_fields and kind in ("separate", "end"):
            start, is_over = open_fields.pop()
            if not is_over:
                hidden.update(range(start, place))
            if kind == "separate":
                open_fields.append((start, True))
    for place, part in enumerate(parts):
        if place in hidden or part.tag in (w("fldChar"), w("instrText")):
            remove(part)


def _join_paragraphs(root: Element) -> None:
    """Join a paragraph whose end was deleted with the one after it, as Word shows it."""
    for paragraph in list(root.iter(w("p"))):
        following = paragraph.getnext()
        if paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is None:
            continue
        if following is not None and following.tag == w("p"):
            own = [child for child in paragraph if child.tag != w("pPr")]
            place = 1 if following.find(w("pPr")) is not None else 0
            following[place:place] = own
            remove(paragraph)

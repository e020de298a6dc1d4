"""What Word's styles say about paragraphs and runs that do not say it themselves."""

import re
from collections.abc import Iterator

from knowledge.documents.readers.word.names import Element, is_on, number, value, w

_HEADING = re.compile(r"heading ?([1-9])")
_NO_OUTLINE = 9  # Word's level for text


class Styles:
    """The styles of one document.

    :param root: the part with the styles; None when the file has none.
    """

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        for style in () if root is None else root.iter(w("style")):
            name = style.get(w("styleId"), "")
            self._styles[name] = style
            if style.get(w("type")) == "paragraph" and is_default(style):
                self._default = name
        self._defaults = None if root is None else root.find(f".//{w('rPrDefault')}/{w('rPr')}")

    def of(self, paragraph: Element) -> str | None:
        """Give the identifier of a paragraph's style."""
        return value(paragraph, "pPr", "pStyle") or self._default

    def name(self, paragraph: Element) -> str:
        """Give the name of a paragraph's style as Word knows it, in lower case."""
        style = self.of(paragraph)
        found = self._styles.get(style or "")
        name = style if found is None else value(found, "name")
        return (name or "").lower()

    def outline(self, paragraph: Element) -> int | None:
        """Give the depth of a heading from 1; None when the paragraph is none."""
        said = number(value(paragraph, "pPr", "outlineLvl"))
        if said is None:
            for style in self._chain(self.of(paragraph)):
                said = number(value(style, "pPr", "outlineLvl"))
                named = _HEADING.fullmatch((value(style, "name") or "").lower())
                said = int(named[1]) - 1 if said is None and named else said
                if said is not None:
                    break
        if said is None and (named := _HEADING.fullmatch(self.name(paragraph))):
            said = int(named[1]) - 1
        return None if said is None or said >= _NO_OUTLINE else said + 1

    def numbering(self, paragraph: Element) -> tuple[str, int | None] | None:
        """Give a paragraph's list and its level from 0 (None: not said); None when it has none."""
        level = number(value(paragraph, "pPr", "numPr", "ilvl"))
        found = value(paragraph, "pPr", "numPr", "numId")
        for style in self._chain(self.of(paragraph)):
            found = found or value(style, "pPr", "numPr", "numId")
            if level is None:
                level = number(value(style, "pPr", "numPr", "ilvl"))
        return None if found in (None, "0") else (str(found), level)

    def indent(self, paragraph: Element) -> int | None:
        """Give how far a paragraph stands from the margin, in twentieths of a point."""
        for owner in (paragraph, *self._chain(self.of(paragraph))):
            if (left := left_of(owner)) is not None:
                return left
        return None

    def size(self) -> int | None:
        """Give the size of text that states none, in half points."""
        for style in self._chain(self._default):
            if (size := number(value(style, "rPr", "sz"))) is not None:
                return size
        found = None if self._defaults is None else self._defaults.find(w("sz"))
        return None if found is None else number(found.get(w("val")))

    def of_list(self, style: str) -> str | None:
        """Give the list that a list style is made of."""
        return value(self._styles.get(style), "pPr", "numPr", "numId")

    def has(self, run: Element, paragraph: Element | None, name: str) -> bool:
        """Say whether a run has a yes-or-no property such as "vanish", by itself or by styles."""
        properties = run.find(w("rPr"))
        if (own := is_on(properties, name)) is not None:
            return own
        if is_on(self._defaults, name):
            return True
        # A paragraph's style and a run's style that both say yes cancel each other out.
        by_run = self._said(value(run, "rPr", "rStyle"), name)
        by_paragraph = None if paragraph is None else self._said(self.of(paragraph), name)
        return bool(by_run) != bool(by_paragraph)

    def _said(self, style: str | None, name: str) -> bool | None:
        for each in self._chain(style):
            if (said := is_on(each.find(w("rPr")), name)) is not None:
                return said
        return None

    def _chain(self, style: str | None) -> Iterator[Element]:
        """Give a style and the ones it is based on, each once."""
        seen = set()
        while style and style not in seen and style in self._styles:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style], "basedOn")


def is_default(style: Element) -> bool:
    """Say whether a style is the one of paragraphs that name none."""
    return style.get(w("default")) in ("1", "true", "on")


def left_of(owner: Element) -> int | None:
    """Give the left indent that a paragraph, a style or a list's level states."""
    indent = owner.find(f"{w('pPr')}/{w('ind')}")
    if indent is None:
        return None
    return number(indent.get(w("left")) or indent.get(w("start")))

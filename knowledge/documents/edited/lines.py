"""The lines of a draft's text: what each of them is."""

import re
from dataclasses import dataclass
from typing import Literal

LineKind = Literal[
    "blank", "page", "heading", "item", "quote", "note", "caption", "definition", "table", "text"
]

_PAGE = re.compile(r"\[(?:page (?P<page>\d{1,6})|no page)\]", re.IGNORECASE)
_HEADING = re.compile(r"(?P<signs>#{1,6})(?:\s+(?P<text>.*))?")
_ITEM = re.compile(r"(?:[-*+•]|(?P<mark>\d{1,9}[.)]))\s+(?P<text>\S.*)")
_MARKED = re.compile(r"\[(?P<kind>note|caption|definition)\]\s+(?P<text>\S.*)", re.IGNORECASE)
_NO_BREAK = re.compile(r"\r\n?|\n")


@dataclass(frozen=True)
class Line:
    """One line.

    :param indent: spaces in front of it.
    :param level: of a heading.
    :param mark: of an item with a number.
    :param page: what a page's mark says; None says that no page is known.
    """

    kind: LineKind
    text: str = ""
    indent: int = 0
    level: int = 0
    mark: str = ""
    page: int | None = None


def lines_of(text: str) -> list[Line]:
    """Give every line of a text."""
    return [line_of(raw) for raw in _NO_BREAK.split(text)]


def line_of(raw: str) -> Line:
    """Say what a line is."""
    expanded = raw.expandtabs(4)
    text = expanded.strip()
    indent = len(expanded) - len(expanded.lstrip())
    if not text:
        return Line("blank")
    if found := _PAGE.fullmatch(text):
        return Line("page", page=int(found["page"]) if found["page"] else None)
    if found := _HEADING.fullmatch(text):
        return Line("heading", found["text"] or "", level=len(found["signs"]))
    if found := _ITEM.fullmatch(text):
        return Line("item", found["text"], indent, mark=found["mark"] or "")
    if found := _MARKED.fullmatch(text):
        kind: LineKind = found["kind"].lower()  # type: ignore[assignment]  # one of the pattern's
        return Line(kind, found["text"])
    if text.startswith(">"):
        return Line("quote", text[1:].strip())
    if text.startswith("|"):
        return Line("table", text)
    return Line("text", text.removeprefix("\\") if text.startswith("\\•") else text, indent)


def as_text(line: str) -> str:
    """Give a line that is read as text, though it may begin as another line does."""
    if line_of(line).kind == "text":
        return line
    number = re.match(r"\d{1,9}", line)
    at = number.end() if number else 0
    return f"{line[:at]}\\{line[at:]}"

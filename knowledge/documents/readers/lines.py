"""The lines of a pasted text: what is an item, what could be a heading, what belongs together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.documents.blocks import LeftOutKind
from knowledge.documents.readers.broken_words import goes_on, without_broken_words
from knowledge.documents.readers.pasted_tables import cells_of, rows_of
from knowledge.documents.readers.plain import SourceLine, normal

LineKind = Literal["text", "item", "row", "heading", "break", "date", "dropped"]

_ITEM = re.compile(r"(?P<mark>[•·▪◦‣●○■✓➢]|[*–—-](?=\s)|o(?=\s))\s*(?P<text>.*)")
_NUMBERED = re.compile(r"(?P<mark>\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})\)|\d{1,2}\.)\s+(?P<text>\S.*)")
_RULE = re.compile(r"(?:[-*_=~·.]\s*){3,}")
_LONGEST_HEADING = 18  # words
WIDEST_WRAPPED = 120  # characters; the lines of e-mails, text files and pages of a PDF are shorter
_FULL = 0.75  # of the widest line: a line this long was broken because it was full


@dataclass(frozen=True)
class Line:
    """One line of a text, or several that were one paragraph.

    :param text: the words; an item without its mark, a numbered one with its number, as it may
        turn out to be a heading.
    :param level: for a heading 1 to 6, for an item the depth of its list.
    :param gap: whether an empty line stands before it.
    :param numbered: whether it starts with a number such as "1." or "(a)".
    :param why: for a dropped line what it is.
    :param number: of the line of the source on which it begins, from 1.
    """

    kind: LineKind
    text: str
    level: int = 0
    gap: bool = False
    numbered: bool = False
    why: LeftOutKind = "menu"
    number: int = 0

    def parted(self) -> tuple[str, str]:
        """Give an item's own mark and its words; the mark of a dot is empty."""
        found = _NUMBERED.fullmatch(self.text) if self.numbered else None
        return (found["mark"], found["text"]) if found else ("", self.text)


def read_lines(source: Sequence[SourceLine]) -> list[Line]:
    """Read the lines of a text, with those of a wrapped paragraph joined."""
    lines: list[Line] = []
    lists = _Lists()
    gap = False
    mark = ""  # of an item whose words follow on the next line
    table: list[tuple[int, list[str]]] = []  # its rows, each with the number of its line
    whole = [*_unwrapped(source), SourceLine("", len(source) + 1)]
    texts = without_broken_words(line.text for line in whole)
    for raw, number in zip(texts, (line.number for line in whole), strict=True):
        if cells := cells_of(raw):
            table.append((number, cells))
            continue
        if len(table) > 1:
            rows = rows_of([cells for _, cells in table])
            lines += (Line("row", row, 0, gap, number=table[at][0]) for at, row in rows)
            lists, mark, gap = _Lists(), "", False
        elif table:
            ((first, cells),) = table
            lines.append(Line("text", " ".join(filter(None, cells)), 0, gap, number=first))
            gap = False
        table = []
        text = normal(raw)
        if not text or _RULE.fullmatch(text):
            if (text or "\u00a0" in raw) and lines and lines[-1].kind != "break":
                lines.append(Line("break", text, number=number))
            gap = True
            continue
        indent = len(raw.expandtabs()) - len(raw.expandtabs().lstrip())
        if mark:
            level = lists.level(indent, mark, lines)
            lines.append(Line("item", text, level, gap, number=number))
            mark = ""
        elif found := _ITEM.fullmatch(text):
            if found["text"]:
                level = lists.level(indent, found["mark"], lines)
                lines.append(Line("item", found["text"], level, gap, number=number))
            else:
                mark = found["mark"]
        elif found := _NUMBERED.fullmatch(text):
            kind = re.sub(r"\w+", "1", found["mark"])
            level = lists.level(indent, kind, lines)
            lines.append(Line("item", text, level, gap, numbered=True, number=number))
        else:
            lists = _Lists()
            lines.append(Line("text", text, 0, gap, number=number))
        gap = False
    return lines


def is_prose(text: str) -> bool:
    """Say whether a line reads as a sentence rather than as a label, a heading or a question."""
    words = len(text.split())
    ends = text.rstrip("\"'”’)").endswith((".", "!", "…"))
    return words > _LONGEST_HEADING or (words >= 4 and ends)


def looks_like_heading(text: str, longest: int = _LONGEST_HEADING) -> bool:
    """Say whether a line could be a heading: a capital, no full stop, `longest` words at most."""
    return (
        len(text.split()) <= longest
        and (text[0].isupper() or text[0].isdigit() or text[0] in "'\"‘“")
        and any(character.isalpha() for character in text)
        and text[-1] not in ".,;:!…"
        and "@" not in text
        and "://" not in text
    )


class _Lists:
    """Works out how deep an item is from its indent and its mark."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    def level(self, indent: int, mark: str, before: list[Line]) -> int:
        """Give the depth of the next item, from 1."""
        known = [place for place, (_, used) in enumerate(self._open) if used == mark]
        if known and (self._open[known[-1]][0] == indent or len(self._open) == 1):
            deeper = len(self._open) == 1 and indent >= self._open[0][0] + 2
            self._open = [*self._open, (indent, mark)] if deeper else self._open[: known[-1] + 1]
        elif not self._open or self._goes_deeper(indent, before):
            self._open.append((indent, mark))
        else:
            while len(self._open) > 1 and self._open[-1][0] > indent:
                self._open.pop()
        return len(self._open)

    def _goes_deeper(self, indent: int, before: list[Line]) -> bool:
        items = [line for line in before[-3:] if line.kind == "item"]
        opens_a_list = bool(items) and items[-1].text.endswith(":")
        return opens_a_list or indent >= self._open[-1][0] + 2


def _unwrapped(source: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """Join lines that were broken only because they were full, and lines that break a word."""
    widest = max((len(line.text.rstrip()) for line in source), default=0)
    full = _FULL * widest if 50 <= widest <= WIDEST_WRAPPED else float("inf")
    paragraph, last = SourceLine("", 1), ""
    for line in source:
        text = normal(line.text)
        starts_anew = (
            not text
            or bool(_ITEM.fullmatch(text) or _NUMBERED.fullmatch(text))
            or bool(cells_of(line.text) or cells_of(last))
        )
        is_full = bool(normal(last)) and (len(last.rstrip()) >= full or goes_on(last, text))
        if is_full and not starts_anew:
            # "2024-" and "25", "Anglo-" and "Saxon" were broken at a hyphen of their own.
            before = paragraph.text.rstrip()
            hyphened = re.search(r"\w-$", before) and not text[0].islower()
            paragraph = paragraph._replace(text=f"{before}{'' if hyphened else ' '}{text}")
        else:
            yield paragraph
            paragraph = line
        last = line.text
    yield paragraph

"""Text with some of it marked, line by line, as a template writes it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.language.sentences import ITEM_MARKS

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of a line, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Line:
    """A paragraph, or an item of a list."""

    pieces: tuple[Piece, ...]
    item: bool


def marked_lines(text: str, spans: Iterable[Span]) -> tuple[Line, ...]:
    """Give the lines of a text, with these stretches marked.

    :param spans: where each marked stretch starts and ends, in order; none overlap.
    """
    spans = list(spans)
    lines, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        mark = next((mark for mark in ITEM_MARKS if line.startswith(mark)), "")
        if line.strip():
            pieces = _pieces(text, start + len(mark), end, spans)
            lines.append(Line(tuple(pieces), bool(mark)))
        start = end + 1
    return tuple(lines)


def spans_of(text: str, phrases: Sequence[str]) -> list[Span]:
    """Give where phrases stand in a text, whatever the case; those that overlap count once."""
    plain = text.lower()
    if len(plain) != len(text):  # a letter whose small form is longer: places would be wrong
        plain = text
    found = [span for phrase in phrases if phrase for span in _each(plain, phrase.lower())]
    spans: list[Span] = []
    for start, end in sorted(found):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _each(text: str, phrase: str) -> list[Span]:
    spans, start = [], text.find(phrase)
    while start >= 0:
        spans.append((start, start + len(phrase)))
        start = text.find(phrase, start + len(phrase))
    return spans


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[Piece]:
    for first, last in spans:
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        if start < first:
            yield Piece(text[start:first], False)
        yield Piece(text[first:last], True)
        start = last
    if start < end:
        yield Piece(text[start:end], False)

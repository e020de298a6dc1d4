"""Parts of a page without tags: what is a heading shows in the size and weight of its letters."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.documents.blocks import BlockKind, LeftOut
from knowledge.documents.readers.pdf.flow import goes_on
from knowledge.documents.readers.pdf.grids import table_rows
from knowledge.documents.readers.pdf.lines import Grid, Line, in_order
from knowledge.documents.readers.pdf.parts import (
    SENTENCE_END,
    PageParts,
    Part,
    TextEdges,
    make_heading,
    make_part,
    split_mark,
)
from knowledge.documents.readers.pdf.text import (
    is_note_start,
    joined,
    split_note,
    text_of,
    without_marks,
)

Style = tuple[float, bool]
_NEW_PARAGRAPH = 1.2  # of the usual distance of two lines
_IN_HEADING = 1.45  # of the letters' size: the lines of a heading may be far apart
_USUAL = 0.2  # of the number of the most common distance; what is rarer is chance
_CLOSEST = 0.8  # of the letters' size
_FARTHEST = 1.6  # of the letters' size, where no usual distance is known
_SAME_SIZE = 0.6  # points
_INDENT = 5.0  # points
_HEADING_WORDS = 25  # a longer line in large letters is a paragraph
_SENTENCE_WORDS = 6  # in large letters with a full stop; what is longer is text that stands out
_LARGER = 1.07  # times the size of the text; what is smaller than this is no heading by size
_SMALLER = 0.93  # times the size of the text: the letters of a note are no larger
_LEADERS = re.compile(r"(?:(?:\.\s?){4,}|…{2,})\s*\d{0,4}$")  # to a page, in a table of contents


@dataclass(frozen=True)
class Type:
    """How the text of a document is set.

    :param size: of most of its letters, in points.
    :param distances: of two lines of a paragraph, by the size of their letters.
    """

    size: float
    distances: Mapping[float, float]


def measure(pages: Iterable[Sequence[Line]]) -> Type:
    """Work out how the text of a document is set, from the lines of each page."""
    sizes = Counter[float]()
    distances: dict[float, Counter[float]] = defaultdict(Counter)
    for lines in pages:
        for line in lines:
            sizes[_rounded(line.size)] += sum(len(run.text) for run in line.runs)
        for above, line in itertools.pairwise(lines):
            same = abs(above.left - line.left) < 1 and abs(above.size - line.size) < _SAME_SIZE
            if same and above.base - line.base > _CLOSEST * line.size:
                distances[_rounded(line.size)][_rounded(above.base - line.base)] += 1
    usual = {}
    for size, counts in distances.items():
        fewest = max(2, max(counts.values()) * _USUAL)
        if common := [distance for distance, count in counts.items() if count >= fewest]:
            usual[size] = min(common)
    return Type(max(sizes, key=lambda size: sizes[size], default=0.0), usual)


def _rounded(number: float) -> float:
    return round(number * 2) / 2


@dataclass(frozen=True)
class Styles:
    """What the letters of a document say: which are text, and which are headings of what level.

    :param body: the size of the text, in points.
    :param bold: whether most of the text is bold.
    """

    body: float
    bold: bool
    levels: Mapping[Style, int]

    def is_note(self, size: float) -> bool:
        """Say whether letters are as small as those of notes."""
        return size < _SMALLER * self.body

    def level(self, part: Part) -> int:
        """Give the level of a heading, 0 for a part that is none."""
        return self.levels.get(part.style, 0) if self.could_be_heading(part) else 0

    def could_be_heading(self, part: Part) -> bool:
        """Say whether a part stands out and is short enough for a heading."""
        size, bold = part.style
        stands_out = size > _LARGER * self.body or (
            bold and not self.bold and size > _SMALLER * self.body
        )
        text = without_marks(part.text)
        words = len(text.split())
        most = _SENTENCE_WORDS if size > _LARGER * self.body else 0
        is_sentence = text.endswith((".", ";", ",", ":")) and words > most
        short = words <= _HEADING_WORDS
        named = part.kind == "paragraph" or (part.kind == "item" and bool(part.mark))
        return stands_out and named and short and not is_sentence and any(map(str.isalpha, text))

    def mark(self, pages: Sequence[PageParts]) -> bool:
        """Make headings of the parts that are some; say whether there were any."""
        found = False
        for page in pages:
            for part in page.parts:
                if level := self.level(part):
                    make_heading(part, level)
                    found = True
        return found


def find_styles(body: float, pages: Sequence[PageParts]) -> Styles:
    """Work out the styles of a document from its parts before they are headings.

    :param body: the size of the text, in points.
    """
    weights = Counter[bool]()
    for page in pages:
        for part in page.parts:
            if abs(part.style[0] - body) < _SAME_SIZE:
                weights[part.style[1]] += len(part.text)
    bare = Styles(body, weights[True] > weights[False], {})
    seen: dict[Style, set[int]] = {}
    for page in pages:
        for part in page.parts:
            if bare.could_be_heading(part):
                seen.setdefault(part.style, set()).add(part.page)
    ranked = sorted(seen, reverse=True)
    # What is only on a cover is the title: the headings of the text begin at level 1 as well.
    cover = 0
    if pages and not any(abs(part.style[0] - body) < _SAME_SIZE for part in pages[0].parts):
        while cover < len(ranked) - 1 and seen[ranked[cover]] == {pages[0].number}:
            cover += 1
    levels = {style: min(max(rank - cover, 0) + 1, 6) for rank, style in enumerate(ranked)}
    return Styles(body, bare.bold, levels)


def parts_of_page(
    number: int, lines: Sequence[Line], type_: Type, rules: Sequence[float] = ()
) -> PageParts:
    """Give the parts of a page: paragraphs, items, rows and notes; no headings yet.

    :param number: of the page.
    :param rules: the heights of the lines that are drawn across the page.
    """
    result = PageParts(number)
    parts: list[Part] = []
    for each in in_order(lines):
        if isinstance(each, Grid):
            texts = table_rows(each, rules)
            parts += [Part("row", text, number) for text in texts]
            continue
        column = list(_paragraphs(each.lines, number, type_))
        if column and parts and goes_on(parts[-1], column[0]) and _alike(parts[-1], column[0]):
            parts[-1].text = joined(parts[-1].text, column[0].text)
            parts[-1].full = column[0].full
            del column[0]
        parts += column
    small = Styles(type_.size, False, {})
    last_text = max(
        (i for i, part in enumerate(parts) if not small.is_note(part.style[0])), default=-1
    )
    for place, part in enumerate(parts):
        mark, text = split_note(part.text)
        is_small = part.kind != "row" and small.is_note(part.style[0])
        at_end = place > last_text and (mark or result.notes)
        if is_small and (is_note_start(part.text) or at_end):
            if not mark and result.notes:
                result.notes[-1].text = joined(result.notes[-1].text, text)
            else:
                result.notes.append(replace(part, kind="note", mark=mark, text=text))
        elif _LEADERS.search(part.text):
            result.left_out.append(LeftOut("menu", part.text, number))
        else:
            result.parts.append(part)
    return result


def _alike(last: Part, first: Part) -> bool:
    same_size = abs(last.style[0] - first.style[0]) < _SAME_SIZE
    return same_size and last.style[1] == first.style[1]


def _paragraphs(lines: Sequence[Line], page: int, type_: Type) -> Iterator[Part]:
    """Put the lines of a column together to paragraphs and items."""
    edges = TextEdges(page, lines)
    group: list[Line] = []
    for line in lines:
        if group and _begins(line, group, edges, type_):
            yield _part(group, edges)
            group = []
        group.append(line)
    if group:
        yield _part(group, edges)


def _begins(line: Line, group: Sequence[Line], edges: TextEdges, type_: Type) -> bool:
    """Say whether a line begins a paragraph of its own."""
    above = group[-1]
    if abs(line.size - above.size) > _SAME_SIZE:
        return True
    distance = above.base - line.base
    usual = type_.distances.get(_rounded(line.size), line.size * _FARTHEST / _NEW_PARAGRAPH)
    farthest = _NEW_PARAGRAPH * usual
    if line.bold or line.size > _LARGER * type_.size:
        farthest = max(farthest, _IN_HEADING * line.size)
    if distance > farthest:
        return True
    text = line.text
    if is_note_start(text):
        return True
    ended = SENTENCE_END.search(above.text) is not None
    has_room = not edges.reaches(above.right)
    if line.bold != above.bold and (ended or has_room):
        return True
    mark, _ = split_mark(text)
    if mark is not None and (line.text_left > line.left or ended or has_room):
        return True
    if _LEADERS.search(above.text):
        return True
    indented = line.left > group[0].text_left + _INDENT and len(group) == 1 and not has_room
    return ended and (has_room or (line.left > above.left + _INDENT and not indented))


def _part(group: Sequence[Line], edges: TextEdges) -> Part:
    runs = [run for line in group for run in line.runs]
    text = text_of(runs)
    mark, rest = split_mark(text)
    kind: BlockKind = "paragraph" if mark is None or not rest else "item"
    part = make_part(kind, text if kind == "paragraph" else rest, runs, edges)
    part.mark = mark or "" if kind == "item" else ""
    part.left = group[0].text_left - edges.left
    return part

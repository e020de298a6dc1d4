"""Page numbers and running headers that stand between the lines of a text copied out of a PDF."""

import re
from collections import defaultdict
from collections.abc import Sequence

from knowledge.documents.readers.lines import WIDEST_WRAPPED
from knowledge.documents.readers.plain import SourceLine

_AROUND = r"[-–—|.\s]*"
_OF = r"\s*(?:of|/)\s*\d{1,4}"
_NUMBER = re.compile(rf"{_AROUND}(?:page\s+)?(\d{{1,4}})(?:{_OF})?{_AROUND}", re.IGNORECASE)
_LABELLED = re.compile(
    rf"{_AROUND}(?:page\s+\d{{1,4}}(?:{_OF})?|\d{{1,4}}\s+of\s+\d{{1,4}}){_AROUND}", re.IGNORECASE
)
_LONGEST_HEADER = 15  # words
_FULL = 50  # characters of a line that may have been broken because it was full
_ENDS = (".", "!", "?", ":", ";", "…")


def without_page_marks(lines: Sequence[str]) -> tuple[list[SourceLine], list[SourceLine]]:
    """Take page numbers and running headers out, and join the sentence that they cut in two.

    A line counts only when it shows that a page ends there: it stands inside a sentence, beside a
    page number or a form feed, or it is one of a row of numbers that go up by one. The heading
    "How to apply" may stand three times.

    :return: the lines that stay, and those that were taken out.
    """
    marks = _marks([line.replace("\f", "").strip() for line in lines], lines)
    kept: list[SourceLine] = []
    cut = False  # a page ended since the last line that was kept
    for place, line in enumerate(lines):
        if place in marks:
            cut = True
            while kept and not kept[-1].text.strip():
                kept.pop()
            continue
        text = line.replace("\f", "")
        cut = cut or "\f" in line
        if cut and not text.strip():
            continue
        number = place + 1
        if cut and kept and _goes_on(kept[-1].text, text):
            last = kept[-1]
            if max(len(last.text), len(text)) > WIDEST_WRAPPED:  # a paragraph a line
                kept[-1] = last._replace(text=f"{last.text.rstrip()} {text.lstrip()}")
            else:
                kept.append(SourceLine(text.lstrip(), number))
        else:
            if cut and kept:
                kept.append(SourceLine("", number))
            kept.append(SourceLine(text, number))
        cut = False
    return kept, [SourceLine(lines[place].strip(), place + 1) for place in sorted(marks)]


def _marks(texts: Sequence[str], lines: Sequence[str]) -> set[int]:
    content = [place for place, text in enumerate(texts) if text]
    same: dict[str, list[int]] = defaultdict(list)
    for place in content:
        if len(texts[place].split()) <= _LONGEST_HEADER and not texts[place].endswith(_ENDS[:3]):
            same[re.sub(r"\d+", "#", texts[place].casefold())].append(place)
    candidates = {
        place
        for shape, places in same.items()
        for place in places
        if len(places) > 1 or _NUMBER.fullmatch(shape.replace("#", "1"))
    }
    marks = {place for place in content if _LABELLED.fullmatch(texts[place])}
    marks |= _counting(texts, content, candidates)
    for place in candidates:
        if _NUMBER.fullmatch(texts[place]) and _cuts_a_sentence(texts, content, place, candidates):
            marks.add(place)
    for places in same.values():
        if len(places) < 2 or marks.issuperset(places):
            continue
        at_edge = [each for each in places if _at_edge(content, lines, each, marks)]
        cutting = [e for e in places if _cuts_a_sentence(texts, content, e, candidates)]
        if 2 * len(at_edge) >= len(places) or cutting:
            marks.update(places)
    return marks


def _counting(texts: Sequence[str], content: Sequence[int], candidates: set[int]) -> set[int]:
    """Give the lines that are numbers only and go up by one, with text between them."""
    found: set[int] = set()
    before: tuple[int, int] | None = None
    for order, place in enumerate(content):
        number = _NUMBER.fullmatch(texts[place])
        if number is None or place not in candidates:
            continue
        value = int(number[1])
        if before is not None and value == before[1] + 1 and order > before[0] + 2:
            found |= {content[before[0]], place}
        before = (order, value)
    return found


def _at_edge(content: Sequence[int], lines: Sequence[str], place: int, marks: set[int]) -> bool:
    """Say whether a line stands beside a page number or at a form feed."""
    order = content.index(place)
    around = content[max(order - 1, 0) : order + 2]
    feeds = any("\f" in line for line in lines[around[0] : around[-1] + 1])
    return feeds or any(other in marks for other in around if other != place)


def _cuts_a_sentence(
    texts: Sequence[str], content: Sequence[int], place: int, candidates: set[int]
) -> bool:
    order = content.index(place)
    before = next((at for at in reversed(content[:order]) if at not in candidates), None)
    after = next((at for at in content[order + 1 :] if at not in candidates), None)
    if before is None or after is None:
        return False
    return len(texts[before]) >= _FULL and _goes_on(texts[before], texts[after])


def _goes_on(before: str, after: str) -> bool:
    """Say whether a line goes on with the sentence of the line before it."""
    start = after.lstrip()[:1]
    return start.islower() and not before.rstrip().endswith(_ENDS)

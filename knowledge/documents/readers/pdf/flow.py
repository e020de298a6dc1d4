"""The pages of a document joined into one flow of blocks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.documents.blocks import Block, LeftOut
from knowledge.documents.readers.draft import without_empty
from knowledge.documents.readers.pdf.parts import SENTENCE_END, PageParts, Part
from knowledge.documents.readers.pdf.text import Settler, joined, marks_in, without_marks

_SAME_DEPTH = 6.0  # points; items of one list stand as far to the right, but for their marks
_FEWEST_ENTRIES = 3  # a shorter run of lines that are headings elsewhere is no table of contents
_TEXT = ("paragraph", "item", "quote")


@dataclass
class Flow:
    """All parts of a document in the order of reading."""

    parts: list[Part] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def join_pages(pages: Sequence[PageParts]) -> Flow:
    """Join what goes on from page to page, and put each note after what it belongs to."""
    flow = Flow()
    notes: list[Part] = []
    for page in pages:
        parts = list(page.parts)
        if parts and flow.parts and goes_on(flow.parts[-1], parts[0]):
            _append(flow.parts[-1], parts.pop(0))
        flow.parts += parts
        for note in page.notes:
            if notes and not note.mark and notes[-1].page == page.number - 1:
                _append(notes[-1], note)
            else:
                notes.append(note)
        flow.left_out += page.left_out
    flow.parts = list(_with_notes(flow.parts, notes))
    return flow


def goes_on(last: Part, first: Part) -> bool:
    """Say whether a part is the rest of the one before, which a page or column ended."""
    if last.kind not in _TEXT or first.kind not in _TEXT or first.mark:
        return False
    if first.begun:
        return True
    if first.kind == "item" or (first.kind == "quote") != (last.kind == "quote"):
        return False
    text = without_marks(last.text)
    if text.endswith("-"):
        return True
    starts_small = first.text[:1].islower() or first.text[:1] in ",.;)’”"
    if SENTENCE_END.search(text):
        return starts_small and last.full and not text.endswith(":")
    return starts_small or last.full


def blocks_of(flow: Flow) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Give the blocks of a flow, and what was left out of it in the end."""
    parts, contents = _without_contents(flow.parts)
    marks = {part.mark for part in parts if part.kind == "note"}
    settler = Settler([part.text for part in parts], marks)
    depths = _depths(parts)
    blocks = []
    for part, depth in zip(parts, depths, strict=True):
        level = part.level if part.kind == "heading" else depth
        text = settler.settle(part.text)
        if text:
            blocks.append(Block(part.kind, level, text, part.mark, part.page))
    kept, empty = without_empty(blocks)
    menu = (LeftOut("menu", settler.settle(part.text), part.page) for part in contents)
    left_out = (replace(each, text=settler.settle(each.text)) for each in flow.left_out)
    return kept, (*left_out, *menu, *empty)


def _append(last: Part, first: Part) -> None:
    last.text = joined(last.text, first.text)
    last.full = first.full


def _with_notes(parts: Sequence[Part], notes: Sequence[Part]) -> Iterator[Part]:
    """Put a note after the part that holds its mark; a list or table is not broken for it."""
    waiting = list(notes)
    due: list[Part] = []
    for place, part in enumerate(parts):
        yield part
        for mark in marks_in(part.text):
            # The same mark may come again in another chapter.
            own = next((n for n in waiting if n.mark == mark and n.page >= part.page), None)
            if own is not None:
                waiting.remove(own)
                due.append(own)
        following = parts[place + 1] if place + 1 < len(parts) else None
        if following is None or following.page > part.page:
            stay = [note for note in waiting if note.page > part.page]
            due += [note for note in waiting if note.page <= part.page]
            waiting = stay
        if following is None or part.kind not in ("item", "row") or following.kind != part.kind:
            yield from due
            due = []
    yield from waiting


def _depths(parts: Sequence[Part]) -> list[int]:
    """Give each item's depth: it is deeper than the one before when it stands further right."""
    depths = []
    lefts: list[float] = []
    for part in parts:
        if part.kind != "item":
            lefts = lefts if part.kind == "note" else []
            depths.append(0)
            continue
        while lefts and part.left < lefts[-1] - _SAME_DEPTH:
            lefts.pop()
        if not lefts or part.left > lefts[-1] + _SAME_DEPTH:
            lefts.append(part.left)
        depths.append(len(lefts))
    return depths


def _without_contents(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Take out tables of contents: lines in a row that are headings of the document."""
    headings = {_bare(part) for part in parts if part.kind == "heading"}
    runs: list[list[int]] = [[]]
    for place, part in enumerate(parts):
        if part.kind in ("paragraph", "item", "row") and _is_entry(_bare(part), headings):
            runs[-1].append(place)
        elif runs[-1] and place > runs[-1][-1] + 1:
            runs.append([])
    entries = {place for run in runs if len(run) >= _FEWEST_ENTRIES for place in run}
    kept = [part for place, part in enumerate(parts) if place not in entries]
    return kept, [parts[place] for place in sorted(entries)]


def _bare(part: Part) -> str:
    """Give a part's words without the number of a page at their end."""
    return f"{part.mark} {part.text}".strip().rstrip(" .…;0123456789").casefold()


def _is_entry(text: str, headings: Collection[str]) -> bool:
    """Say whether a line is a heading of the document, or the first or last line of one."""
    if text in headings:
        return True
    return len(text.split()) > 1 and any(h.startswith(text) or h.endswith(text) for h in headings)

"""Documents cut into passages: the parts that an answer may quote."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.documents.blocks import Block
from knowledge.documents.readers.plain import slug
from knowledge.documents.readers.pointers import has_facts
from knowledge.language.sentences import ITEM_MARKS, introduces, split_sentences

FEWEST_WORDS = 40  # a part of a long section with fewer joins the part before it
MOST_WORDS = 160  # only a single sentence or list item may be longer
_USELESS_WORDS = 8  # a section with fewer says nothing alone, unless it holds a fact
_NO_HEADING = "introduction"
_LISTED = frozenset({"item", "row", "definition"})  # what reads alone, under what leads into it


@dataclass(frozen=True)
class Piece:
    """A passage before it belongs to a document.

    :param anchor: names the piece in its document; stays the same when other sections change.
    :param headings: the heading trail, outermost first, without the document's title.
    :param text: verbatim; paragraphs are lines; list items, definitions and the rows of tables are
        lines that start with "• ", and with "◦ " in a list inside a list.
    :param page: the page on which it begins, from 1; None where the source has no pages.
    """

    anchor: str
    headings: tuple[str, ...]
    text: str
    page: int | None = None


@dataclass(frozen=True)
class _Part:
    """Some lines that stay together, and the page on which they begin."""

    text: str
    page: int | None = None

    def words(self) -> int:
        return _words(self.text)


@dataclass
class _Section:
    """What stands under one heading, up to the next heading of any depth."""

    trail: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)
    before: list[_Part] = field(default_factory=list)  # a useless section before it

    def words(self) -> int:
        return sum(_words(block.text) for block in self.blocks)


def split(blocks: Sequence[Block], title: str) -> tuple[Piece, ...]:
    """Cut a document into pieces of about 40 to 160 words that follow its structure.

    A section is one piece when it fits. A longer one is cut between paragraphs and lists, a
    longer list or table between its items or rows with its lead-in or caption repeated, a longer
    paragraph between sentences. Where a page ends, a piece that has enough words ends as well, so
    that the page that is cited is the one on which the words stand.

    :param title: the document's title, which is left out of the heading trails.
    """
    anchors: set[str] = set()
    pieces = []
    for section in _joined(_sections(title, blocks)):
        anchor = _anchor(section.trail, anchors)
        for number, part in enumerate(_packed(section), 1):
            name = anchor if number == 1 else _unused(anchor, anchors, number)
            anchors.add(name)
            pieces.append(Piece(name, section.trail, part.text, part.page))
    return tuple(pieces)


def _sections(title: str, blocks: Sequence[Block]) -> list[_Section]:
    path: list[tuple[float, str]] = []
    sections = [_Section(())]
    moved: list[tuple[_Section, str]] = []  # lead-ins, and the sections they stood in
    for block in blocks:
        if block.kind != "heading":
            sections[-1].blocks.append(block)
            continue
        lead_in = _hanging_lead_in(sections[-1]) if block.text else None
        if lead_in:
            moved.append((sections[-1], lead_in))
        while path and path[-1][0] >= block.level:
            path.pop()
        if lead_in:
            # "We are campaigning to:" above headings belongs to each of them.
            path.append((block.level - 0.5, lead_in))
        if block.text and block.text.casefold() != title.casefold():
            path.append((block.level, block.text))
        sections.append(_Section(tuple(text for _, text in path)))
    for section, lead_in in moved:
        if not any(lead_in in other.trail for other in sections if other.blocks):
            section.blocks.append(Block("paragraph", 0, lead_in))  # it led into nothing: keep it
    return [section for section in sections if section.blocks]


def _hanging_lead_in(section: _Section) -> str | None:
    """Take the lead-in off the end of a section whose list is made of the headings below it."""
    if not section.blocks or section.blocks[-1].kind != "paragraph":
        return None
    block = section.blocks[-1]
    if not block.text.endswith(":"):
        return None
    last = split_sentences(block.text)[-1]
    rest = block.text[: last.start].rstrip()
    section.blocks[-1:] = [replace(block, text=rest)] if rest else []
    return last.text


def _joined(sections: list[_Section]) -> Iterator[_Section]:
    """Join a section that is useless alone with the next one under the same parent."""
    for section, following in itertools.zip_longest(sections, sections[1:]):
        useless = section.words() < _USELESS_WORDS and not any(
            has_facts(block.text) or block.kind in _LISTED for block in section.blocks
        )
        if useless and section.trail and following and following.trail[:-1] == section.trail[:-1]:
            page = section.blocks[0].page
            heading = [_Part(section.trail[-1], page)] if section.trail != following.trail else []
            own = [_Part(block.text, block.page) for block in section.blocks]
            following.before = [*section.before, *heading, *own]
        else:
            yield section


def _packed(section: _Section) -> list[_Part]:
    """Pack the section's paragraphs, lists and tables into texts of about the same length."""
    parts = [*section.before, *_parts(section.blocks)]
    total = sum(part.words() for part in parts)
    if total <= MOST_WORDS and len({part.page for part in parts}) == 1:
        return [_together(parts)]
    target = total / math.ceil(total / MOST_WORDS)
    packs: list[list[_Part]] = [[]]
    for part in parts:
        have = sum(each.words() for each in packs[-1])
        would_have = have + part.words()
        if packs[-1] and (
            would_have > MOST_WORDS
            or _turns_page(have, packs[-1][0].page, part.page)
            or (have >= FEWEST_WORDS and target - have < would_have - target)
        ):
            packs.append([])
        packs[-1].append(part)
    last = sum(part.words() for part in packs[-1])
    if len(packs) > 1 and last < FEWEST_WORDS and packs[-2][0].page == packs[-1][0].page:
        if last + sum(part.words() for part in packs[-2]) <= MOST_WORDS:
            packs[-2:] = [packs[-2] + packs[-1]]
        elif len(packs[-2]) > 1:
            packs[-1].insert(0, packs[-2].pop())
    return [_together(pack) for pack in packs]


def _turns_page(words: int, page: int | None, new: int | None) -> bool:
    """Say whether a piece with so many words ends because a page does."""
    return new != page and words >= FEWEST_WORDS


def _together(parts: Sequence[_Part]) -> _Part:
    return _Part("\n".join(part.text for part in parts), parts[0].page)


def _parts(blocks: Sequence[Block]) -> Iterator[_Part]:
    """Give what must stay together: a paragraph, or a list or table with what leads into it."""
    lead_in: Block | None = None
    runs = [list(run) for _, run in itertools.groupby(blocks, key=_run_of)]
    for run, following in itertools.zip_longest(runs, runs[1:]):
        if run[0].kind in _LISTED:
            yield from _list_parts(lead_in, run)
            lead_in = None
            continue
        lead_in = run[-1] if following and _leads_into(run[-1], following[0]) else None
        yield from _text_parts(run[:-1] if lead_in else run)


def _run_of(block: Block) -> str:
    """Say what a block is packed with: with text, with a list, or with the rows of a table."""
    if block.kind in _LISTED:
        return "rows" if block.kind == "row" else "list"
    return "text"


def _leads_into(block: Block, first: Block) -> bool:
    """Say whether a text leads into the list or table that begins with `first`."""
    if block.kind == "caption":
        return first.kind == "row"
    return first.kind in _LISTED and block.kind != "quote" and introduces(block.text)


def _text_parts(blocks: Sequence[Block]) -> Iterator[_Part]:
    """Give paragraphs, quotes and notes; the title of a note stays with the note."""
    title: Block | None = None
    for block, following in itertools.zip_longest(blocks, blocks[1:]):
        if title is not None:
            first, *rest = _paragraph_parts(block)
            yield _Part(f"{title.text}\n{first.text}", title.page)
            yield from rest
            title = None
        elif (
            block.kind == "note"
            and following
            and following.kind == "note"
            and introduces(block.text)
        ):
            title = block
        else:
            yield from _paragraph_parts(block)


def _list_parts(lead_in: Block | None, items: Sequence[Block]) -> Iterator[_Part]:
    groups: list[list[Block]] = []  # an item with the items inside it
    for item in items:
        if item.level > 1 and groups:
            groups[-1].append(item)
        else:
            groups.append([item])
    head = _line(lead_in) if lead_in else ""
    total = sum(_words(_line(item)) for item in items) + _words(head)
    most = max(total / math.ceil(total / MOST_WORDS), FEWEST_WORDS) + 10
    repeated = split_sentences(head)[-1].text if head else ""
    lines: list[str] = []
    page = lead_in.page if lead_in else items[0].page
    for group in groups:
        new = [_line(item) for item in group]
        have = sum(map(_words, [head, *lines]))
        too_long = total > MOST_WORDS and have + sum(map(_words, new)) > most
        if lines and (too_long or _turns_page(have, page, group[0].page)):
            yield _Part("\n".join(filter(None, [head, *lines])), page)
            head, lines, page = repeated, [], group[0].page
        lines += new
    yield _Part("\n".join(filter(None, [head, *lines])), page)


def _line(block: Block) -> str:
    """Give a block as a line of a passage, with its mark."""
    text = f"{block.mark} {block.text}".strip()
    if block.kind not in _LISTED:
        return text
    return ITEM_MARKS[min(max(block.level, 1), len(ITEM_MARKS)) - 1] + text


def _paragraph_parts(block: Block) -> list[_Part]:
    text = _line(block)
    if _words(text) <= MOST_WORDS:
        return [_Part(text, block.page)]
    most = _words(text) / math.ceil(_words(text) / MOST_WORDS)
    parts: list[str] = []
    for sentence in split_sentences(text):
        if parts and _words(parts[-1]) + _words(sentence.text) <= most + 10:
            parts[-1] += f" {sentence.text}"
        else:
            parts.append(sentence.text)
    return [_Part(part, block.page) for part in parts]


def _words(text: str) -> int:
    return len(text.split())


def _anchor(trail: Sequence[str], used: set[str]) -> str:
    """Name a section after its innermost heading; after its parent too when that name is taken."""
    names = [slug(heading) or "section" for heading in trail] or [_NO_HEADING]
    for start in range(len(names) - 1, -1, -1):
        if (name := "-".join(names[start:])) not in used:
            return name
    return _unused(names[-1], used, 2)


def _unused(name: str, used: set[str], number: int) -> str:
    while f"{name}-{number}" in used:
        number += 1
    return f"{name}-{number}"

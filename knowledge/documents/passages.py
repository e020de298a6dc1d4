"""Documents cut into passages: the parts that an answer may quote."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.documents.blocks import Block
from knowledge.documents.readers.plain import slug
from knowledge.documents.readers.pointers import has_facts
from knowledge.language.sentences import ITEM_MARKS, introduces, split_sentences

FEWEST_WORDS = 40  # a part of a long section with fewer joins the part before it
MOST_WORDS = 160  # only a single sentence or list item may be longer
_USELESS_WORDS = 8  # a section with fewer says nothing alone, unless it holds a fact
_NO_HEADING = "introduction"


@dataclass(frozen=True)
class Piece:
    """A passage before it belongs to a document.

    :param anchor: names the piece in its document; stays the same when other sections change.
    :param headings: the heading trail, outermost first, without the document's title.
    :param text: verbatim; paragraphs are lines, list items are lines that start with "• ", and
        with "◦ " in a list inside a list.
    :param page: the page on which the piece begins, from 1; None where the source has no pages.
    """

    anchor: str
    headings: tuple[str, ...]
    text: str
    page: int | None = None


@dataclass
class _Section:
    """What stands under one heading, up to the next heading of any depth."""

    trail: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)
    before: list[str] = field(default_factory=list)  # a useless section before it

    def words(self) -> int:
        return sum(_words(block.text) for block in self.blocks)

    def page_of(self, text: str) -> int | None:
        """Give the page of the block with which a piece of this section begins."""
        first = text.partition("\n")[0].lstrip("".join(ITEM_MARKS))
        begins = (block for block in self.blocks if first in block.text)
        return next(begins, self.blocks[0]).page


def split(blocks: Sequence[Block], title: str) -> tuple[Piece, ...]:
    """Cut a document into pieces of about 40 to 160 words that follow its structure.

    A section is one piece when it fits. A longer one is cut between paragraphs and lists, a
    longer list between its items with its lead-in repeated, a longer paragraph between sentences.

    :param title: the document's title, which is left out of the heading trails.
    """
    anchors: set[str] = set()
    pieces = []
    for section in _joined(_sections(title, blocks)):
        anchor = _anchor(section.trail, anchors)
        for number, text in enumerate(_texts(section), 1):
            name = anchor if number == 1 else _unused(anchor, anchors, number)
            anchors.add(name)
            pieces.append(Piece(name, section.trail, text, section.page_of(text)))
    return tuple(pieces)


def _sections(title: str, blocks: Sequence[Block]) -> list[_Section]:
    path: list[tuple[float, str]] = []
    sections = [_Section(())]
    moved: list[tuple[_Section, str]] = []  # lead-ins, and the sections they stood in
    for block in blocks:
        if block.kind != "heading":
            sections[-1].blocks.append(block)
            continue
        lead_in = _hanging_lead_in(sections[-1])
        if lead_in:
            moved.append((sections[-1], lead_in))
        while path and path[-1][0] >= block.level:
            path.pop()
        if lead_in:
            # "We are campaigning to:" above headings belongs to each of them.
            path.append((block.level - 0.5, lead_in))
        if block.text.casefold() != title.casefold():
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
    section.blocks[-1:] = [Block("paragraph", 0, rest)] if rest else []
    return last.text


def _joined(sections: list[_Section]) -> Iterator[_Section]:
    """Join a section that is useless alone with the next one under the same parent."""
    for section, following in itertools.zip_longest(sections, sections[1:]):
        useless = section.words() < _USELESS_WORDS and not any(
            has_facts(block.text) or block.kind == "item" for block in section.blocks
        )
        if useless and section.trail and following and following.trail[:-1] == section.trail[:-1]:
            own = [block.text for block in section.blocks]
            following.before = [*section.before, section.trail[-1], *own]
        else:
            yield section


def _texts(section: _Section) -> list[str]:
    """Pack the section's paragraphs and lists into texts of about the same length."""
    parts = [*section.before, *itertools.chain.from_iterable(_parts(section.blocks))]
    if sum(map(_words, parts)) <= MOST_WORDS:
        return ["\n".join(parts)]
    target = sum(map(_words, parts)) / math.ceil(sum(map(_words, parts)) / MOST_WORDS)
    packs: list[list[str]] = [[]]
    for part in parts:
        have = sum(map(_words, packs[-1]))
        would_have = have + _words(part)
        if packs[-1] and (
            would_have > MOST_WORDS
            or (have >= FEWEST_WORDS and target - have < would_have - target)
        ):
            packs.append([])
        packs[-1].append(part)
    last = sum(map(_words, packs[-1]))
    if len(packs) > 1 and last < FEWEST_WORDS:
        if last + sum(map(_words, packs[-2])) <= MOST_WORDS:
            packs[-2:] = [packs[-2] + packs[-1]]
        elif len(packs[-2]) > 1:
            packs[-1].insert(0, packs[-2].pop())
    return ["\n".join(pack) for pack in packs]


def _parts(blocks: Sequence[Block]) -> Iterator[list[str]]:
    """Give what must stay together: a paragraph, or a list with its lead-in, cut when too long."""
    lead_in = ""
    for kind, run in itertools.groupby(blocks, key=lambda block: block.kind):
        if kind == "item":
            yield _list_parts(lead_in, list(run))
            lead_in = ""
            continue
        *texts, last = [block.text for block in run]
        lead_in = last if introduces(last) else ""
        for text in texts if lead_in else [*texts, last]:
            yield _paragraph_parts(text)
    if lead_in:
        yield _paragraph_parts(lead_in)


def _list_parts(lead_in: str, items: Sequence[Block]) -> list[str]:
    groups: list[list[str]] = []  # an item with the items inside it
    for item in items:
        line = ITEM_MARKS[min(item.level, len(ITEM_MARKS)) - 1] + item.text
        if item.level > 1 and groups:
            groups[-1].append(line)
        else:
            groups.append([line])
    whole = list(itertools.chain([lead_in] if lead_in else [], *groups))
    total = sum(map(_words, whole))
    if total <= MOST_WORDS:
        return ["\n".join(whole)]
    repeated = split_sentences(lead_in)[-1].text if lead_in else ""
    head, parts = lead_in, []
    most = total / math.ceil(total / MOST_WORDS)
    lines: list[str] = []
    for group in groups:
        if lines and sum(map(_words, [head, *lines, *group])) > max(most, FEWEST_WORDS) + 10:
            parts.append("\n".join(filter(None, [head, *lines])))
            head, lines = repeated, []
        lines += group
    parts.append("\n".join(filter(None, [head, *lines])))
    return parts


def _paragraph_parts(text: str) -> list[str]:
    if _words(text) <= MOST_WORDS:
        return [text]
    most = _words(text) / math.ceil(_words(text) / MOST_WORDS)
    parts: list[str] = []
    for sentence in split_sentences(text):
        if parts and _words(parts[-1]) + _words(sentence.text) <= most + 10:
            parts[-1] += f" {sentence.text}"
        else:
            parts.append(sentence.text)
    return parts


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

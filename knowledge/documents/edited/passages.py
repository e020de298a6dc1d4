"""Blocks made of passages again: of a document whose source is not at hand any more."""

from collections.abc import Iterable, Iterator, Sequence

from knowledge.documents.blocks import Block
from knowledge.documents.document import Passage
from knowledge.language.sentences import ITEM_MARKS, split_sentences

_TOP = 2  # the level of the outermost headings; the title has the first


def blocks_of_passages(passages: Iterable[Passage]) -> tuple[Block, ...]:
    """Give blocks with the words of some passages, in their order.

    What a line was besides an item or a heading, such as a quotation, passages do not say; and a
    long paragraph that was parted stays parted.
    """
    blocks: list[Block] = []
    trail: tuple[str, ...] = ()
    for passage in passages:
        new_section = passage.headings != trail
        blocks += _headings(trail, passage.headings, passage.page)
        trail = passage.headings
        lines = passage.text.split("\n")
        if not new_section and _repeats_lead_in(lines, blocks):
            lines = lines[1:]  # a long list was parted, and says at each part what leads into it
        blocks += (_block(line, passage.page) for line in lines)
    return tuple(blocks)


def _headings(before: tuple[str, ...], after: tuple[str, ...], page: int | None) -> Iterator[Block]:
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    if same == len(after) < len(before):
        yield Block("heading", _level(same), "", page=page)  # ends the deeper section
    for depth in range(same, len(after)):
        yield Block("heading", _level(depth), after[depth], page=page)


def _level(depth: int) -> int:
    return min(_TOP + depth, 6)


def _repeats_lead_in(lines: Sequence[str], blocks: Sequence[Block]) -> bool:
    if len(lines) < 2 or not lines[1].startswith(ITEM_MARKS):
        return False
    at = len(blocks) - 1
    while at >= 0 and blocks[at].kind == "item":
        at -= 1
    if at < 0 or at == len(blocks) - 1 or blocks[at].kind == "heading":
        return False
    return split_sentences(blocks[at].text)[-1].text == lines[0]


def _block(line: str, page: int | None) -> Block:
    for level, mark in enumerate(ITEM_MARKS, 1):
        if line.startswith(mark):
            return Block("item", level, line.removeprefix(mark), page=page)
    return Block("paragraph", 0, line, page=page)

"""What readers of every kind do to their blocks in the end."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.documents.blocks import Block, Draft, LeftOut
from knowledge.documents.readers.plain import normal
from knowledge.documents.readers.pointers import has_facts, without_pointers

_PROSE = frozenset({"paragraph", "item", "quote", "note"})  # what may hold a sentence about a link


def tidy(
    parts: Iterable[Block | LeftOut],
) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Leave out what only points at a link, and then headings and lead-ins with nothing under them.

    :param parts: the blocks, and among them what was left out before.
    :return: the blocks that stay, and all that was left out, both in the order of the source.
    """
    return without_empty(list(_without_pointers(parts)))


def _without_pointers(parts: Iterable[Block | LeftOut]) -> Iterable[Block | LeftOut]:
    for part in parts:
        if isinstance(part, LeftOut):
            yield part
            continue
        text = normal(part.text)
        if part.kind in _PROSE:
            text, pointers = without_pointers(text, item=part.kind == "item")
            yield from (LeftOut("pointer", each, part.page, part.place) for each in pointers)
        if text or (part.kind == "heading" and not part.text):
            yield replace(part, text=text)


def without_empty(
    parts: Sequence[Block | LeftOut],
) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Leave out headings without text below them, and lead-ins whose list was left out.

    A heading that states a fact, such as "Call us on 0300 555 0100", becomes a paragraph of its
    own.
    """
    result: list[Block | LeftOut] = []  # from the end to the beginning
    following: Block | None = None
    for part in reversed(parts):
        if isinstance(part, LeftOut):
            result.append(part)
            continue
        lost_its_list = (
            part.kind == "paragraph"
            and part.text.endswith(":")
            and bool(result)
            and isinstance(result[-1], LeftOut)
            and (following is None or following.kind == "heading")
        )
        is_empty = _is_empty(part, following)
        if is_empty and has_facts(part.text):
            # Without the heading above it the fact would belong to the section before.
            result.append(replace(part, kind="paragraph", level=0))
            result.append(following := replace(part, text=""))
        elif not (is_empty or lost_its_list):
            result.append(part)
            following = part
        elif part.text:
            result.append(part.left_out("empty heading"))
    blocks = tuple(part for part in reversed(result) if isinstance(part, Block))
    return blocks, tuple(part for part in reversed(result) if isinstance(part, LeftOut))


def _is_empty(block: Block, following: Block | None) -> bool:
    """Say whether a heading has neither text nor a deeper heading below it."""
    if block.kind != "heading":
        return False
    return following is None or (following.kind == "heading" and following.level <= block.level)


def own_ids(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Give each draft of one file an identifier of its own."""
    seen: dict[str, int] = {}
    result = []
    for draft in drafts:
        seen[draft.id] = seen.get(draft.id, 0) + 1
        count = seen[draft.id]
        name = draft.id if count == 1 else f"{draft.id}-{count}"
        result.append(replace(draft, id=name))
    return tuple(result)

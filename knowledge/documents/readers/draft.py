"""What readers of every kind do to their blocks in the end."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.documents.blocks import Block, Draft, LeftOut
from knowledge.documents.readers.plain import normal
from knowledge.documents.readers.pointers import without_pointers


def tidy(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Leave out what only points at a link, and then headings and lead-ins with nothing under them.

    :return: the blocks that stay, and what was left out.
    """
    kept: list[Block] = []
    left_out: list[LeftOut] = []
    emptied: set[int] = set()  # places in `kept` right after which something was left out
    for block in blocks:
        text = normal(block.text)
        if block.kind != "heading":
            text, pointers = without_pointers(text, item=block.kind == "item")
            left_out.extend(LeftOut("pointer", each, block.page) for each in pointers)
        if text:
            kept.append(replace(block, text=text))
        else:
            emptied.add(len(kept))
    stay: list[Block] = []
    for place in range(len(kept) - 1, -1, -1):
        block = kept[place]
        following = stay[-1] if stay else None
        lost_its_list = (
            block.kind == "paragraph"
            and block.text.endswith(":")
            and place + 1 in emptied
            and (following is None or following.kind == "heading")
        )
        if _is_empty(block, following) or lost_its_list:
            left_out.append(LeftOut("empty heading", block.text, block.page))
        else:
            stay.append(block)
    return tuple(reversed(stay)), tuple(left_out)


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

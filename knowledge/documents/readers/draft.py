"""What readers of every kind do to their blocks in the end."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.documents.blocks import Block, Draft, LeftOut
from knowledge.documents.readers.plain import normal
from knowledge.documents.readers.pointers import without_pointers

_PROSE = frozenset({"paragraph", "item", "quote", "note"})  # what may hold a sentence about a link


def tidy(
    parts: Iterable[Block | LeftOut],
) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Leave out what only points at a link, and then headings and lead-ins with nothing under them.

    :param parts: the blocks, and among them what was left out before.
    :return: the blocks that stay, and all that was left out, both in the order of the source.
    """
    result = _without_empty(list(_without_pointers(parts)))
    blocks = tuple(part for part in result if isinstance(part, Block))
    return blocks, tuple(part for part in result if isinstance(part, LeftOut))


def _without_pointers(parts: Iterable[Block | LeftOut]) -> Iterable[Block | LeftOut]:
    for part in parts:
        if isinstance(part, LeftOut):
            yield part
            continue
        text = normal(part.text)
        if part.kind in _PROSE:
            text, pointers = without_pointers(text, item=part.kind == "item")
            yield from (LeftOut("pointer", each, part.page) for each in pointers)
        if text or (part.kind == "heading" and not part.text):
            yield replace(part, text=text)


def _without_empty(parts: list[Block | LeftOut]) -> list[Block | LeftOut]:
    """Leave out headings without text below them, and lead-ins whose list was left out."""
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
        if not (_is_empty(part, following) or lost_its_list):
            result.append(part)
            following = part
        elif part.text:
            result.append(LeftOut("empty heading", part.text, part.page))
    return result[::-1]


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

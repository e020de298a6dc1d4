"""What a reader makes of a file: drafts of documents, made of blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from knowledge.documents.readers.plain import normal
from knowledge.documents.readers.pointers import without_pointers

BlockKind = Literal["heading", "paragraph", "item"]


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a list item.

    :param level: 1 to 6 for a heading, the depth of its list from 1 for an item, otherwise 0.
    """

    kind: BlockKind
    level: int
    text: str


@dataclass(frozen=True)
class Draft:
    """A document as read from a file, before anyone has checked it.

    :param id: a suggestion, from the title or the file name.
    :param metadata: what the file itself says, as `parse_metadata` takes it; the rest is missing.
    :param dropped: the lines that were left out, for the editor's preview.
    """

    id: str
    metadata: dict[str, Any]
    blocks: tuple[Block, ...]
    dropped: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title, or an empty text when the file has none."""
        return str(self.metadata.get("title") or "")


def tidy(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Leave out what only points at a link, and then headings and lead-ins with nothing under them.

    :return: the blocks that stay, and the texts that were left out.
    """
    kept: list[Block] = []
    dropped: list[str] = []
    emptied: set[int] = set()  # places in `kept` right after which something was left out
    for block in blocks:
        text = normal(block.text)
        if block.kind != "heading":
            text, left_out = without_pointers(text, item=block.kind == "item")
            dropped.extend(left_out)
        if text:
            kept.append(Block(block.kind, block.level, text))
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
            dropped.append(block.text)
        else:
            stay.append(block)
    return tuple(reversed(stay)), tuple(dropped)


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
        result.append(Draft(name, draft.metadata, draft.blocks, draft.dropped))
    return tuple(result)

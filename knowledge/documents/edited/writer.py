"""From blocks to the text of a draft, which reads as the same blocks again."""

import itertools
import re
from collections.abc import Sequence

from knowledge.documents.blocks import Block
from knowledge.documents.edited.lines import as_text
from knowledge.documents.edited.tables import table_lines
from knowledge.documents.edited.words import as_line

_NUMBER = re.compile(r"\d{1,9}[.)]")


def write_edited(blocks: Sequence[Block]) -> str:
    """Write blocks as Markdown.

    A mark that Markdown has no numbers for, such as "(b)", stands in front of the item's words, as
    it does in a passage.
    """
    parts: list[str] = []
    page: int | None = None
    for (new, kind), run in itertools.groupby(blocks, key=lambda each: (each.page, each.kind)):
        if new != page:
            parts.append(f"[page {new}]" if new is not None else "[no page]")
            page = new
        if kind == "item":
            parts.append("\n".join(map(_item, run)))
        elif kind == "row":
            parts.append("\n".join(table_lines([block.text for block in run])))
        else:
            parts += map(_block, run)
    return "\n\n".join(parts) + "\n" if parts else ""


def _item(block: Block) -> str:
    numbered = _NUMBER.fullmatch(block.mark)
    sign, text = (block.mark, block.text) if numbered else ("-", f"{block.mark} {block.text}")
    return f"{'  ' * (max(block.level, 1) - 1)}{sign} {as_line(text.strip())}"


def _block(block: Block) -> str:
    line = as_line(block.text)
    if block.kind == "heading":
        return f"{'#' * block.level} {line}".strip()
    if block.kind == "quote":
        return f"> {line}"
    if block.kind == "paragraph":
        return as_text(line)
    return f"[{block.kind}] {line}"

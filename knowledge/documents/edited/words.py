"""The words of a line: marks of Markdown taken off when it is read, and put so that they stay."""

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.documents.blocks import LeftOut
from knowledge.documents.readers.plain import normal

_SPECIAL = re.compile(r"[\\*_\[\]~|]")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # Everything else stands for itself: "&amp;", "<b>" and "`" are what somebody typed.
    rules = ["emphasis", "escape", "image", "link", "strikethrough"]
    return MarkdownIt("zero").enable(rules)


def words_of(line: str) -> tuple[str, tuple[LeftOut, ...]]:
    """Give the words of a line, and what is no part of a quotation.

    That is where a link leads, what describes a picture, and struck words.
    """
    words: list[str] = []
    left: list[LeftOut] = []
    struck: list[str] | None = None
    for token in _inside(_parser().parseInline(line)):
        if token.type == "s_open":
            struck = []
        elif token.type == "s_close" and struck is not None:
            left.append(LeftOut("struck", normal("".join(struck))))
            struck = None
        elif token.type == "link_open":
            left.append(LeftOut("pointer", str(token.attrGet("href") or "")))
        elif token.type == "image":
            left.append(LeftOut("picture", token.content or str(token.attrGet("src") or "")))
        else:
            (words if struck is None else struck).append(token.content)
    return normal("".join(words)), tuple(left)


def as_line(words: str, in_table: bool = False) -> str:
    """Give a line that reads as these words; marks are put before signs only where it must be."""
    if words_of(words) == (words, ()) and not (in_table and "|" in words):
        return words
    return _SPECIAL.sub(r"\\\g<0>", words)


def _inside(tokens: Sequence[Token]) -> Sequence[Token]:
    return [child for token in tokens for child in token.children or ()]

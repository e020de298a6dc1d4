"""Markdown files, with or without YAML front matter."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.documents.blocks import Block, Draft, LeftOut, left
from knowledge.documents.readers.dates import read_date
from knowledge.documents.readers.draft import tidy
from knowledge.documents.readers.html import blocks_of
from knowledge.documents.readers.plain import normal, slug
from knowledge.documents.readers.tables import rows_as_text
from knowledge.errors import ReaderError

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OUR_FIELDS = frozenset(
    "audience nations owner published publisher review_by reviewed roles source timing "
    "topics".split()
)
_OTHER_DATES = ("date", "date_posted", "date_published", "published_at", "updated", "lastmod")


def read_markdown(content: str, name: str) -> tuple[Draft, ...]:
    """Read a Markdown text as one document.

    :param name: the file's name without its ending; it becomes the document's identifier.
    :raises ReaderError: if the front matter cannot be read.
    """
    content = content.replace("\r\n", "\n")
    match = _FRONT_MATTER.match(content)
    metadata, unknown = _front_matter(match[1], name) if match else ({}, [])
    tokens = (
        MarkdownIt("commonmark").enable("table").parse(content[match.end() :] if match else content)
    )
    left_out: list[LeftOut] = []
    blocks, dropped = tidy(_blocks(tokens, left_out))
    first = next((block for block in blocks if block.kind == "heading"), None)
    if not metadata.get("title") and first is not None:
        metadata["title"] = first.text
    return (Draft(slug(name), metadata, blocks, (*left("field", unknown), *left_out, *dropped)),)


def _front_matter(text: str, name: str) -> tuple[dict[str, Any], list[str]]:
    """Read the metadata; of another site's fields keep what we can use, and list the rest.

    Front matter that uses any field of ours is kept whole, so that a misspelt field is refused
    later instead of being lost.
    """
    try:
        values = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f" (line {mark.line + 2})" if mark else ""
        raise ReaderError(
            name, f"the lines between the two '---' are not valid YAML{line}: check the indents "
            "and put text that has a colon in quotes"
        ) from problem  # fmt: skip
    if values is None:
        return {}, []
    if not isinstance(values, dict):
        raise ReaderError(
            name, "the lines between the two '---' must be fields, such as title: Pay"
        )
    values = {str(key): _plain(value) for key, value in values.items()}
    if _OUR_FIELDS & set(values):
        return values, []
    metadata = {"title": values["title"]} if values.get("title") else {}
    for key in _OTHER_DATES:
        if (date := read_date(str(values.get(key, "")))) is not None:
            metadata["published"] = date.isoformat()
            break
    return metadata, [f"{key}: {value}" for key, value in values.items() if key != "title"]


def _plain(value: Any) -> Any:
    """Write the dates that YAML made out of text as text again, however deep."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _blocks(tokens: list[Token], left_out: list[LeftOut]) -> Iterator[Block]:
    lists: list[int | None] = []  # open lists: the next number of an ordered one, else None
    item: list[str] | None = None  # the texts of the open list item, not yet given out
    heading = 0
    table: list[list[str]] | None = None

    def finished_item() -> Iterator[Block]:
        nonlocal item
        if item:
            yield Block("item", len(lists), " ".join(item))
        item = None

    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            yield from finished_item()
            lists.append(int(token.attrGet("start") or 1) if token.type[0] == "o" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            yield from finished_item()
            lists.pop()
        elif token.type == "list_item_open":
            yield from finished_item()
            number = lists[-1]
            item = [] if number is None else [f"{number}."]
            lists[-1] = None if number is None else number + 1
        elif token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "table_open":
            table = []
        elif token.type == "tr_open" and table is not None:
            table.append([])
        elif token.type == "table_close" and table is not None:
            for row in rows_as_text(table[1:], table[0]):
                yield Block("item", len(lists) + 1, row)
            table = None
        elif token.type == "inline":
            text = _text(token, left_out)
            if table is not None:
                table[-1].append(text)
            elif heading:
                yield from finished_item()
                yield Block("heading", heading, text)
                heading = 0
            elif lists:
                item = [*(item or []), normal(text)]
            else:
                bold = _is_bold(token) and len(text.split()) <= 12 and text[-1:] not in ".!:;,"
                lines = [text] if bold else text.split("\n")
                for line in lines:
                    yield Block("heading", 6, line) if bold else Block("paragraph", 0, line)
        elif token.type in ("fence", "code_block"):
            code = (line.strip() for line in token.content.splitlines())
            left_out.extend(left("code", filter(None, code)))
        elif token.type == "html_block":
            yield from finished_item()
            yield from blocks_of(token.content)


def _text(token: Token, left_out: list[LeftOut]) -> str:
    """Give the text of a line without its mark-up; pictures are left out."""
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or child.content.lower().startswith("<br"):
            parts.append("\n")
        elif child.type == "image":
            left_out.append(LeftOut("picture", str(child.content or child.attrGet("src"))))
    return "".join(parts).strip()


def _is_bold(token: Token) -> bool:
    """Say whether the whole line is bold, which often stands in for a heading."""
    children = [c for c in token.children or [] if c.type != "text" or c.content]
    kinds = [child.type for child in children]
    return (
        len(kinds) > 2
        and (kinds[0], kinds[-1]) == ("strong_open", "strong_close")
        and kinds.count("strong_open") == 1
    )

"""Readers: files that content staff have, turned into drafts of documents."""

from collections.abc import Callable
from pathlib import Path

from knowledge.documents.blocks import Block, Draft
from knowledge.documents.readers.html import read_html
from knowledge.documents.readers.markdown import read_markdown
from knowledge.documents.readers.plain import decode
from knowledge.documents.readers.text import read_text
from knowledge.errors import ReaderError

__all__ = ["ENDINGS", "Block", "Draft", "read", "read_html", "read_markdown", "read_text"]

_READERS: dict[str, Callable[[str, str], tuple[Draft, ...]]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".txt": read_text,
}
ENDINGS = frozenset(_READERS)


def read(path: Path) -> tuple[Draft, ...]:
    """Read a file into drafts, one for each document it holds; the file's ending says how.

    :raises ReaderError: if the file is missing, of a kind we do not read, not text, or holds no
        guidance.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ReaderError(path, f"we read files that end in {', '.join(_READERS)}")
    try:
        content = decode(path.read_bytes())
    except OSError as problem:
        raise ReaderError(path, f"cannot be opened ({problem.strerror})") from problem
    if content is None:
        raise ReaderError(path, "is not a text file: please save it as text, Markdown or HTML")
    drafts = reader(content, path.stem)
    if not any(draft.blocks for draft in drafts):
        raise ReaderError(path, "has no text that could be quoted")
    return drafts

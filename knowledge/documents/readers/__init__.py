"""Readers: files that content staff have, turned into drafts of documents."""

from collections.abc import Callable
from pathlib import Path

from knowledge.documents.blocks import Block, Draft
from knowledge.documents.readers.html import read_html
from knowledge.documents.readers.markdown import read_markdown
from knowledge.documents.readers.plain import decode
from knowledge.documents.readers.text import read_text
from knowledge.documents.readers.word import read_word
from knowledge.errors import ReaderError

__all__ = [
    "ENDINGS",
    "Block",
    "Draft",
    "read",
    "read_html",
    "read_markdown",
    "read_text",
    "read_word",
]

_READERS: dict[str, Callable[[str, str], tuple[Draft, ...]]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".txt": read_text,
}
# Kinds that are no text; of those besides .docx the reader says how to save them.
_BYTE_READERS: dict[str, Callable[[bytes, str], tuple[Draft, ...]]] = dict.fromkeys(
    (".docx", ".doc", ".docm", ".odt", ".rtf"), read_word
)
ENDINGS = frozenset({*_READERS, ".docx"})


def read(path: Path) -> tuple[Draft, ...]:
    """Read a file into drafts, one for each document it holds; the file's ending says how.

    :raises ReaderError: if the file is missing, of a kind we do not read, not text, or holds no
        guidance.
    """
    ending = path.suffix.lower()
    if ending not in _READERS and ending not in _BYTE_READERS:
        raise ReaderError(path, f"we read files that end in {', '.join(sorted(ENDINGS))}")
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise ReaderError(path, f"cannot be opened ({problem.strerror})") from problem
    if ending in _BYTE_READERS:
        drafts = _BYTE_READERS[ending](data, path.stem)
    elif (content := decode(data)) is not None:
        drafts = _READERS[ending](content, path.stem)
    else:
        raise ReaderError(path, "is not a text file: please save it as text, Markdown or HTML")
    if not any(draft.blocks for draft in drafts):
        raise ReaderError(path, "has no text that could be quoted")
    return drafts

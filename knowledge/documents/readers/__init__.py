"""Readers: files that content staff have, turned into drafts of documents."""

from collections.abc import Callable
from pathlib import Path

from knowledge.documents.blocks import Block, Draft
from knowledge.documents.readers.html import read_html
from knowledge.documents.readers.kinds import PDF, WORD, check_kind
from knowledge.documents.readers.markdown import read_markdown
from knowledge.documents.readers.pdf import read_pdf
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

PagesDone = Callable[[int, int], object]

_TEXT_READERS: dict[str, Callable[[str, str], tuple[Draft, ...]]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".txt": read_text,
}
ENDINGS = frozenset((*_TEXT_READERS, ".pdf", ".docx"))
_MOST_BYTES = 100_000_000  # the largest guidance we have seen has 2 MB; a print shop's file has 50


def read(path: Path, pages_done: PagesDone | None = None) -> tuple[Draft, ...]:
    """Read a file into drafts, one for each document it holds, in this process.

    Files of others are read by `apart.ReaderProcess`, where they can do no harm.

    :param pages_done: called with the number of pages read, and of all pages, where there are some.
    :raises ReaderError: if the file is missing, too large, of a kind we do not read or not the kind
        that its ending says, or holds no guidance.
    """
    try:
        check_size(path)
        data = path.read_bytes()
    except OSError as problem:
        raise ReaderError(path, f"cannot be opened ({problem.strerror})") from problem
    drafts = _read(data, path, pages_done)
    if not any(draft.blocks for draft in drafts):
        raise ReaderError(path, "has no text that could be quoted")
    return drafts


def check_size(path: Path) -> None:
    """Refuse a file that is too large to be guidance, before any of it is read.

    :raises ReaderError: if it has more than 100 MB.
    :raises OSError: if it cannot be looked at.
    """
    size = path.stat().st_size
    if size > _MOST_BYTES:
        raise ReaderError(
            path,
            f"has {size // 1_000_000} MB, and we read files up to {_MOST_BYTES // 1_000_000} MB: "
            "please save it with smaller pictures, or split it",
        )


def _read(data: bytes, path: Path, pages_done: PagesDone | None) -> tuple[Draft, ...]:
    kind = check_kind(data, path.name)
    if kind == PDF:
        return read_pdf(data, path.stem, pages_done)
    if kind == WORD:
        return read_word(data, path.stem)
    return _TEXT_READERS[path.suffix.lower()](decode(data), path.stem)

"""Reading files into checked documents with their passages."""

from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.documents.blocks import Draft
from knowledge.documents.document import Document, Passage, parse_metadata
from knowledge.documents.passages import split
from knowledge.documents.readers import ENDINGS, PagesDone
from knowledge.editions.edition import StoredPassage, Version
from knowledge.errors import ReaderError
from knowledge.language.sentences import split_sentences

Read = Callable[[Path, PagesDone | None], tuple[Draft, ...]]


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Give the files to read among these, and those in the folders among these.

    :raises ReaderError: if there is no such file or folder.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(p for p in path.rglob("*") if p.suffix.lower() in ENDINGS)
        elif path.is_file():
            files.append(path)
        else:
            raise ReaderError(path, "there is no such file or folder")
    return files


def read_versions(path: Path, read: Read, pages_done: PagesDone | None = None) -> list[Version]:
    """Read one file into checked documents with their passages.

    :param read: reads a file into drafts; for files of others, a process of its own does.
    :param pages_done: called with the number of pages read, and of all pages.
    :raises DocumentError: if the file or a field of its metadata cannot be used.
    """
    return [_version(draft, path) for draft in read(path, pages_done)]


def _version(draft: Draft, path: Path) -> Version:
    document: Document = parse_metadata(draft.metadata, draft.id, path)
    passages = tuple(
        StoredPassage(
            Passage(
                f"{document.id}#{piece.anchor}",
                document.id,
                piece.headings,
                piece.text,
                piece.page,
            ),
            split_sentences(piece.text),
        )
        for piece in split(draft.blocks, document.title)
    )
    if not passages:
        raise ReaderError(path, f"'{document.title}' holds no text that could be quoted")
    return Version(document, passages, (str(path.resolve()),))

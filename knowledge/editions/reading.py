"""Reading files into checked documents with their passages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.documents.blocks import Block, Draft
from knowledge.documents.document import Document, Passage, parse_metadata
from knowledge.documents.passages import split
from knowledge.documents.readers import ENDINGS, PagesDone
from knowledge.documents.readers.kinds import OTHER_TEXTS
from knowledge.documents.readers.language import language_of
from knowledge.documents.readers.loss import lost_share
from knowledge.editions.beside import read_beside, where_to_write
from knowledge.editions.edition import StoredPassage, Version
from knowledge.errors import ReaderError
from knowledge.language.sentences import split_sentences

# Fields without which an editor should not leave a document; the title is always needed.
WANTED = ("publisher", "published", "review_by")
MOST_LOST = 1 / 3  # of the words; a page of which a reader missed a part loses more
Read = Callable[[Path, PagesDone | None], tuple[Draft, ...]]


@dataclass(frozen=True)
class Reading:
    """A document that was read from a file, and all that the file had besides."""

    version: Version
    draft: Draft

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that the file does not state and that an editor should."""
        document = self.version.document
        return tuple(name for name in WANTED if not getattr(document, name))


class TooMuchLost(ReaderError):
    """A file was not added, because much of it would not be in the guidance."""

    def __init__(self, path: Path, share: float, drafts: tuple[Draft, ...]) -> None:
        super().__init__(
            path,
            f"would lose {share:.0%} of its words: look at them with --explain, and add it with "
            "--accept if they are no guidance",
        )
        self.drafts = drafts


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Give the files to read among these, and those in the folders among these.

    Of a folder those are given too that only look like guidance, such as leave.doc: that they are
    not read must be said.

    :raises ReaderError: if there is no such file or folder.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(p for p in path.rglob("*") if _is_guidance(p))
        elif path.is_file():
            files.append(path)
        else:
            raise ReaderError(path, "there is no such file or folder")
    return files


def _is_guidance(path: Path) -> bool:
    if path.name.startswith(("~$", ".")):
        return False  # what Word and others leave beside a file that is open
    return path.suffix.lower() in (*ENDINGS, *OTHER_TEXTS)


def read_file(
    path: Path, read: Read, pages_done: PagesDone | None = None, accept: bool = False
) -> list[Reading]:
    """Read one file into checked documents with their passages.

    Fields that a file beside it states go before what the file says itself.

    :param read: reads a file into drafts; for files of others, a process of its own does.
    :param pages_done: called with the number of pages read, and of all pages.
    :param accept: whether a file may lose more than a third of its words.
    :raises DocumentError: if the file or a field of its metadata cannot be used.
    :raises TooMuchLost: if it loses more than a third of its words.
    """
    drafts = read(path, pages_done)
    share = max(map(lost_share, drafts), default=0.0)
    if share > MOST_LOST and not accept:
        raise TooMuchLost(path, share, drafts)
    stated = read_beside(path)
    if len(drafts) > 1:
        stated.pop("title", None)  # each of its documents has its own
    drafts = tuple(with_fields(draft, stated) for draft in drafts)
    if not all(draft.title for draft in drafts):
        raise ReaderError(
            path,
            "has no title: begin its text with a heading, or write 'title: …' "
            f"{where_to_write(path)}",
        )
    return [Reading(_version(draft, path), draft) for draft in drafts]


def with_fields(draft: Draft, stated: dict[str, Any]) -> Draft:
    """Give a draft with the fields that an editor states and the language of its text."""
    said = dict(draft.metadata)
    if "language" not in said:
        said["language"] = language_of((block.text for block in draft.blocks), draft.language)
    source = said.get("source")
    if "title" in stated and source and source.get("title") == draft.title:
        said["source"] = {**source, "title": stated["title"]}  # it is still the page itself
    return replace(draft, metadata={**said, **stated})


def _version(draft: Draft, path: Path) -> Version:
    document: Document = parse_metadata(draft.metadata, draft.id, path)
    version = make_version(document, draft.blocks, str(path.resolve()))
    if not version.passages:
        raise ReaderError(path, f"'{document.title}' holds no text that could be quoted")
    return version


def make_version(document: Document, blocks: Sequence[Block], origin: str) -> Version:
    """Cut a document's blocks into its passages; of blocks without text there are none."""
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
        for piece in split(blocks, document.title)
    )
    return Version(document, passages, (origin,))

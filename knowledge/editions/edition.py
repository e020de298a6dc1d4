"""Versions of documents, and editions of them."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from knowledge.documents.document import Document, Passage, metadata_of
from knowledge.editions.embedded import digest_of
from knowledge.language.sentences import Sentence


def passage_digest(passage: Passage) -> str:
    """Give the SHA-256 of a passage's headings and text, whatever document it stands in."""
    return digest_of(json.dumps([passage.headings, passage.text]))


@dataclass(frozen=True)
class StoredPassage:
    """A passage with its sentences, as an edition holds it."""

    passage: Passage
    sentences: tuple[Sentence, ...]

    @property
    def digest(self) -> str:
        """Give the passage's digest."""
        return passage_digest(self.passage)


@dataclass(frozen=True)
class Version:
    """One state of one document.

    :param digest: SHA-256 of the metadata and all passages: equal states have equal digests.
    :param origins: the files that hold this document; it goes when the last one goes.
    """

    document: Document
    passages: tuple[StoredPassage, ...]
    origins: tuple[str, ...]

    @cached_property
    def digest(self) -> str:
        """Give the version's identity, which does not depend on where the files lie."""
        content = [
            self.document.id,
            metadata_of(self.document),
            [_content(stored.passage) for stored in self.passages],
        ]
        return digest_of(json.dumps(content, sort_keys=True, ensure_ascii=False))


def _content(passage: Passage) -> list[Any]:
    # A passage without a page has the content it had before there were pages: its document's
    # digest stays what it was, and nothing is published again for it.
    content = [passage.id, passage.headings, passage.text]
    return content if passage.page is None else [*content, passage.page]


@dataclass(frozen=True)
class Edition:
    """One published state of the whole index.

    :param note: why it was made.
    :param settings: the model and the text analyser it was built with, and what the next change
        has to know (`knowledge.editions.changes`).
    :param by: who or what made it.
    :param base: the number of the edition it was made from.
    :param digest: of all that its index is derived from; it names the index's folder.
    """

    number: int
    published: dt.datetime
    note: str
    settings: Mapping[str, Any]
    versions: tuple[Version, ...]
    by: str = ""
    base: int | None = None
    digest: str | None = None

    @property
    def documents(self) -> dict[str, Document]:
        """Give the edition's documents by identifier."""
        return {version.document.id: version.document for version in self.versions}


@dataclass(frozen=True)
class EditionRow:
    """What a list of editions shows of one.

    :param bytes: the size of its index, None when that has no files on this disk.
    """

    number: int
    published: dt.datetime
    note: str
    by: str
    base: int | None
    digest: str | None
    documents: int
    bytes: int | None = None


@dataclass(frozen=True)
class DraftEdition:
    """What would be published next.

    :param base: the number of the edition it was made from, None when it is the first.
    :param withdrawn: the documents that are removed by hand once this is published.
    """

    versions: tuple[Version, ...]
    settings: Mapping[str, Any]
    note: str
    by: str = ""
    base: int | None = None
    digest: str | None = None
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True)
class State:
    """What a change starts from: the newest edition, and what was removed by hand.

    :param withdrawn: when each document was removed.
    """

    edition: Edition | None
    withdrawn: Mapping[str, dt.datetime]

    @property
    def number(self) -> int | None:
        """The number of the edition, None before the first one."""
        return self.edition.number if self.edition else None

    @property
    def versions(self) -> dict[str, Version]:
        """The documents by name."""
        return {v.document.id: v for v in self.edition.versions} if self.edition else {}

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the edition was built with."""
        return self.edition.settings if self.edition else {}

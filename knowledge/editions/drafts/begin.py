"""How drafts begin: from a published document, from a file, or from nothing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from knowledge.documents.blocks import Draft
from knowledge.documents.document import Document, metadata_of
from knowledge.documents.edited import write_edited
from knowledge.documents.edited.passages import blocks_of_passages
from knowledge.editions.drafts.checking import check_fields, with_dates
from knowledge.editions.drafts.draft import Content, NewDraft, report_of
from knowledge.editions.drafts.drafts import Drafts
from knowledge.editions.edition import Version
from knowledge.editions.reading import make_version, with_fields
from knowledge.editions.same import key_of, same_documents

# What a new text of a document need not say again; dates are the new text's own.
_STAYS = ("publisher", "source", "owner", "topics", "audience", "roles", "nations")


def draft_of_version(version: Version, drafts: Drafts) -> NewDraft:
    """Begin a draft from what is published."""
    content = Content(with_dates(metadata_of(version.document)), text_of_version(version, drafts))
    return NewDraft(content, version.document.id, version.digest)


def text_of_version(version: Version, drafts: Drafts) -> str:
    """Give a published document as text: what it was published from, or made of its passages."""
    known = drafts.published_text(version.digest)
    if known is not None:
        return known
    return write_edited(blocks_of_passages(stored.passage for stored in version.passages))


def draft_of_file(read: Draft, file_name: str, published: Mapping[str, Version]) -> NewDraft:
    """Begin a draft from a document that was read from a file.

    If it is published already, the draft changes that one, and keeps what the file does not state.

    :param published: all published documents by name.
    """
    read = with_fields(read, {})
    document, _ = check_fields(read.metadata, read.id)
    version = make_version(document, read.blocks, file_name)
    live = _same(version, published)
    fields: dict[str, Any] = with_dates(read.metadata)
    if live is not None:
        stated = metadata_of(live.document)
        fields = with_dates({**{name: stated[name] for name in _STAYS}, **fields})
    content = Content(fields, write_edited(read.blocks))
    new = NewDraft(content, reading=report_of(read), source_name=file_name)
    return new if live is None else replace(new, document_id=live.document.id, base=live.digest)


def _same(version: Version, published: Mapping[str, Version]) -> Version | None:
    """Find the published document that a file holds again: by address, words, name or title."""
    found = same_documents([version], published).get(key_of(version))
    if found is not None:
        return published[found]
    if version.document.id in published:
        return published[version.document.id]
    title = _title(version.document)
    return next((each for each in published.values() if title == _title(each.document)), None)


def _title(document: Document) -> str:
    return document.title.casefold()

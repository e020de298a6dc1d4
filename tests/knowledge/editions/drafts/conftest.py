"""A library of three small documents, and its drafts."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from knowledge.editions.drafts.begin import draft_of_version
from knowledge.editions.drafts.draft import Content, NewDraft, SavedDraft
from knowledge.editions.drafts.drafts import Drafts
from knowledge.editions.publish import Library

Begin = Callable[[str], SavedDraft]


def keep(connection: sa.Connection, number: int) -> None:
    """Keep nothing besides."""


@pytest.fixture
def published(library: Library, folder: Path) -> Library:
    library.add([folder], bundled=True)
    return library


@pytest.fixture
def drafts(library: Library) -> Drafts:
    return Drafts(library.store.engine)


@pytest.fixture
def begin(published: Library, drafts: Drafts) -> Begin:
    """Begin a draft from a published document; give it."""

    def begin(document_id: str) -> SavedDraft:
        version = published.store.state().versions[document_id]
        return drafts.find(drafts.make(draft_of_version(version, drafts), "ann", keep))

    return begin


def write(drafts: Drafts, draft: SavedDraft, old: str, new: str, by: str = "ann") -> SavedDraft:
    """Save a draft with some words changed; give it as it is now."""
    text = draft.content.text.replace(old, new)
    assert text != draft.content.text
    content = Content(draft.content.metadata, text, draft.content.replaces)
    drafts.save(draft.number, draft.version, content, by, keep)
    return drafts.find(draft.number)


def new_document(title: str, text: str = "Lunch is at noon for everyone.") -> NewDraft:
    return NewDraft(Content({"title": title, "publisher": "The union"}, text))

"""Documents and editions made for a test: saved as a publisher saves them, without a model."""

from collections.abc import Sequence
from typing import Any

from knowledge.documents.document import Passage, parse_metadata
from knowledge.editions.edition import DraftEdition, Edition, StoredPassage, Version
from knowledge.editions.store import Store
from knowledge.language.sentences import split_sentences

SETTINGS = {"model": "none", "model_digest": "none", "analyser": {}}


def made(
    name: str, *texts: str, title: str = "", headings: Sequence[str] = (), **metadata: Any
) -> Version:
    """Make a document with one passage a text, each under a heading where there are any."""
    document = parse_metadata({"title": title or name.capitalize(), **metadata}, name, name)
    passages = [
        StoredPassage(
            Passage(f"{name}#{number}", name, tuple(headings[number : number + 1]), text),
            split_sentences(text),
        )
        for number, text in enumerate(texts or ("A text.",))
    ]
    return Version(document, tuple(passages), (f"/files/{name}.md",))


def publish(
    store: Store,
    *versions: Version,
    note: str = "",
    by: str = "ann",
    withdrawn: Sequence[str] = (),
) -> Edition:
    """Publish these documents, and no others, as the next edition."""
    draft = DraftEdition(
        versions, SETTINGS, note, by, store.latest_number(), None, frozenset(withdrawn)
    )
    edition = store.publish(draft)
    assert edition
    return edition

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from knowledge.documents.document import Document, Passage
from knowledge.editions.edition import DraftEdition, Edition, StoredPassage, Version
from knowledge.editions.store import Store
from knowledge.errors import EditionError
from knowledge.language.sentences import split_sentences
from knowledge.search.pieces import Pieces

SETTINGS = {"model": "m", "model_digest": "d"}


def version(document_id: str, *texts: str, origin: str = "/a.md") -> Version:
    passages = tuple(
        StoredPassage(
            Passage(f"{document_id}#part-{n}", document_id, ("Part",), text), split_sentences(text)
        )
        for n, text in enumerate(texts)
    )
    return Version(Document(document_id, document_id.title()), passages, (origin,))


def publish(
    store: Store, *versions: Version, note: str = "", withdrawn: frozenset[str] = frozenset()
) -> Edition:
    draft = DraftEdition(versions, SETTINGS, note, base=store.latest_number(), withdrawn=withdrawn)
    edition = store.publish(draft)
    assert edition is not None
    return edition


def count(store: Store, table: str) -> int:
    with store.engine.connect() as connection:
        return int(connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0)


def test_an_edition_is_given_back_as_it_was_published(store: Store) -> None:
    versions = (version("bells", "One. Two."), version("keys", "List:\n• first\n• second", "B."))
    published = publish(store, *versions, note="a note")
    assert store.latest() == published
    assert published.versions == versions
    assert (published.settings, published.note) == (SETTINGS, "a note")
    assert list(published.documents) == ["bells", "keys"]


def test_a_passage_keeps_its_page(store: Store) -> None:
    (stored,) = version("keys", "Here.").passages
    paged = replace(stored, passage=replace(stored.passage, page=49))
    publish(store, Version(Document("keys", "Keys"), (paged,), ("/keys.pdf",)))
    assert store.latest().versions[0].passages == (paged,)


def test_a_page_that_moved_makes_another_version_and_no_page_none(store: Store) -> None:
    plain = version("keys", "Here.")
    (stored,) = plain.passages
    on_pages = [
        replace(plain, passages=(replace(stored, passage=replace(stored.passage, page=page)),))
        for page in (None, 1, 2)
    ]
    assert len({each.digest for each in on_pages}) == 3
    # What a release without pages made: its data folder is not published again.
    assert plain.digest == "4d5590bbca188dbfbdc66dd68db2a4368bc625f97a5a20a095ae49c12f175c1a"


def test_an_older_edition_is_still_whole(store: Store) -> None:
    first = publish(store, version("keys", "Before."))
    publish(store, version("keys", "After."))
    assert store.edition(first.number) == first
    assert store.latest().versions[0].passages[0].passage.text == "After."


def test_a_text_that_two_documents_share_is_stored_once(store: Store) -> None:
    publish(store, version("bells", "Shared.", "Own."), version("keys", "Shared."))
    assert count(store, "passages") == 2
    assert count(store, "version_passages") == 3


def test_a_version_that_did_not_change_is_stored_once(store: Store) -> None:
    for _ in range(2):
        publish(store, version("keys", "Text."))
    assert (count(store, "versions"), count(store, "editions")) == (1, 2)


def test_a_version_is_the_same_wherever_its_file_lies() -> None:
    assert version("keys", "A.").digest == version("keys", "A.", origin="/b.md").digest
    assert version("keys", "A.").digest != version("keys", "B.").digest


def test_a_version_changes_with_its_metadata() -> None:
    before = version("keys", "A.")
    after = replace(before, document=replace(before.document, owner="Site team"))
    assert before.digest != after.digest


def test_an_empty_store_says_what_to_do(store: Store) -> None:
    assert store.latest_number() is None
    with pytest.raises(EditionError, match="advice add"):
        store.latest()


def test_an_unknown_edition_is_refused(store: Store) -> None:
    with pytest.raises(EditionError, match="no edition 7"):
        store.edition(7)


def test_vectors_are_kept_apart_by_model(store: Store) -> None:
    vector = np.array([0.6, 0.8], dtype=np.float32)
    store.embedded.save_vectors("one", {"text": vector})
    found = store.embedded.vectors("one", ["text", "another"])
    assert list(found) == ["text"]
    np.testing.assert_array_equal(found["text"], vector)
    assert store.embedded.vectors("two", ["text"]) == {}


def test_more_vectors_than_one_query_takes_are_found(store: Store) -> None:
    vectors = {f"text {n}": np.array([n], dtype=np.float32) for n in range(1201)}
    store.embedded.save_vectors("m", vectors)
    found = store.embedded.vectors("m", vectors)
    assert {text: float(vector[0]) for text, vector in found.items()} == {
        text: float(vector[0]) for text, vector in vectors.items()
    }


def test_a_failed_publication_leaves_the_edition_as_it_was(store: Store) -> None:
    publish(store, version("keys", "Text."))
    twice = version("bells", "Text.")
    with pytest.raises(sa.exc.IntegrityError):
        publish(store, twice, twice)
    assert list(store.latest().documents) == ["keys"]
    assert count(store, "versions") == 1


def test_what_was_withdrawn_is_remembered_until_an_edition_takes_it_back(store: Store) -> None:
    publish(store, withdrawn=frozenset({"bells", "keys"}))
    first = store.withdrawn()
    assert set(first) == {"bells", "keys"}
    publish(store, withdrawn=frozenset({"keys"}))
    assert store.withdrawn() == {"keys": first["keys"]}


def test_an_edition_over_another_base_than_the_newest_changes_nothing(store: Store) -> None:
    publish(store, version("keys", "Text."))
    late = DraftEdition(
        (version("bells", "Text."),), SETTINGS, "", base=None, withdrawn=frozenset({"keys"})
    )
    assert store.publish(late) is None
    assert list(store.latest().documents) == ["keys"]
    assert (store.withdrawn(), count(store, "versions")) == ({}, 1)


def test_an_edition_knows_who_made_it_from_what(store: Store) -> None:
    publish(store, version("keys", "Text."))
    draft = DraftEdition((), SETTINGS, "why", by="who", base=1, digest="d" * 64)
    store.publish(draft)
    edition = store.latest()
    assert (edition.by, edition.note, edition.base, edition.digest) == ("who", "why", 1, "d" * 64)
    rows = store.editions()
    assert [(row.number, row.documents, row.by) for row in rows] == [(2, 0, "who"), (1, 1, "")]


def test_what_was_embedded_by_another_meanwhile_stays_as_it_is(store: Store) -> None:
    for value in (1.0, 2.0):
        store.embedded.save_vectors("m", {"text": np.array([value], dtype=np.float32)})
    assert store.embedded.vectors("m", ["text"])["text"].tolist() == [1.0]


def test_what_is_stored_is_there_after_opening_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'again.db'}"
    first = Store(url)
    published = publish(first, version("keys", "Text."))
    first.close()
    second = Store(url)
    assert second.latest().versions == published.versions
    second.close()


def test_word_pieces_are_kept_as_they_are(store: Store) -> None:
    own = Pieces(
        ids=np.array([7, 70_000], dtype=np.int32),
        starts=np.array([0, 5], dtype=np.int32),
        vectors=np.array([[127, -127, 0], [1, 2, 3]], dtype=np.int8),
    )
    store.embedded.save_pieces("m", {"text": own})
    found = store.embedded.pieces("m", ["text", "another"])["text"]
    for name in ("ids", "starts", "vectors"):
        np.testing.assert_array_equal(getattr(found, name), getattr(own, name))
    assert store.embedded.without_pieces("m", ["another", "text", "another"]) == ["another"]
    assert store.embedded.without_vectors("m", ["text"]) == ["text"]

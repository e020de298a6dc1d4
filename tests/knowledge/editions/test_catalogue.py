import datetime as dt

import sqlalchemy as sa

from knowledge.editions.catalogue import Listed, catalogue, listed, versions_with
from knowledge.editions.store import Store
from knowledge.editions.switches import Off
from tests.editions import made, publish

TODAY = dt.date(2026, 12, 1)


def rows(store: Store, number: int) -> dict[str, Listed]:
    with store.engine.connect() as connection:
        return {one.document.id: one for one in catalogue(connection, number)}


def test_each_document_comes_with_its_metadata_and_how_many_passages_it_has(store: Store) -> None:
    publish(store, made("leave", "One.", "Two.", owner="Travel team"), made("keys", "Three."))

    found = rows(store, 1)

    assert {name: one.passages for name, one in found.items()} == {"keys": 1, "leave": 2}
    assert found["leave"].document.owner == "Travel team"


def test_only_the_asked_edition_is_read(store: Store) -> None:
    publish(store, made("leave", "Old."), made("bells"))
    publish(store, made("leave", "New.", "And more."))

    assert rows(store, 1)["leave"].passages == 1
    assert set(rows(store, 2)) == {"leave"}


def test_a_withdrawn_document_is_listed_as_it_was_last(store: Store) -> None:
    publish(store, made("leave"), made("keys", title="First"))
    publish(store, made("leave"), made("keys", title="Second"))
    publish(store, made("leave"), withdrawn=["keys"])

    found = rows(store, 3)

    assert found["keys"].document.title == "Second"
    assert found["keys"].withdrawn
    assert found["keys"].withdrawn.tzinfo
    assert found["leave"].withdrawn is None


def test_no_passage_is_loaded_for_a_list(store: Store) -> None:
    publish(store, made("leave", "A secret word."))
    asked: list[str] = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))

    rows(store, 1)

    assert len(asked) == 2
    assert not any("sentences" in statement for statement in asked)


def test_a_status_says_why_members_do_not_see_a_document(store: Store) -> None:
    publish(
        store,
        made("leave"),
        made("late", review_by="2026-11-30"),
        made("off", topics=["send"]),
        withdrawn=["gone"],
    )
    off = Off(topics=frozenset({"send"}))

    found = {name: one.status(TODAY, off) for name, one in rows(store, 1).items()}

    assert found == {"leave": "live", "late": "past_review", "off": "off"}


def test_one_document_is_found_by_its_name_also_when_it_is_withdrawn(store: Store) -> None:
    publish(store, made("leave"), made("keys"))
    publish(store, made("leave"), withdrawn=["keys"])

    with store.engine.connect() as connection:
        leave, keys = (listed(connection, 2, name) for name in ("leave", "keys"))
        assert listed(connection, 2, "bells") is None

    assert leave
    assert not leave.withdrawn
    assert keys
    assert keys.withdrawn


def test_words_are_found_in_texts_and_headings_of_the_edition_and_of_what_is_withdrawn(
    store: Store,
) -> None:
    publish(store, made("leave", "Ask the board."), made("keys", "Ask the porter."))
    publish(
        store,
        made("leave", "Ask the trust.", headings=["School trips"]),
        withdrawn=["keys"],
    )
    with store.engine.connect() as connection:
        documents = catalogue(connection, 2)
        names = {one.version: one.document.id for one in documents}

        words = ("trust", "TRIPS", "porter", "board", "%")
        found = versions_with(connection, 2, documents, words)

    assert {word: {names[version] for version in own} for word, own in found.items()} == {
        "trust": {"leave"},
        "TRIPS": {"leave"},
        "porter": {"keys"},
        "board": set(),
        "%": set(),
    }

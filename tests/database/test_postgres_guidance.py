"""Listing, searching and comparing guidance, on a real PostgreSQL."""

from knowledge.editions.catalogue import catalogue, versions_with
from knowledge.editions.comparing import compare_editions
from knowledge.editions.history import history, last_version
from knowledge.editions.store import Store
from tests.editions import made, publish
from tests.postgres import postgres


def test_guidance_is_listed_searched_and_compared() -> None:
    with postgres() as url:
        store = Store(url)
        publish(store, made("leave", "Two days.", headings=["How much"]), made("keys"))
        publish(store, made("leave", "Three days.", headings=["How much"]), withdrawn=["keys"])
        with store.engine.connect() as connection:
            documents = catalogue(connection, 2)
            assert [(one.document.id, one.withdrawn is None) for one in documents] == [
                ("leave", True),
                ("keys", False),
            ]
            found = versions_with(connection, 2, documents, ["three", "HOW", "two", "a text"])
            leave, keys = (one.version for one in documents)
            assert list(found.values()) == [{leave}, {leave}, set(), {keys}]
            assert [step.what for step in history(connection, "keys")] == ["removed", "created"]
            changes = compare_editions(connection, 1, 2)
            assert [one.id for one in changes.changed + changes.removed] == ["leave", "keys"]
            assert last_version(connection, "keys") == made("keys")
        assert [row.number for row in store.editions(1, below=2)] == [1]
        assert store.unknown_editions((1, 7)) == (7,)
        store.close()

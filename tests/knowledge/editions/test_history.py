from knowledge.editions.history import history, last_version
from knowledge.editions.store import Store
from tests.editions import made, publish


def test_each_step_of_a_document_is_told_with_who_and_why(store: Store) -> None:
    first, second = made("leave", "Two days."), made("leave", "Three days.")
    publish(store, first, by="ann", note="New.")
    publish(store, first, made("keys"), by="bob")
    publish(store, second, made("keys"), by="cat", note="The rules changed.")
    publish(store, made("keys"), by="dan")
    publish(store, first, made("keys"), by="eve")

    with store.engine.connect() as connection:
        steps = history(connection, "leave")

    assert [(step.edition, step.what, step.by) for step in steps] == [
        (5, "returned", "eve"),
        (4, "removed", "dan"),
        (3, "changed", "cat"),
        (1, "created", "ann"),
    ]
    assert steps[2].note == "The rules changed."
    assert all(step.published.tzinfo for step in steps)


def test_a_document_that_never_was_has_no_history(store: Store) -> None:
    publish(store, made("leave"))
    with store.engine.connect() as connection:
        assert history(connection, "keys") == ()
        assert last_version(connection, "keys") is None


def test_the_last_version_is_of_the_newest_edition_that_held_it(store: Store) -> None:
    publish(store, made("leave", "Two days."))
    publish(store, made("leave", "Three days."))
    publish(store, made("keys"))
    with store.engine.connect() as connection:
        version = last_version(connection, "leave")
    assert version == made("leave", "Three days.")

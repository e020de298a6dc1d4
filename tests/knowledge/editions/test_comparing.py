from knowledge.editions.comparing import (
    Named,
    compare_editions,
    compare_versions,
)
from knowledge.editions.differences import Piece
from knowledge.editions.store import Store
from tests.editions import made, publish


def changed(pieces: tuple[Piece, ...]) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text.strip()) for piece in pieces if piece.kind != "same"]


def test_two_editions_differ_in_what_came_changed_and_went(store: Store) -> None:
    publish(store, made("leave", title="Leave"), made("keys", "Old."), made("bells"))
    publish(store, made("leave", title="Leave"), made("keys", "New.", title="All keys"))
    publish(store, made("keys", "New.", title="All keys"), made("pay"))

    with store.engine.connect() as connection:
        changes = compare_editions(connection, 1, 3)
        back = compare_editions(connection, 3, 1)
        none = compare_editions(connection, 2, 2)

    assert changes.created == (Named("pay", "Pay"),)
    assert changes.changed == (Named("keys", "All keys"),)
    assert changes.removed == (Named("bells", "Bells"), Named("leave", "Leave"))
    assert changes.count == 4
    assert back.changed == (Named("keys", "Keys"),)
    assert none.count == 0


def test_only_the_fields_and_passages_that_differ_are_shown() -> None:
    before = made(
        "leave", "Two days.", "Ask the board.", headings=["Days", "Asking"],
        owner="Ann", review_by="2027-01-31", topics=["send"],
    )  # fmt: skip
    after = made(
        "leave", "Two days.", "Ask the trust.", headings=["Days", "Asking"],
        owner="Ann", review_by="2028-01-31", topics=["send", "inspection"],
    )  # fmt: skip

    changes = compare_versions(before, after)

    assert [(field.name, changed(field.pieces)) for field in changes.fields] == [
        ("review_by", [("removed", "2027"), ("added", "2028")]),
        ("topics", [("removed", "send"), ("added", "send, inspection")]),
    ]
    (passage,) = changes.passages
    assert changed(passage.text) == [("removed", "board."), ("added", "trust.")]
    assert passage.headings == (Piece("same", "Asking"),)
    assert changes.unchanged == 1


def test_a_passage_that_came_is_all_added_and_one_that_went_all_removed() -> None:
    short, long = made("leave", "One.", "Three."), made("leave", "One.", "Two.", "Three.")

    added, removed = compare_versions(short, long), compare_versions(long, short)

    assert [changed(one.text) for one in added.passages] == [[("added", "Two.")]]
    assert [changed(one.text) for one in removed.passages] == [[("removed", "Two.")]]
    assert added.unchanged == removed.unchanged == 2


def test_a_new_heading_over_the_same_text_is_a_difference() -> None:
    before = made("leave", "Two days.", headings=["Days"])
    after = made("leave", "Two days.", headings=["How many days"])

    (passage,) = compare_versions(before, after).passages

    assert {piece.kind for piece in passage.text} == {"same"}
    assert changed(passage.headings) == [("removed", "Days"), ("added", "How many days")]


def test_a_document_beside_none_is_all_new() -> None:
    changes = compare_versions(None, made("leave", "Two days.", owner="Ann"))

    assert [changed(one.text) for one in changes.passages] == [[("added", "Two days.")]]
    assert {field.name for field in changes.fields} == {"title", "owner"}
    assert compare_versions(None, None).passages == ()


def test_notices_and_sources_are_compared_as_text() -> None:
    before = made("leave", source={"title": "Handbook", "date": "2024-05-01"})
    after = made(
        "leave",
        source={"title": "Handbook", "date": "2025-05-01"},
        timing=[{"kind": "over", "notice": "This has ended.", "until": "2026-05-01"}],
    )

    source, timing = compare_versions(before, after).fields

    assert changed(source.pieces) == [("removed", "2024"), ("added", "2025")]
    assert changed(timing.pieces) == [("added", "over · This has ended. · 1 May 2026")]

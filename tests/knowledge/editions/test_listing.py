import datetime as dt
from collections.abc import Sequence

import pytest

from knowledge.editions.catalogue import Listed
from knowledge.editions.listing import NONE, Listing, Wanted, due_of, make_listing
from knowledge.editions.switches import Off
from tests.editions import made

TODAY = dt.date(2026, 12, 1)
GONE = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def row(name: str, passages: int = 1, gone: bool = False, **metadata: object) -> Listed:
    document = made(name, **metadata).document  # type: ignore[arg-type]
    return Listed(document, f"digest of {name}", passages, GONE if gone else None)


DOCUMENTS = (
    row("pay", 9, review_by="2026-11-30", owner="Ann", publisher="The union", topics=["send"]),
    row("leave", 2, review_by="2027-01-30", published="2026-05-01", nations=["Wales"]),
    row("keys", 5, review_by="2027-01-31", published="2025-05-01", nations=["England", "Wales"]),
    row("bells", 1, gone=True, review_by="2026-01-01"),
    row("zebra", 3, title="All about stripes"),
)


def listing(wanted: Wanted, off: Off | None = None, in_text: str = "") -> Listing:
    def versions_with(words: Sequence[str]) -> dict[str, set[str]]:
        own = {f"digest of {in_text}"}
        return {word: own if word == "stapler" else set() for word in words}

    return make_listing(DOCUMENTS, wanted, versions_with, TODAY, off or Off())


def names(wanted: Wanted) -> list[str]:
    return [one.document.id for one in listing(wanted, in_text="keys").documents]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), ["zebra", "bells", "keys", "leave", "pay"]),
        (Wanted(words="LEAVE"), ["leave"]),
        (Wanted(words="stripes about"), ["zebra"]),
        (Wanted(words="stapler"), ["keys"]),
        (Wanted(words="stapler stripes"), []),
        (Wanted(status="live"), ["zebra", "keys", "leave"]),
        (Wanted(status="past_review"), ["pay"]),
        (Wanted(status="withdrawn"), ["bells"]),
        (Wanted(topic="send"), ["pay"]),
        (Wanted(owner="Ann"), ["pay"]),
        (Wanted(owner=NONE, status="live"), ["zebra", "keys", "leave"]),
        (Wanted(nation="Wales"), ["keys", "leave"]),
        (Wanted(nation=NONE), ["zebra", "bells", "pay"]),
        (Wanted(publisher="The union"), ["pay"]),
        (Wanted(due="overdue"), ["pay"]),
        (Wanted(due="soon"), ["leave"]),
        (Wanted(sort="published"), ["leave", "keys", "zebra", "bells", "pay"]),
        (Wanted(sort="review_by"), ["bells", "pay", "leave", "keys", "zebra"]),
        (Wanted(sort="passages"), ["pay", "keys", "zebra", "leave", "bells"]),
        (Wanted(sort="no such order"), ["zebra", "bells", "keys", "leave", "pay"]),
    ],
)
def test_filters_and_orders(wanted: Wanted, expected: list[str]) -> None:
    assert names(wanted) == expected


def test_counts_are_of_all_that_fits_before_a_status_is_chosen() -> None:
    off = Off(documents=frozenset({"keys"}))

    chosen = listing(Wanted(nation="Wales", status="off"), off)

    assert dict(chosen.counts) == {"live": 1, "off": 1}
    assert [one.document.id for one in chosen.documents] == ["keys"]


def test_a_withdrawn_document_is_due_for_nothing() -> None:
    assert due_of(DOCUMENTS[3], TODAY) == ""

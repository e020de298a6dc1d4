"""What must be looked at, why and by when; and when much falls due at once."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.document import Document, Timing
from knowledge.editions.catalogue import Listed
from knowledge.editions.crowds import crowds
from knowledge.editions.due import DatedChange, Matter, Wanted, chosen, counts, spread, watch

TODAY = dt.date(2026, 12, 1)


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days)


def document(name: str, days: int | None = 365, **fields: object) -> Document:
    review_by = None if days is None else day(days)
    values = {"title": name.title(), "owner": "Policy team", "review_by": review_by, **fields}
    return Document(name, **values)  # type: ignore[arg-type]


def listed(*documents: Document) -> list[Listed]:
    return [Listed(one, f"digest of {one.id}", 1) for one in documents]


@pytest.mark.parametrize(
    ("days", "matters"),
    [
        (-1, ("overdue",)),
        (0, ("due",)),
        (60, ("due",)),
        (61, ()),
        (None, ("no_date",)),
    ],
)
def test_a_review_date_says_what_must_be_done(
    days: int | None, matters: tuple[Matter, ...]
) -> None:
    (one,) = watch(listed(document("a", days)), TODAY)
    assert (one.matters, one.days) == (matters, days)


def test_a_document_without_an_owner_is_found() -> None:
    (one,) = watch(listed(document("a", owner="")), TODAY)
    assert one.matters == ("no_owner",)


def test_notices_that_begin_or_end_soon_are_told_with_the_day_on_which_they_do() -> None:
    timing = (
        Timing("changed", "over", day(-9), day(29)),
        Timing("changing", "soon", day(5), None),
        Timing("changing", "far", day(61), None),
        Timing("changed", "today", TODAY, None),
    )
    (one,) = watch(listed(document("a", timing=timing)), TODAY)
    assert one.matters == ("changing",)
    assert one.changes == (
        DatedChange(day(5), True, "soon"),
        DatedChange(day(30), False, "over"),
    )


def test_a_notice_that_never_ends_is_no_change() -> None:
    timing = (Timing("over", "for ever", None, dt.date.max),)
    (one,) = watch(listed(document("a", timing=timing)), TODAY, within=10**6)
    assert one.changes == ()


FOUR = watch(
    listed(
        document("late", -3, topics=("send",)),
        document("soon", 9, owner=""),
        document("none", None, owner="Arts"),
        document("well", 300, topics=("send",)),
    ),
    TODAY,
)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), ["late", "soon", "none"]),
        (Wanted("all"), ["late", "soon", "well", "none"]),
        (Wanted("overdue"), ["late"]),
        (Wanted("no_owner"), ["soon"]),
        (Wanted("all", topic="send"), ["late", "well"]),
        (Wanted("all", owner="POLICY"), ["late", "well"]),
        (Wanted("all", order="title"), ["late", "none", "soon", "well"]),
        (Wanted("all", order="owner"), ["none", "late", "well", "soon"]),
    ],
)
def test_a_list_shows_what_is_wanted_in_its_order(wanted: Wanted, names: list[str]) -> None:
    assert [one.document.id for one in chosen(FOUR, wanted)] == names


def test_the_counts_count_a_document_once_for_each_matter() -> None:
    assert counts(FOUR) == {
        "attention": 3, "overdue": 1, "due": 1, "changing": 0, "no_owner": 1, "no_date": 1,
        "all": 4,
    }  # fmt: skip


def test_more_than_a_quarter_in_one_fortnight_is_said_120_days_before() -> None:
    guidance = [document(f"a{n}", 120 + n) for n in range(6)]
    guidance += [document(f"b{n}", 200 + 20 * n) for n in range(14)]
    assert crowds(guidance, TODAY - dt.timedelta(1)) == ()
    (crowd,) = crowds(guidance, TODAY)
    assert (len(crowd.documents), crowd.of, crowd.topic) == (6, 20, "")
    assert (crowd.first, crowd.last) == (day(120), day(125))


def test_a_quarter_is_not_more_than_a_quarter() -> None:
    guidance = [document(f"a{n}", 30) for n in range(5)]
    guidance += [document(f"b{n}", 200 + 20 * n) for n in range(15)]
    assert crowds(guidance, TODAY) == ()


def test_dates_that_lie_apart_are_no_crowd_and_nor_is_what_is_overdue() -> None:
    assert crowds([document(f"a{n}", 20 * n) for n in range(6)], TODAY) == ()
    assert crowds([document(f"a{n}", -5) for n in range(9)], TODAY) == ()


def test_a_fortnight_has_fourteen_days() -> None:
    guidance = [document(f"a{n}", days) for n, days in enumerate([1, 5, 9, 14])]
    (crowd,) = crowds(guidance, TODAY)
    assert len(crowd.documents) == 4
    assert crowds([*guidance[:3], document("z", 15)], TODAY) == ()


def test_a_topic_of_which_much_falls_due_is_said_when_all_guidance_does_not() -> None:
    guidance = [document(f"a{n}", 50, topics=("send",)) for n in range(4)]
    guidance += [document(f"b{n}", 200 + 20 * n) for n in range(16)]
    (crowd,) = crowds(guidance, TODAY)
    assert (crowd.topic, crowd.of) == ("send", 4)


def test_a_topic_is_not_said_twice() -> None:
    (crowd,) = crowds([document(f"a{n}", 50, topics=("send",)) for n in range(9)], TODAY)
    assert crowd.topic == ""


@given(st.integers(0, 700), st.integers(1, 100), st.integers(0, 400))
def test_proposed_dates_are_within_the_two_days_in_order_and_as_many_as_asked(
    length: int, count: int, begin: int
) -> None:
    first, last = day(begin), day(begin + length)
    days = spread(first, last, count)
    assert len(days) == count
    assert days == sorted(days)
    assert all(first <= one <= last for one in days)
    if length >= 7:
        assert all(one.weekday() < 5 for one in days)


def test_spreading_a_crowd_leaves_none() -> None:
    days = spread(day(60), day(400), 20)
    assert min((two - one).days for one, two in pairwise(days)) >= 13
    guidance = [document(f"a{n}", (one - TODAY).days) for n, one in enumerate(days)]
    for later in range(400):
        assert crowds(guidance, day(later)) == ()

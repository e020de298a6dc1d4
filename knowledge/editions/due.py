"""Which documents must be looked at, why, and by when."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from knowledge.documents.document import Document
from knowledge.editions.catalogue import Listed

Matter = Literal["overdue", "due", "changing", "no_owner", "no_date"]
MATTERS: tuple[Matter, ...] = get_args(Matter)
Order = Literal["date", "title", "owner"]
ORDERS: tuple[Order, ...] = get_args(Order)

WITHIN = 60  # days: what falls due in them is due


@dataclass(frozen=True)
class DatedChange:
    """A day on which what members are told of a document changes by itself.

    :param begins: whether the notice is shown from this day on, or no longer.
    """

    day: dt.date
    begins: bool
    notice: str


@dataclass(frozen=True)
class Watched:
    """A document with all that somebody must see to.

    :param days: until its review-by date; below 0 when that is past, None without one.
    """

    document: Document
    digest: str
    matters: tuple[Matter, ...]
    days: int | None
    changes: tuple[DatedChange, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """Which documents a list shows, and in which order.

    :param show: one matter, "attention" for any of them, or "all" documents.
    :param owner: a part of the owner's name.
    """

    show: Literal["attention", "all"] | Matter = "attention"
    topic: str = ""
    owner: str = ""
    order: Order = "date"


def watch(documents: Iterable[Listed], today: dt.date, within: int = WITHIN) -> tuple[Watched, ...]:
    """Say of each document what must be seen to.

    :param within: how many days ahead is looked for review-by dates and dated notices.
    """
    return tuple(_watched(one, today, within) for one in documents)


def chosen(watched: Iterable[Watched], wanted: Wanted) -> tuple[Watched, ...]:
    """Give those that are wanted, in their order."""
    owner = wanted.owner.casefold().strip()
    return tuple(
        sorted(
            (
                one
                for one in watched
                if _shows(one, wanted.show)
                and (not wanted.topic or wanted.topic in one.document.topics)
                and owner in one.document.owner.casefold()
            ),
            key=lambda one: _key(one, wanted.order),
        )
    )


def counts(watched: Collection[Watched]) -> dict[str, int]:
    """Count the documents of each matter, those with any, and all."""
    of_matters = Counter(matter for one in watched for matter in one.matters)
    return {
        "attention": sum(bool(one.matters) for one in watched),
        **{matter: of_matters[matter] for matter in MATTERS},
        "all": len(watched),
    }


def next_day(one: Watched) -> dt.date | None:
    """Give the first day on which something happens to a document, None when nothing will."""
    days = [change.day for change in one.changes]
    if one.document.review_by:
        days.append(one.document.review_by)
    return min(days, default=None)


def spread(first: dt.date, last: dt.date, count: int) -> list[dt.date]:
    """Propose as many days, as far apart as they can be: working days, so far as there are any."""
    step = (last - first).days / max(count - 1, 1)
    days = [first + dt.timedelta(round(step * number)) for number in range(count)]
    return [_working_day(day, first, last) for day in days]


def _watched(one: Listed, today: dt.date, within: int) -> Watched:
    document = one.document
    review_by = document.review_by
    days = (review_by - today).days if review_by else None
    changes = _changes(document, today, today + dt.timedelta(within))
    found: dict[Matter, bool] = {
        "overdue": document.past_review(today),
        "due": days is not None and 0 <= days <= within,
        "changing": bool(changes),
        "no_owner": not document.owner,
        "no_date": days is None,
    }
    matters = tuple(matter for matter in MATTERS if found[matter])
    return Watched(document, one.version, matters, days, changes)


def _changes(document: Document, today: dt.date, last: dt.date) -> tuple[DatedChange, ...]:
    changes = []
    for timing in document.timing:
        if timing.start:
            changes.append(DatedChange(timing.start, True, timing.notice))
        if timing.end and timing.end < dt.date.max:
            # Its last day is one of those on which it is shown.
            changes.append(DatedChange(timing.end + dt.timedelta(1), False, timing.notice))
    ahead = [change for change in changes if today < change.day <= last]
    return tuple(sorted(ahead, key=lambda change: change.day))


def _shows(one: Watched, show: str) -> bool:
    if show == "all":
        return True
    return bool(one.matters) if show == "attention" else show in one.matters


def _key(one: Watched, order: Order) -> tuple[str, ...]:
    title = one.document.title.casefold()
    if order == "title":
        return (title, one.document.id)
    if order == "owner":
        return (one.document.owner.casefold() or "\uffff", title)
    day = next_day(one)
    return (day.isoformat() if day else "9999", title)


def _working_day(day: dt.date, first: dt.date, last: dt.date) -> dt.date:
    """Move a day at a weekend to the Friday before or the Monday after, within these two."""
    monday = day + dt.timedelta(7 - day.weekday())
    friday = day - dt.timedelta(day.weekday() - 4)
    if day.weekday() < 5:
        return day
    near: Sequence[dt.date] = (friday, monday) if day.weekday() == 5 else (monday, friday)
    return next((other for other in near if first <= other <= last), day)

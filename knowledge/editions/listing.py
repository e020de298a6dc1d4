"""Choosing and ordering documents for a list."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.editions.catalogue import Listed, Status
from knowledge.editions.switches import Off

# A review is due that is to be done within so many days.
DUE_DAYS = 60
# Stands for "none is named" in a filter.
NONE = "-"


@dataclass(frozen=True)
class Wanted:
    """Which documents a list is to show; what is empty leaves all.

    :param words: all of them are in the title, the identifier or the text.
    :param topic: like `owner`, `nation` and `publisher`, `NONE` wants those that name none.
    :param due: `soon` or `overdue`.
    :param sort: one of `SORTS`.
    """

    words: str = ""
    status: str = ""
    topic: str = ""
    owner: str = ""
    nation: str = ""
    publisher: str = ""
    due: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Listing:
    """The documents that fit, in order.

    :param counts: how many fit by status, before one status is chosen.
    """

    documents: tuple[Listed, ...]
    counts: Mapping[Status, int]


def make_listing(
    documents: Sequence[Listed],
    wanted: Wanted,
    versions_with: Callable[[Sequence[str]], Mapping[str, set[str]]],
    today: dt.date,
    off: Off,
) -> Listing:
    """Give the documents that are wanted.

    :param versions_with: gives for each word the versions, by digest, whose text holds it.
    """
    fitting = [one for one in documents if _fits(one, wanted, today)]
    words = wanted.words.casefold().split()
    for word, in_text in (versions_with(words) if words and fitting else {}).items():
        fitting = [one for one in fitting if one.version in in_text or word in _named(one)]
    by_status = {one.document.id: one.status(today, off) for one in fitting}
    if wanted.status:
        chosen = [one for one in fitting if by_status[one.document.id] == wanted.status]
    else:
        chosen = fitting
    chosen.sort(key=SORTS.get(wanted.sort, _by_title))
    return Listing(tuple(chosen), Counter(by_status.values()))


def due_of(listed: Listed, today: dt.date) -> str:
    """Say whether a document's review is `overdue` or due `soon`; empty for neither."""
    day = listed.document.review_by
    if day is None or listed.withdrawn:
        return ""
    if day < today:
        return "overdue"
    return "soon" if day <= today + dt.timedelta(days=DUE_DAYS) else ""


def _fits(listed: Listed, wanted: Wanted, today: dt.date) -> bool:
    document = listed.document
    return (
        _is_one(wanted.topic, document.topics)
        and _is_one(wanted.nation, document.nations)
        and _is_one(wanted.owner, filter(None, [document.owner]))
        and _is_one(wanted.publisher, filter(None, [document.publisher]))
        and (not wanted.due or wanted.due == due_of(listed, today))
    )


def _is_one(wanted: str, values: Iterable[str]) -> bool:
    own = set(values)
    return not wanted or wanted in own or (wanted == NONE and not own)


def _named(listed: Listed) -> str:
    return f"{listed.document.title} {listed.document.id}".casefold()


def _by_title(listed: Listed) -> tuple[Any, ...]:
    return listed.document.title.casefold(), listed.document.id


def _by_published(listed: Listed) -> tuple[Any, ...]:
    day = listed.document.published
    return day is None, -(day or dt.date.min).toordinal(), *_by_title(listed)


def _by_review(listed: Listed) -> tuple[Any, ...]:
    return listed.document.review_by or dt.date.max, *_by_title(listed)


def _by_passages(listed: Listed) -> tuple[Any, ...]:
    return -listed.passages, *_by_title(listed)


SORTS: Mapping[str, Callable[[Listed], tuple[Any, ...]]] = {
    "title": _by_title,
    "published": _by_published,
    "review_by": _by_review,
    "passages": _by_passages,
}

"""Much of the guidance falls due at once: said in good time, since members lose what is overdue."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.documents.document import TOPICS, Document

_AHEAD = dt.timedelta(120)
_FORTNIGHT = dt.timedelta(13)  # from its first day to its last
_SHARE = 1 / 4
_FEWEST = 4  # documents; fewer are an afternoon's work, and a topic of two would always be half due


@dataclass(frozen=True)
class Crowd:
    """Documents that fall due within one fortnight.

    :param topic: that they are of; empty for all guidance.
    :param first: the first day on which one falls due.
    :param last: the last such day.
    :param documents: their names.
    :param of: how many documents the topic, or all guidance, has.
    """

    topic: str
    first: dt.date
    last: dt.date
    documents: tuple[str, ...]
    of: int


def crowds(documents: Iterable[Document], today: dt.date) -> tuple[Crowd, ...]:
    """Find where more than a quarter of all guidance, or of a topic, falls due in one fortnight.

    Of each the fortnight with most documents that begins within 120 days. A topic is left out when
    its crowd is a part of the one of all guidance: to spread that one spreads it too.
    """
    documents = list(documents)
    whole = _crowd("", documents, today)
    found = [whole] if whole else []
    for topic in TOPICS:
        crowd = _crowd(topic, [one for one in documents if topic in one.topics], today)
        if crowd and not (whole and set(crowd.documents) <= set(whole.documents)):
            found.append(crowd)
    return tuple(found)


def _crowd(topic: str, documents: Sequence[Document], today: dt.date) -> Crowd | None:
    dated = sorted(
        (one.review_by, one.id) for one in documents if one.review_by and one.review_by >= today
    )
    best: list[tuple[dt.date, str]] = []
    for place, (first, _) in enumerate(dated):
        if first > today + _AHEAD:
            break
        within = [one for one in dated[place:] if one[0] <= first + _FORTNIGHT]
        if len(within) > len(best):
            best = within
    if len(best) < _FEWEST or len(best) <= _SHARE * len(documents):
        return None
    names = tuple(name for _, name in best)
    return Crowd(topic, best[0][0], best[-1][0], names, len(documents))

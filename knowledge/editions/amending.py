"""Changes of what is known of a document, its dates and its owner; its text stays as it is."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.documents.document import Document
from knowledge.documents.readers.dates import read_date
from knowledge.editions.changes import AMENDED, Change, Outcome, carried
from knowledge.editions.edition import State, Version
from knowledge.errors import AdviceError, UnknownDocument

LONGEST_REVIEW = 2  # years: what nobody looks at for longer may be wrong for longer
LONGEST_OWNER = 200  # characters


class ChangedMeanwhile(AdviceError):
    """Documents are not as they were when somebody looked at them."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"Changed since you looked at it: {', '.join(names)}. Nothing was done. Look at what "
            "it says now, and do it again."
        )
        self.names = tuple(names)


class BadReviewDate(AdviceError):
    """A date by which a document is to be reviewed cannot be used; the code says why."""

    def __init__(self, code: str, problem: str) -> None:
        super().__init__(problem)
        self.code = code


class BadOwner(AdviceError):
    """An owner's name cannot be used."""

    def __init__(self) -> None:
        super().__init__(
            f"Name the team or person that keeps the document, in 1 to {LONGEST_OWNER} characters."
        )


@dataclass(frozen=True)
class Seen:
    """A document that somebody looked at.

    :param digest: of the version they saw; None for whatever is published.
    """

    name: str
    digest: str | None = None


@dataclass(frozen=True)
class Review:
    """Somebody has read a document and found it right."""

    seen: Seen
    review_by: dt.date


def read_review_by(text: str, today: dt.date) -> dt.date:
    """Read the day by which a document is to be reviewed again, as people here write it.

    :raises BadReviewDate: if it is no date, not in the future or too far away.
    """
    day = read_date(text)
    if day is None:
        raise BadReviewDate(
            "no_date", f"'{text}' is not a date: write it as 31 May 2027 or 31/05/2027."
        )
    if day <= today:
        raise BadReviewDate("past", f"{day} is not in the future: choose a later day.")
    if day > latest_review(today):
        raise BadReviewDate(
            "far",
            f"{day} is more than {LONGEST_REVIEW} years away: choose {latest_review(today)} or "
            "an earlier day.",
        )
    return day


def latest_review(today: dt.date) -> dt.date:
    """Give the last day that may be chosen for the next review."""
    year = today.year + LONGEST_REVIEW
    leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=year, day=28) if leap_day else today.replace(year=year)


def reviewing(reviews: Sequence[Review], today: dt.date) -> Change:
    """Make the change after "reviewed, no change": new dates, and the same text.

    Applying it may raise `UnknownDocument`, or `ChangedMeanwhile` if a document is not what was
    seen: then none is marked as reviewed.
    """

    def apply(state: State) -> Outcome:
        before = _seen_in(state, [review.seen for review in reviews])
        return _amended(
            state,
            {
                name: replace(before[name].document, reviewed=today, review_by=review.review_by)
                for review in reviews
                if (name := review.seen.name)
            },
        )

    return Change("advice reviewed", f"Reviewed, no change: {_counted(reviews)}.", apply)


def assigning(documents: Sequence[Seen], owner: str) -> Change:
    """Make the change that gives documents another owner; applying it raises as a review does.

    :raises BadOwner: if the name cannot be an owner's.
    """
    owner = " ".join(owner.split())
    if not 0 < len(owner) <= LONGEST_OWNER or not owner.isprintable():
        raise BadOwner

    def apply(state: State) -> Outcome:
        before = _seen_in(state, documents)
        return _amended(
            state,
            {seen.name: replace(before[seen.name].document, owner=owner) for seen in documents},
        )

    return Change("advice owner", f"{owner} is the owner of {_counted(documents)}.", apply)


def _seen_in(state: State, documents: Sequence[Seen]) -> Mapping[str, Version]:
    """Give the documents of a state, which must be those that were seen."""
    before = state.versions
    for seen in documents:
        if seen.name not in before:
            raise UnknownDocument(seen.name)
    changed = [
        seen.name
        for seen in documents
        if seen.digest is not None and seen.digest != before[seen.name].digest
    ]
    if changed:
        raise ChangedMeanwhile(changed)
    return before


def _amended(state: State, documents: Mapping[str, Document]) -> Outcome:
    """Give the state with these documents in place of theirs.

    The files that the documents came from still say what they said before. They are read again, the
    bundled ones at each start: so the edition remembers what they say, and that it is passed.
    """
    before = state.versions
    after = dict(before)
    settings = carried(state.settings)
    for name, document in documents.items():
        after[name] = replace(before[name], document=document)
        passed = {*settings[AMENDED].get(name, ()), before[name].digest} - {after[name].digest}
        if passed:
            settings[AMENDED][name] = sorted(passed)
    return Outcome(after, frozenset(state.withdrawn), frozenset(documents), settings=settings)


def _counted(some: Sequence[object]) -> str:
    return "1 document" if len(some) == 1 else f"{len(some)} documents"

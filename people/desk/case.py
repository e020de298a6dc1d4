"""A case as advisers see it, and how it can stand and end."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, get_args

from database import aware
from people.errors import StaffError

Urgency = Literal["today", "this_week", "no_rush"]
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)  # the most urgent first
# Waiting: for the member, whom an adviser tried to reach or asked something.
State = Literal["new", "taken", "waiting", "closed"]
STATES: tuple[State, ...] = get_args(State)
OPEN: tuple[State, ...] = ("new", "taken", "waiting")
HELD: tuple[State, ...] = ("taken", "waiting")
Outcome = Literal["answered", "no_guidance", "other"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

LONGEST_WORDS = 4000  # of a note, and of what is said at closing


class UnknownCase(StaffError):
    """There is no such case, or no longer."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"There is no case {reference}. A case goes when its member deletes it or its time is "
            f"up. 'advice cases' lists those there are."
        )


class HeldByOther(StaffError):
    """Somebody else has a case, or it stands otherwise than it was seen.

    :param case: how it stands now.
    """

    def __init__(self, case: "DeskCase") -> None:
        who = f"'{case.holder}' has it" if case.holder else "nobody has it"
        super().__init__(f"Case {case.reference} is {case.state}, and {who}. Nothing was changed.")
        self.case = case


class NoWords(StaffError):
    """Something was to be written down, and nothing was, or too much."""

    def __init__(self) -> None:
        super().__init__(f"Write something, in at most {LONGEST_WORDS} characters.")


@dataclass(frozen=True)
class DeskCase:
    """A case: what its member sent, and how it stands.

    :param session: the conversation that it came from.
    :param holder: the account that has it; empty for nobody.
    :param touched: when anything was last done with it.
    :param contacted: when an adviser first reached the member, or tried to.
    :param outcome: how it was closed; empty while it is open.
    :param passage: the passage that answered it.
    :param remark: what the adviser wrote at closing.
    :param suggested: the passages that were found for it; None when nobody has looked yet.
    """

    reference: str
    session: str
    question: str
    shown: str
    urgency: Urgency
    name: str
    phone: str | None
    email: str | None
    when: str
    asked: dt.datetime
    state: State
    holder: str
    touched: dt.datetime | None
    contacted: dt.datetime | None
    closed: dt.datetime | None
    outcome: Outcome | Literal[""]
    passage: str
    remark: str
    suggested: tuple[str, ...] | None


@dataclass(frozen=True)
class Closing:
    """How a case ends.

    :param passage: the one that answered it; for `answered`.
    :param missing: the question that guidance does not answer, in the adviser's own words and
        without personal data; for `no_guidance`.
    :param remark: stays inside, like a note.
    """

    outcome: Outcome
    passage: str = ""
    missing: str = ""
    remark: str = ""


def case_of(row: Any) -> DeskCase:
    """Make a case of a row of the table."""
    return DeskCase(
        row.reference,
        row.session,
        row.question,
        row.shown,
        row.urgency,
        row.name,
        row.phone,
        row.email,
        row.when,
        aware(row.asked),
        row.state,
        row.holder,
        _aware(row.touched),
        _aware(row.contacted),
        _aware(row.closed),
        row.outcome,
        row.passage,
        row.remark,
        None if row.suggested is None else tuple(row.suggested),
    )


def _aware(moment: dt.datetime | None) -> dt.datetime | None:
    return None if moment is None else aware(moment)

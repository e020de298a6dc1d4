"""Pinned answers: proposed, approved and ended, each with its row in the audit."""

import datetime as dt
from dataclasses import dataclass

from knowledge.answers.pinned import hold
from knowledge.documents.readers.dates import read_date
from knowledge.editions.pinned import (
    LONGEST_DAYS,
    NewPin,
    Pin,
    PinState,
    approve_pin,
    end_pin,
    find_pin,
    pins,
    propose_pin,
)
from knowledge.errors import AdviceError, EditionError
from knowledge.service import Service
from people.audit import Act, Actor, record
from people.users import Users
from web.staff.passages import UnknownPassage, find_passage
from web.staff.questions import checked_note, checked_question
from web.staff.reasons import checked_reason


class BadEnd(AdviceError):
    """The last day is missing, is no day, is over, or lies too far ahead."""

    def __init__(self) -> None:
        super().__init__("Give the last day, such as 31 May 2027: today or later, within a year.")


class ForPeople(AdviceError):
    """The question is one that people answer, whatever is pinned."""

    def __init__(self) -> None:
        super().__init__(
            "The bot passes this question to people, so a pinned answer would never be shown."
        )


class NotOpen(AdviceError):
    """The pinned answer was approved or ended meanwhile, or there is none."""

    def __init__(self) -> None:
        super().__init__("Somebody else has decided on this just now. Nothing was changed.")


class OwnProposal(AdviceError):
    """Whoever proposed it wants to approve it, and somebody else could."""

    def __init__(self) -> None:
        super().__init__("You proposed this, so another editor has to approve it.")


@dataclass(frozen=True)
class Proposal:
    """A pinned answer as somebody typed it.

    :param ends: the last day, as British people write it.
    """

    question: str
    passage_id: str
    ends: str
    whole: bool = False
    note: str = ""


@dataclass(frozen=True)
class Listed:
    """A pinned answer with how it stands today."""

    pin: Pin
    state: PinState


def listed_pins(service: Service) -> list[Listed]:
    """Give every pinned answer, the newest first, with how it stands in what is published."""
    with service.store.engine.connect() as connection:
        found = pins(connection)
    if not found:
        return []
    try:
        entries = service.dialogue().engine.index.entries
    except EditionError:
        entries = ()
    held = {each.pin.number for each in hold(found, entries)}
    today = service.today()
    return [Listed(pin, pin.state(today, pin.number in held)) for pin in found]


def propose(service: Service, proposal: Proposal, by: Actor) -> int:
    """Propose a pinned answer; give its number.

    :raises BadQuestion: if there is no question, or it is too long.
    :raises UnknownPassage: if no passage of what is published has the name.
    :raises BadEnd: if the last day cannot be used.
    :raises ForPeople: if the question is urgent, or one for people.
    """
    question = checked_question(proposal.question)
    passage = find_passage(service, proposal.passage_id)
    ends = _last_day(proposal.ends, service.today())
    engine = service.dialogue().engine
    checked = engine.check(question)
    if engine.urgent(checked) is not None or engine.for_people(checked):
        raise ForPeople
    new = NewPin(
        question,
        proposal.passage_id,
        passage.stored.digest,
        ends,
        proposal.whole,
        checked_note(proposal.note),
    )
    with service.store.engine.begin() as connection:
        number = propose_pin(connection, new, by.name, service.now())
        record(connection, by, Act("pin_proposed", _subject(number, new), new.note))
    return number


def approve(service: Service, users: Users, number: int, by: Actor) -> None:
    """Approve a proposal: from the next message on it answers.

    Whoever proposed it may approve it only if no other account could.

    :raises NotOpen: if it is no open proposal any more, or its last day is over.
    :raises UnknownPassage: if its passage is gone, or says something else by now.
    :raises OwnProposal: if another editor should look at it.
    """
    others = [user for user in users.all() if user.may("editor") and user.name != by.name]
    (listed,) = [one for one in listed_pins(service) if one.pin.number == number] or (None,)
    if listed is None or listed.state in ("ended", "approved"):
        raise NotOpen
    if listed.state == "broken":
        raise UnknownPassage(listed.pin.passage_id)
    if listed.pin.proposed_by == by.name and others:
        raise OwnProposal
    with service.store.engine.begin() as connection:
        if not approve_pin(connection, number, by.name, service.now()):
            raise NotOpen
        record(connection, by, Act("pin_approved", _subject(number, listed.pin)))


def end(service: Service, number: int, reason: str, by: Actor) -> None:
    """End a pinned answer, or turn a proposal down: from the next message on it answers no more.

    :raises NoReason: if no reason is given.
    :raises NotOpen: if it has ended already.
    """
    reason = checked_reason(reason)
    with service.store.engine.begin() as connection:
        pin = find_pin(connection, number)
        if pin is None or not end_pin(connection, number, by.name, service.now(), reason):
            raise NotOpen
        record(connection, by, Act("pin_ended", _subject(number, pin), reason))


def _subject(number: int, pin: NewPin | Pin) -> str:
    return f"{number}: {pin.question} → {pin.passage_id}"


def _last_day(text: str, today: dt.date) -> dt.date:
    day = read_date(text)
    if day is None or not today <= day <= today + dt.timedelta(days=LONGEST_DAYS):
        raise BadEnd
    return day

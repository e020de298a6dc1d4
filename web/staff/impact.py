"""The impact of a change on the questions that matter to staff, worked out before it is made."""

from collections.abc import Iterable

from knowledge.editions.changes import Change
from knowledge.editions.pinned import Pin, approved_pins
from knowledge.editions.publish import Progress
from knowledge.evaluation.golden_questions import GoldenQuestion, golden_questions
from knowledge.evaluation.impact import Asked, Impact, Wanted, blocking, compare
from knowledge.service import Service


def asked_of(service: Service, real: Iterable[Asked] = ()) -> list[Asked]:
    """Give the golden questions, those with a pinned answer, and what members really asked.

    :param real: the latter, without personal data, as they are kept.
    """
    with service.store.engine.connect() as connection:
        golden = golden_questions(connection)
        pinned = approved_pins(connection, service.today())
    return [
        *(Asked(str(one.number), one.question, "golden", _wanted(one)) for one in golden),
        *(Asked(str(pin.number), pin.question, "pinned", _wanted(pin)) for pin in pinned),
        *real,
    ]


def _wanted(one: GoldenQuestion | Pin) -> Wanted:
    return Wanted(one.passage_id, one.passage_digest)


def impact_of(
    service: Service, change: Change, asked: Iterable[Asked], progress: Progress | None = None
) -> Impact:
    """Say what a change would do to some questions; nothing is published.

    :raises UnknownDocument: if the change is about a document that is not published any more.
    :raises EditionError: if nothing is published yet.
    """
    live, draft = service.dialogue(), service.try_out(change, progress)
    return compare(live, draft, asked, service.remembering_reader(), progress)


def golden_losses(service: Service, change: Change) -> tuple[str, ...]:
    """Give the golden questions that a change would lose: making it all the same needs a reason.

    Asked again for the same change it is quick: nothing is read twice.

    :raises UnknownDocument: if the change is about a document that is not published any more.
    :raises EditionError: if nothing is published yet.
    """
    golden = [one for one in asked_of(service) if one.kind == "golden"]
    if not golden:
        return ()
    return tuple(row.asked.wording for row in blocking(impact_of(service, change, golden)))

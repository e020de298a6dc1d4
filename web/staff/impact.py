"""The impact of a change on the questions that matter to staff, worked out before it is made."""

from collections.abc import Iterable

from knowledge.editions.changes import Change
from knowledge.editions.pinned import Pin, approved_pins
from knowledge.editions.publish import Progress
from knowledge.errors import AdviceError
from knowledge.evaluation.golden_questions import GoldenQuestion, golden_questions
from knowledge.evaluation.impact import Asked, Impact, Wanted, blocking, compare
from knowledge.service import Service


class WouldLose(AdviceError):
    """Golden questions would lose their answer, and nobody said why that is right.

    :param questions: those, in the order in which they were added.
    """

    def __init__(self, questions: tuple[str, ...]) -> None:
        listed = " ".join(f"“{question}”" for question in questions)
        super().__init__(
            f"Nothing was published: {len(questions)} golden questions would lose their answer. "
            f"Say why you publish it all the same, as the reason. {listed}"
        )
        self.questions = questions


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


def golden_losses(
    service: Service, change: Change, progress: Progress | None = None
) -> tuple[str, ...]:
    """Give the golden questions that a change would lose: making it all the same needs a reason.

    Asked again for the same change it is quick: nothing is read twice.

    :raises UnknownDocument: if the change is about a document that is not published any more.
    :raises EditionError: if nothing is published yet.
    """
    golden = [one for one in asked_of(service) if one.kind == "golden"]
    if not golden:
        return ()
    lost = blocking(impact_of(service, change, golden, progress))
    return tuple(row.asked.wording for row in lost)


def refuse_losses(service: Service, change: Change, progress: Progress | None = None) -> None:
    """Let a change through that takes the answer from no golden question.

    :raises WouldLose: if it takes it from some.
    """
    if lost := golden_losses(service, change, progress):
        raise WouldLose(lost)

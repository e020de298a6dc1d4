"""The documents that somebody ticked, as they are published now."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from knowledge.answers.wording import Wording
from knowledge.editions.amending import LONGEST_OWNER, BadOwner, ChangedMeanwhile, Seen
from knowledge.editions.due import Watched
from knowledge.errors import AdviceError, PublishingError, UnknownDocument
from knowledge.service import Service
from web.staff.amending import watched

MOST = 100  # documents at once: so many stand on a page of the list


@dataclass(frozen=True)
class Chosen:
    """What was ticked.

    :param gone: the names of documents that are not published any more.
    """

    documents: tuple[Watched, ...]
    gone: tuple[str, ...]


def choose(service: Service, names: Sequence[str]) -> Chosen:
    """Look documents up by their names, in that order and each once."""
    published = {one.document.id: one for one in watched(service)}
    wanted = list(dict.fromkeys(names))[:MOST]
    return Chosen(
        tuple(published[name] for name in wanted if name in published),
        tuple(name for name in wanted if name not in published),
    )


def seen_in(form: FormData) -> list[Seen]:
    """Give the documents that a form is about, as its sender saw them."""
    names, digests = texts(form, "id"), texts(form, "seen")
    # A form of ours says of each what was seen; without it nothing may be changed.
    return [Seen(name, digest) for name, digest in zip(names, digests, strict=False)][:MOST]


def texts(form: FormData, name: str) -> list[str]:
    """Give every text that a form holds under a name."""
    return [value for value in form.getlist(name) if isinstance(value, str)]


def refusal(service: Service, words: Wording, error: AdviceError) -> tuple[int, str]:
    """Give the status and the words for a change that was not made."""
    if isinstance(error, ChangedMeanwhile):
        known = {one.document.id: one.document.title for one in watched(service)}
        titles = "; ".join(known.get(name, name) for name in error.names)
        return 409, words.say("due.problems.changed", titles=titles)
    if isinstance(error, UnknownDocument):
        return 409, words.say("due.problems.gone")
    if isinstance(error, BadOwner):
        return 422, words.say("due.problems.owner", most=str(LONGEST_OWNER))
    if isinstance(error, PublishingError):
        return 503, words.say("due.problems.busy")
    raise error

"""Where the steps of an answer draw their lines."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ranking:
    """How hits are offered.

    :param closest: how many titles are offered when nothing is quoted.
    :param near: passages this near to the best one, in score, could as well have been meant.
    """

    closest: int
    near: float


@dataclass(frozen=True)
class KindLines:
    """How likely a kind of message must be, 0 to 1, going by the message model.

    :param person: to be a request for a person.
    :param own_case: to be for people, because it depends on the member's own case.
    :param personal: to be told in the first person: the advice line goes below what is quoted.
    :param out_of_scope: to be nothing the bot is for, when no passage answers.
    :param remark: to ask nothing, so that nothing is looked up.
    :param aside: for one of its sentences to ask nothing, so that the search leaves it out.
    """

    person: float
    own_case: float
    personal: float
    out_of_scope: float
    remark: float
    aside: float


@dataclass(frozen=True)
class PinnedLines:
    """How sure it must be that a question is the one an answer was pinned for.

    It must hold the same words that tell something, whatever their order and form; besides:

    :param near: how near the two must be in meaning, a cosine.
    :param answers: the least log-odds, going by the reader, that the pinned passage answers it.
    """

    near: float
    answers: float

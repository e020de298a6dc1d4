"""Questions that staff write down: golden ones, and those that an answer is pinned for."""

from knowledge.errors import AdviceError
from knowledge.evaluation.golden_questions import LONGEST_QUESTION
from people.fields import storable

LONGEST_NOTE = 1000


class BadQuestion(AdviceError):
    """There is no question, or it is too long."""

    def __init__(self) -> None:
        super().__init__(f"Write the question, in at most {LONGEST_QUESTION} characters.")


def checked_question(text: str) -> str:
    """Give a question as it is kept: on one line, with single spaces.

    :raises BadQuestion: if it is empty or too long.
    """
    question = " ".join(storable(text).split())
    if not 0 < len(question) <= LONGEST_QUESTION or not any(map(str.isalnum, question)):
        raise BadQuestion
    return question


def checked_note(text: str) -> str:
    """Give a note as it is kept, cut to what a list can show."""
    return storable(text).strip()[:LONGEST_NOTE]

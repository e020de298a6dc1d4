"""Several questions in one message: found, and each looked up by itself."""

from dataclasses import dataclass

from knowledge.answers.engine import Answer
from knowledge.language.text import sentences

MOST_QUESTIONS = 3  # that are looked up: a message costs no more searches than these
# Fewer words than this, such as "Really? Why?", are no question of their own.
_FEWEST_WORDS = 4


@dataclass(frozen=True)
class Several:
    """The answers to the first few questions of one message, in their order.

    :param more: whether questions were left that nobody looked up.
    """

    answers: tuple[Answer, ...]
    more: bool = False


def questions_in(text: str) -> tuple[str, ...]:
    """Give the questions of a message that stand by themselves; none unless there are several.

    A short question goes with the one before it, as "Why?" does. Words that ask nothing are left
    out: they are neither searched nor counted.
    """
    found: list[str] = []
    for sentence in sentences(text):
        if not sentence.endswith("?"):
            continue
        if len(sentence.split()) >= _FEWEST_WORDS:
            found.append(sentence)
        elif found:
            found[-1] += f" {sentence}"
    return tuple(found) if len(found) > 1 else ()

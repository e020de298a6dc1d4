"""Several questions in one message: found, and each looked up by itself."""

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.answers.engine import Answer
from knowledge.language.text import sentences

MOST_QUESTIONS = 3  # that are looked up: a message costs no more searches than these
# Fewer words than this, such as "Really?", are no question of their own.
_FEWEST_WORDS = 3


@dataclass(frozen=True)
class Several:
    """The answers to the first few questions of one message, in their order.

    :param more: whether questions were left that nobody looked up.
    """

    answers: tuple[Answer, ...]
    more: bool = False


def questions_in(text: str, leans: Callable[[str], bool]) -> tuple[str, ...]:
    """Give the questions of a message that stand by themselves; none unless there are several.

    A question that leans goes with what stands before it, as "Why?" does. What else the message
    says is neither searched nor counted.

    :param leans: says whether a question cannot be understood without the one before it.
    """
    found: list[str] = []
    told: list[str] = []
    for sentence in sentences(text):
        if not sentence.endswith("?"):
            told.append(sentence)
            continue
        if len(sentence.split()) >= _FEWEST_WORDS and not leans(sentence):
            found.append(sentence)
        elif found:
            found[-1] = " ".join((found[-1], *told, sentence))
        else:
            found.append(" ".join((*told, sentence)))
        told = []
    return tuple(found) if len(found) > 1 else ()

"""What a message asks, without what is told or said around it."""

from collections.abc import Callable

from knowledge.language.text import sentences
from knowledge.messages.kinds import CHAT, REMARK
from knowledge.messages.model import Judged


def asking_part(text: str, judge: Callable[[str], Judged], line: float) -> str:
    """Give a message without the sentences that ask nothing; the whole when none would be left.

    A greeting, thanks or a story in front of a question must not change what is found for it.

    :param judge: gives what kind of message a sentence would be by itself.
    :param line: how likely a sentence must be small talk or a remark, 0 to 1, to be left out.
    """
    told = sentences(text)
    if len(told) < 2:
        return text
    asking = [one for one in told if _aside(judge(one)) < line]
    return " ".join(asking) if asking else text


def _aside(judged: Judged) -> float:
    return judged.kinds[REMARK] + judged.kinds[CHAT]

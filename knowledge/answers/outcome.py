"""Whether a turn's replies answer what was asked."""

from collections.abc import Iterable


def is_answered(statuses: Iterable[str]) -> bool:
    """Say whether guidance is quoted as an answer to all that was asked.

    :param statuses: of the turn's replies: of several questions some can be left open.
    """
    found = set(statuses)
    return "answered" in found and "not_covered" not in found

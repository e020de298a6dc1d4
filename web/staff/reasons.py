"""Why somebody did what members or colleagues will notice."""

from knowledge.errors import AdviceError
from people.fields import storable

LONGEST_REASON = 1000


class NoReason(AdviceError):
    """Something needs a reason, and nobody gave one."""

    def __init__(self) -> None:
        super().__init__(
            f"Say why, in at most {LONGEST_REASON} characters: --reason '…'. Staff see it."
        )


def checked_reason(text: str) -> str:
    """Give a reason as it is kept.

    :raises NoReason: if it is empty or too long.
    """
    reason = storable(text).strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise NoReason
    return reason

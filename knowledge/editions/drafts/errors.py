"""What can go wrong with a draft, each worded for the editor."""

import datetime as dt

from knowledge.errors import AdviceError


class UnknownDraft(AdviceError):
    """There is no such draft."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no draft {number}. 'advice drafts' shows them all.")


class DraftChanged(AdviceError):
    """Somebody saved, published or threw away the draft meanwhile."""

    def __init__(self, number: int, by: str, at: dt.datetime) -> None:
        super().__init__(
            f"{by} changed draft {number} at {at:%H:%M} UTC, after you had opened it. Nothing of "
            "yours is lost: look at both, and save again."
        )
        self.by, self.at = by, at


class DraftClosed(AdviceError):
    """The draft is scheduled, published or thrown away, so it cannot be changed."""

    def __init__(self, number: int, status: str) -> None:
        what = {
            "scheduled": "has a time to be published. Take that back first, then change it",
            "published": "is published. Begin a new draft from the document",
            "thrown away": "was thrown away. Begin a new one",
        }
        super().__init__(f"Draft {number} {what.get(status, 'cannot be changed')}.")
        self.status = status


class BaseChanged(AdviceError):
    """The published document is not the one that the draft began from."""

    def __init__(self, number: int, document_id: str, gone: bool) -> None:
        what = "was withdrawn" if gone else "was published again"
        super().__init__(
            f"The document '{document_id}' {what} after draft {number} had begun. Open the draft: "
            "it shows what changed, and you choose."
        )
        self.number, self.document_id, self.gone = number, document_id, gone


class NotReady(AdviceError):
    """Something is missing or wrong in the draft itself."""

    def __init__(self, number: int, problems: tuple[str, ...]) -> None:
        super().__init__(f"Draft {number} cannot be published yet: {'; '.join(problems)}.")
        self.problems = problems


class NothingChanges(AdviceError):
    """The draft says what is published already."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Draft {number} says what is published already, so nothing was published. Change it, "
            "or throw it away."
        )

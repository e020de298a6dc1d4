"""A draft of a document, as it is kept until it is published or thrown away."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from knowledge.documents.blocks import Draft, LeftOut, placed
from knowledge.documents.readers.loss import lost_share
from knowledge.editions.reading import MOST_LOST

DraftStatus = Literal["open", "scheduled", "published", "thrown away"]


@dataclass(frozen=True)
class ReadingReport:
    """What a reader left out of a file, and what an editor should look at.

    :param kept: what is in the text although it may not be final, such as tracked insertions.
    :param lost: the share of the words that fell out though they are no known furniture.
    :param saved: when the file says that it was last saved, in ISO form; empty when it does not.
    :param accepted: whether an editor has said that so much may be lost.
    """

    left_out: tuple[LeftOut, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    lost: float = 0.0
    saved: str = ""
    accepted: bool = False

    @property
    def must_accept(self) -> bool:
        """Whether so much was lost that somebody must say that it is meant so."""
        return self.lost > MOST_LOST and not self.accepted

    def to_json(self) -> dict[str, Any]:
        """Give it as plain JSON values."""
        return {
            "left_out": [asdict(each) for each in self.left_out],
            "kept": [list(each) for each in self.kept],
            "lost": self.lost,
            "saved": self.saved,
            "accepted": self.accepted,
        }


def report_of(draft: Draft) -> ReadingReport:
    """Give what reading a file says besides its blocks."""
    return ReadingReport(
        draft.left_out,
        tuple((each.kind, each.text) for each in draft.kept),
        lost_share(draft),
        draft.saved.isoformat() if draft.saved else "",
    )


def report_from_json(values: Mapping[str, Any]) -> ReadingReport:
    """Give back the report that `ReadingReport.to_json` made JSON of."""
    return ReadingReport(
        tuple(LeftOut(**placed(each)) for each in values.get("left_out", ())),
        tuple((kind, text) for kind, text in values.get("kept", ())),
        values.get("lost", 0.0),
        values.get("saved", ""),
        values.get("accepted", False),
    )


@dataclass(frozen=True)
class Content:
    """What an editor changes of a draft.

    :param metadata: as `parse_metadata` takes it; a value that is not right yet stays as typed.
    :param text: Markdown, as `knowledge.documents.edited` reads it.
    :param replaces: other published documents whose place it takes.
    """

    metadata: Mapping[str, Any]
    text: str
    replaces: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title, or an empty text while there is none."""
        return str(self.metadata.get("title") or "").strip()


@dataclass(frozen=True)
class NewDraft:
    """A draft before it has a number.

    :param document_id: the published document that it changes; None for a new one.
    :param base: the digest of the version that it began from; None for a new document.
    :param source: the digest of the file that it was made from, kept already.
    :param problem: why its file could not be read.
    """

    content: Content
    document_id: str | None = None
    base: str | None = None
    reading: ReadingReport = field(default_factory=ReadingReport)
    source: str | None = None
    source_name: str = ""
    problem: str = ""


@dataclass(frozen=True)
class SavedDraft:
    """A draft.

    :param version: counts how often it was saved: whoever saves says which they had before them.
    :param publish_at: when it will be published, if it is scheduled; by whom, and why.
    :param problem: why its file could not be read, or why it was not published at its time.
    :param edition: the number of the edition that published it.
    """

    number: int
    content: Content
    document_id: str | None
    base: str | None
    reading: ReadingReport
    source: str | None
    source_name: str
    version: int
    by: str
    made: dt.datetime
    changed_by: str
    changed: dt.datetime
    status: DraftStatus
    publish_at: dt.datetime | None = None
    publish_by: str = ""
    publish_role: str = ""
    reason: str = ""
    problem: str = ""
    edition: int | None = None

    @property
    def title(self) -> str:
        """The title, or an empty text while there is none."""
        return self.content.title

    @property
    def can_change(self) -> bool:
        """Whether it may be changed: not while its time to be published is set, nor after."""
        return self.status == "open"

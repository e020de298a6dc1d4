"""Drafts and who changes them: each change is kept together with its row in the audit."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from knowledge.documents.readers import PagesDone
from knowledge.documents.readers.apart import Limits, ReaderProcess
from knowledge.documents.readers.kinds import check_kind
from knowledge.editions.drafts.begin import draft_of_file, draft_of_version
from knowledge.editions.drafts.changes import change_of
from knowledge.editions.drafts.draft import Content, NewDraft, SavedDraft
from knowledge.editions.drafts.drafts import Drafts, Keep
from knowledge.editions.edition import Version
from knowledge.editions.publish import Progress
from knowledge.errors import DocumentError, UnknownDocument
from knowledge.service import Service
from people.audit import Act, Actor, record
from web.staff.impact import refuse_losses

_PATIENT = Limits(gives_way=True)  # a large file must not make members wait


@dataclass(frozen=True)
class Published:
    """What publishing a draft did."""

    edition: int
    document_id: str


def kept(by: Actor, action: str, reason: str = "") -> Keep:
    """Give what keeps an act on a draft in the audit."""

    def keep(connection: sa.Connection, number: int) -> None:
        record(connection, by, Act(action, f"draft {number}", reason))

    return keep


def begin_from_document(service: Service, drafts: Drafts, document_id: str, by: Actor) -> int:
    """Begin a draft from what is published; give its number.

    If the document has one in work already, that is given: two drafts of one text would only have
    to be put together later.

    :raises UnknownDocument: if no such document is published.
    """
    if in_work := drafts.of_document(document_id):
        return in_work[0].number
    version = service.store.state().versions.get(document_id)
    if version is None:
        raise UnknownDocument(document_id)
    return drafts.make(draft_of_version(version, drafts), by.name, kept(by, "draft_made"))


def begin_from_file(
    service: Service, drafts: Drafts, name: str, content: bytes, by: Actor,
    pages_done: PagesDone | None = None,
) -> list[int]:  # fmt: skip
    """Begin the drafts of what a file holds; give their numbers.

    A file that cannot be read becomes a draft too: it says why, and holds the file.
    """
    keep = kept(by, "draft_made", name)
    try:
        check_kind(content, name)
    except DocumentError as problem:
        return [drafts.make(_unread(name, problem), by.name, keep)]  # no file of ours to keep
    try:
        new = _read(name, content, service.store.state().versions, pages_done)
    except DocumentError as problem:
        new = [_unread(name, problem)]
    return drafts.make_from_file(name, content, new, by.name, keep)


def _unread(name: str, problem: DocumentError) -> NewDraft:
    said = f"{name}: {problem.problem}"
    return NewDraft(Content({}, ""), source_name=name, problem=said)


def _read(
    name: str, content: bytes, published: Mapping[str, Version], pages_done: PagesDone | None
) -> list[NewDraft]:
    with TemporaryDirectory(prefix="advice-") as folder, ReaderProcess(_PATIENT) as reader:
        path = Path(folder) / name
        path.write_bytes(content)
        return [
            draft_of_file(read, name, published)
            for read in reader.read(path, pages_done)
            if read.blocks
        ]


def publish_draft(
    service: Service,
    drafts: Drafts,
    draft: SavedDraft,
    by: Actor,
    reason: str = "",
    progress: Progress | None = None,
) -> Published:
    """Publish a draft: the edition, the draft's mark and the row in the audit, or nothing.

    :param reason: why; needed when golden questions lose their answer.
    :raises WouldLose: if they do, and no reason is given.
    :raises AdviceError: if it cannot be published; the draft stays as it is.
    """
    change = change_of([draft], by.name, reason)
    if not reason:
        refuse_losses(service, change, progress)
    names: list[str] = []

    def keep(connection: sa.Connection, before: int | None, after: int) -> None:
        name = drafts.mark_published(connection, draft, after)
        names.append(name)
        record(connection, by, Act("guidance_published", name, reason, before, after))

    library = service.recorded_library(keep)
    report = library.publish(change, progress)
    assert report.edition is not None  # `change_of` publishes, or raises
    return Published(report.edition, names[-1])


def schedule_draft(
    service: Service,
    drafts: Drafts,
    draft: SavedDraft,
    by: Actor,
    reason: str,
    at: dt.datetime,
    progress: Progress | None = None,
) -> None:
    """Set the time at which a draft is published.

    :param reason: as `publish_draft` takes it.
    :raises WouldLose: if golden questions lose their answer, and no reason is given.
    :raises AdviceError: if it was changed or closed meanwhile.
    """
    if not reason:
        refuse_losses(service, change_of([draft], by.name, reason), progress)
    keep = kept(by, "draft_scheduled", reason)
    drafts.schedule(draft.number, draft.version, at, by.name, by.role, reason, keep)

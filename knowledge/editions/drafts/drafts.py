"""Drafts in the database. Each change says which state it was made on, so none undoes another's.

What was thrown away can be looked at for 90 days; then its text and file go, and a row stays that
says who made it and when. Of a published draft the text and the file stay: the next draft of the
document begins from them.
"""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from database import aware, utc_now
from knowledge.editions.drafts.draft import (
    Content,
    DraftStatus,
    NewDraft,
    ReadingReport,
    SavedDraft,
    report_from_json,
)
from knowledge.editions.drafts.errors import DraftChanged, DraftClosed, UnknownDraft
from knowledge.editions.drafts.source_files import (
    SourceFile,
    delete_unused_files,
    find_file,
    keep_file,
)
from knowledge.editions.drafts.tables import draft_saves_table, drafts_table
from knowledge.editions.origins import draft_origin
from knowledge.editions.tables import edition_versions_table, versions_table

# Writes, in the transaction of a change, what else is to be kept of it; given the draft's number.
Keep = Callable[[sa.Connection, int], None]

_KEPT_DAYS = 90
_LEASE = dt.timedelta(minutes=10)  # longer than publishing takes: then another process may try
_OPEN: tuple[DraftStatus, ...] = ("open",)
_SCHEDULED: tuple[DraftStatus, ...] = ("scheduled",)
_IN_WORK = (*_OPEN, *_SCHEDULED)


@dataclass(frozen=True)
class DraftRow:
    """What a list of drafts shows of one."""

    number: int
    title: str
    document_id: str | None
    status: DraftStatus
    by: str
    changed_by: str
    changed: dt.datetime
    publish_at: dt.datetime | None
    problem: str
    source_name: str


class Drafts:
    """The drafts of one database.

    :param now: gives the time; tests move it.
    """

    def __init__(self, engine: sa.Engine, now: Callable[[], dt.datetime] = utc_now) -> None:
        self.engine, self.now = engine, now

    # --- looking

    def find(self, number: int) -> SavedDraft:
        """Give a draft.

        :raises UnknownDraft: if there is none of this number.
        """
        with self.engine.connect() as connection:
            return self._find(connection, number)

    def rows(self, statuses: Collection[DraftStatus] = _IN_WORK) -> tuple[DraftRow, ...]:
        """List drafts, those that were changed last first, without their text."""
        return self._rows(drafts_table.c.status.in_(statuses))

    def of_document(self, document_id: str) -> tuple[DraftRow, ...]:
        """List the drafts of a document that are in work."""
        table = drafts_table
        return self._rows(table.c.document_id == document_id, table.c.status.in_(_IN_WORK))

    def saved_text(self, number: int, version: int) -> str | None:
        """Give the text that a draft had at one time; None when that is not kept."""
        table = draft_saves_table
        chosen = sa.select(table.c.text).where(table.c.draft == number, table.c.version == version)
        with self.engine.connect() as connection:
            return connection.scalar(chosen)

    def published_text(self, digest: str) -> str | None:
        """Give the text from which a version was published; None if it came from elsewhere."""
        table = drafts_table
        chosen = sa.select(table.c.text).where(
            table.c.published_digest == digest, table.c.status == "published"
        )
        with self.engine.connect() as connection:
            return connection.scalar(chosen.order_by(table.c.number.desc()).limit(1))

    def source_file(self, digest: str) -> SourceFile | None:
        """Give the file that a draft was made from."""
        with self.engine.connect() as connection:
            return find_file(connection, digest)

    # --- changing

    def make(self, new: NewDraft, by: str, keep: Keep) -> int:
        """Begin a draft; give its number."""
        with self.engine.begin() as connection:
            return self._make(connection, new, by, keep)

    def make_from_file(self, name: str, content: bytes, new: list[NewDraft], by: str, keep: Keep
                       ) -> list[int]:  # fmt: skip
        """Begin the drafts of all documents that one file holds, and keep the file."""
        with self.engine.begin() as connection:
            digest = keep_file(connection, name, content)
            return [self._make(connection, each, by, keep, digest, name) for each in new]

    def save(self, number: int, version: int, content: Content, by: str, keep: Keep) -> int:
        """Save what an editor changed; give the version that this makes.

        :param version: the one that they had before them.
        :raises DraftChanged: if somebody saved another one meanwhile.
        :raises DraftClosed: if it cannot be changed any more, or not now.
        """
        return self._new_version(number, version, by, keep, **_columns(content))

    def rebase(self, number: int, version: int, base: str | None, text: str, by: str, keep: Keep
               ) -> int:  # fmt: skip
        """Let a draft begin from what is published now; give the version that this makes.

        :param text: the draft's own, or what an editor made of both.
        """
        return self._new_version(number, version, by, keep, base=base, text=text)

    def make_new(self, number: int, version: int, by: str, keep: Keep) -> int:
        """Let a draft be a new document, and change none that is published."""
        return self._new_version(number, version, by, keep, document_id=None, base=None)

    def accept_loss(self, number: int, version: int, by: str, keep: Keep) -> int:
        """Keep that an editor has looked at what the reader left out, and that it may be lost."""
        report = self.find(number).reading
        accepted = ReadingReport(report.left_out, report.kept, report.lost, report.saved, True)
        return self._new_version(number, version, by, keep, reading=accepted.to_json())

    def throw_away(self, number: int, version: int, by: str, keep: Keep) -> None:
        """Close a draft without publishing it."""
        with self.engine.begin() as connection:
            values = {"status": "thrown away", "changed_by": by, "changed": self.now()}
            self._change(connection, number, version, _IN_WORK, **values, publish_at=None)
            _forget_saves(connection, number)
            keep(connection, number)

    def schedule(
        self, number: int, version: int, at: dt.datetime, by: str, role: str, reason: str,
        keep: Keep,
    ) -> None:  # fmt: skip
        """Set when a draft will be published; until then it cannot be changed."""
        with self.engine.begin() as connection:
            self._change(
                connection, number, version, _OPEN, status="scheduled", publish_at=at,
                publish_by=by, publish_role=role, reason=reason, problem="", leased_until=None,
            )  # fmt: skip
            keep(connection, number)

    def take_back(self, number: int, version: int, keep: Keep) -> None:
        """Take back the time at which a draft would be published."""
        with self.engine.begin() as connection:
            self._change(connection, number, version, _SCHEDULED, status="open", publish_at=None)
            keep(connection, number)

    # --- publishing

    def mark_published(self, connection: sa.Connection, draft: SavedDraft, edition: int) -> str:
        """Say that an edition holds a draft, in the transaction that publishes it.

        :return: the document's name.
        :raises DraftChanged: if the draft is not what was published: nothing is, then.
        """
        published = _in_edition(connection, draft.number, edition)
        self._change(
            connection, draft.number, draft.version, _IN_WORK, status="published",
            edition=edition, document_id=published.document_id, publish_at=None, problem="",
            published_digest=published.digest,
        )  # fmt: skip
        _forget_saves(connection, draft.number)
        return str(published.document_id)

    def claim_due(self) -> SavedDraft | None:
        """Give a draft whose time has come, to this process alone for some minutes."""
        table, now = drafts_table, self.now()
        is_due = (
            table.c.status == "scheduled",
            table.c.publish_at <= now,
            sa.or_(table.c.leased_until.is_(None), table.c.leased_until < now),
        )
        with self.engine.begin() as connection:
            first = sa.select(table.c.number).where(*is_due).order_by(table.c.publish_at).limit(1)
            number = connection.scalar(first)
            if number is None:
                return None
            lease = table.update().where(table.c.number == number, *is_due)
            if not connection.execute(lease.values(leased_until=now + _LEASE)).rowcount:
                return None  # another process was faster
            return self._find(connection, number)

    def not_published(self, draft: SavedDraft, problem: str, again: bool) -> None:
        """Keep why a scheduled draft was not published.

        :param again: whether to try again when the lease is over; else an editor has to act.
        """
        values: dict[str, Any] = {"problem": problem}
        if not again:
            values |= {"status": "open", "publish_at": None, "leased_until": None}
        table = drafts_table
        change = table.update().where(
            table.c.number == draft.number,
            table.c.version == draft.version,
            table.c.status == "scheduled",
        )
        with self.engine.begin() as connection:
            connection.execute(change.values(**values))

    def delete_old(self) -> int:
        """Empty the drafts that were thrown away long ago; give how many there were."""
        table = drafts_table
        old = table.update().where(
            table.c.status == "thrown away",
            table.c.changed < self.now() - dt.timedelta(days=_KEPT_DAYS),
            sa.or_(table.c.text != "", table.c.source.is_not(None)),
        )
        with self.engine.begin() as connection:
            count = connection.execute(old.values(text="", reading={}, source=None)).rowcount
            delete_unused_files(connection)
        return count

    def _make(
        self, connection: sa.Connection, new: NewDraft, by: str, keep: Keep,
        source: str | None = None, source_name: str = "",
    ) -> int:  # fmt: skip
        now = self.now()
        result = connection.execute(
            drafts_table.insert().values(
                document_id=new.document_id, base=new.base, **_columns(new.content),
                reading=new.reading.to_json(), source=source or new.source,
                source_name=source_name or new.source_name, version=1, by=by, made=now,
                changed_by=by, changed=now, status="open", publish_by="", publish_role="",
                reason="", problem=new.problem,
            )
        )  # fmt: skip
        number = int(result.inserted_primary_key[0])  # type: ignore[index]
        self._keep_save(connection, number, 1, new.content.text, by)
        keep(connection, number)
        return number

    def _new_version(self, number: int, version: int, by: str, keep: Keep, **values: Any) -> int:
        with self.engine.begin() as connection:
            self._change(
                connection, number, version, _OPEN, **values,
                version=version + 1, changed_by=by, changed=self.now(), problem="",
            )  # fmt: skip
            text = values.get("text")
            if text is None:
                text = self._find(connection, number).content.text
            self._keep_save(connection, number, version + 1, text, by)
            keep(connection, number)
        return version + 1

    def _change(
        self,
        connection: sa.Connection,
        number: int,
        seen: int,
        statuses: Collection[DraftStatus],
        **values: Any,
    ) -> None:
        """Change a draft that is still the version that somebody has seen."""
        table = drafts_table
        chosen = table.update().where(
            table.c.number == number, table.c.version == seen, table.c.status.in_(statuses)
        )
        if not connection.execute(chosen.values(**values)).rowcount:
            draft = self._find(connection, number)
            if draft.status not in statuses:
                raise DraftClosed(number, draft.status)
            raise DraftChanged(number, draft.changed_by, draft.changed)

    def _find(self, connection: sa.Connection, number: int) -> SavedDraft:
        table = drafts_table
        row = connection.execute(sa.select(table).where(table.c.number == number)).one_or_none()
        if row is None:
            raise UnknownDraft(number)
        return _draft(row)

    def _rows(self, *conditions: sa.ColumnElement[bool]) -> tuple[DraftRow, ...]:
        table = drafts_table
        names = (
            "number", "title", "document_id", "status", "by", "changed_by", "changed",
            "publish_at", "problem", "source_name",
        )  # fmt: skip
        chosen = sa.select(*(table.c[name] for name in names)).where(*conditions)
        with self.engine.connect() as connection:
            rows = connection.execute(chosen.order_by(table.c.changed.desc(), table.c.number))
            return tuple(
                DraftRow(
                    row.number, row.title, row.document_id, row.status, row.by, row.changed_by,
                    aware(row.changed), aware(row.publish_at) if row.publish_at else None,
                    row.problem, row.source_name,
                )
                for row in rows
            )  # fmt: skip

    def _keep_save(
        self, connection: sa.Connection, number: int, version: int, text: str, by: str
    ) -> None:
        row = {"draft": number, "version": version, "text": text, "by": by, "at": self.now()}
        connection.execute(draft_saves_table.insert().values(**row))


def _in_edition(connection: sa.Connection, number: int, edition: int) -> Any:
    """Give the version of a document that an edition has from a draft."""
    held, versions = edition_versions_table, versions_table
    rows = connection.execute(
        sa.select(versions.c.digest, versions.c.document_id, held.c.origins)
        .join(versions, versions.c.digest == held.c.version)
        .where(held.c.edition == edition)
    )
    return next(row for row in rows if draft_origin(number) in row.origins)


def _forget_saves(connection: sa.Connection, number: int) -> None:
    table = draft_saves_table
    connection.execute(table.delete().where(table.c.draft == number))


def _columns(content: Content) -> dict[str, Any]:
    return {
        "title": content.title,
        "metadata": dict(content.metadata),
        "text": content.text,
        "replaces": list(content.replaces),
    }


def _draft(row: sa.Row[Any]) -> SavedDraft:
    values = row._mapping
    return SavedDraft(
        number=values["number"],
        content=Content(values["metadata"], values["text"], tuple(values["replaces"])),
        document_id=values["document_id"],
        base=values["base"],
        reading=report_from_json(values["reading"]),
        source=values["source"],
        source_name=values["source_name"],
        version=values["version"],
        by=values["by"],
        made=aware(values["made"]),
        changed_by=values["changed_by"],
        changed=aware(values["changed"]),
        status=values["status"],
        publish_at=aware(values["publish_at"]) if values["publish_at"] else None,
        publish_by=values["publish_by"],
        publish_role=values["publish_role"],
        reason=values["reason"],
        problem=values["problem"],
        edition=values["edition"],
    )

"""Documents, editions and passages, in one SQL database; vectors beside them.

Nothing that was published is changed in place: a changed document is a new version, and an edition
is a list of versions. So an answer comes from exactly one edition, and any edition can be brought
back.
"""

import datetime as dt
from collections.abc import Callable, Sequence

import sqlalchemy as sa

from database import aware, open_database, utc_now
from knowledge.editions.edition import (
    DraftEdition,
    Edition,
    EditionRow,
    State,
    Version,
)
from knowledge.editions.embedded import Embedded
from knowledge.editions.loading import load_versions, version_of
from knowledge.editions.saving import only_one, save_versions, save_withdrawn
from knowledge.editions.switches import Standing, standing
from knowledge.editions.tables import (
    edition_versions_table,
    editions_table,
    withdrawn_table,
)
from knowledge.errors import EditionError

# Writes, in the transaction that publishes, what else is to be kept of it: it is given the number
# of the edition before, if there was one, and of the new one.
Recorder = Callable[[sa.Connection, int | None, int], None]


class Store:
    """The database that holds every edition.

    :param url: a SQLAlchemy address; SQLite's file is made when it does not exist.
    """

    def __init__(self, url: str) -> None:
        self.engine = open_database(url)
        self.embedded = Embedded(self.engine)
        # An edition never changes, and everybody asks for the newest.
        self._newest: Edition | None = None

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    # --- editions

    def latest_number(self) -> int | None:
        """Give the number of the edition that answers now, or None before the first one."""
        with self.engine.connect() as connection:
            number: int | None = connection.scalar(sa.select(sa.func.max(editions_table.c.number)))
            return number

    def standing(self) -> Standing:
        """Give that number, and what is switched off for members: one query for each turn."""
        with self.engine.connect() as connection:
            return standing(connection)

    def latest(self) -> Edition:
        """Load the edition that answers now.

        :raises EditionError: if nothing has been published yet.
        """
        number = self.latest_number()
        if number is None:
            raise EditionError("No guidance has been published. Run 'advice add' with its folder.")
        return self.edition(number)

    def edition(self, number: int) -> Edition:
        """Load one edition, whole.

        :raises EditionError: if there is no such edition.
        """
        known = self._newest
        if known is not None and known.number == number:
            return known
        with self.engine.connect() as connection:
            row = connection.execute(
                sa.select(editions_table).where(editions_table.c.number == number)
            ).one_or_none()
            if row is None:
                raise EditionError(f"There is no edition {number}.")
            versions = load_versions(connection, number)
        edition = Edition(
            row.number,
            aware(row.published),
            row.note,
            row.settings,
            versions,
            row.by,
            row.base,
            row.digest,
        )
        if known is None or number > known.number:
            self._newest = edition
        return edition

    def state(self) -> State:
        """Load what a change starts from: the newest edition and the withdrawals of that moment."""
        while True:
            number = self.latest_number()
            withdrawn = self.withdrawn()
            edition = None if number is None else self.edition(number)
            if self.latest_number() == number:
                return State(edition, withdrawn)

    def editions(self, most: int | None = None, below: int | None = None) -> tuple[EditionRow, ...]:
        """List the editions, the newest first.

        :param most: how many; None for all.
        :param below: only those with a lower number: the next page.
        """
        documents = (
            sa.select(sa.func.count())
            .where(edition_versions_table.c.edition == editions_table.c.number)
            .scalar_subquery()
        )
        chosen = sa.select(*editions_table.c, documents.label("documents"))
        if below is not None:
            chosen = chosen.where(editions_table.c.number < below)
        chosen = chosen.order_by(editions_table.c.number.desc()).limit(most)
        with self.engine.connect() as connection:
            rows = connection.execute(chosen).all()
        return tuple(
            EditionRow(
                row.number,
                aware(row.published),
                row.note,
                row.by,
                row.base,
                row.digest,
                row.documents,
            )
            for row in rows
        )

    def unknown_editions(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Give those of these numbers that no edition has."""
        with self.engine.connect() as connection:
            known = connection.scalars(
                sa.select(editions_table.c.number).where(editions_table.c.number.in_(numbers))
            ).all()
        return tuple(number for number in numbers if number not in known)

    def publish(self, draft: DraftEdition, record: Recorder | None = None) -> Edition | None:
        """Save a new edition in one transaction and make it the one that answers.

        Its documents and what is withdrawn with it are saved in the same transaction.

        :return: None, and nothing is changed, if its base is no longer the newest edition.
        """
        now = utc_now()
        with self.engine.begin() as connection:
            only_one(connection)
            newest = connection.scalar(sa.select(sa.func.max(editions_table.c.number)))
            if newest != draft.base:
                return None
            save_versions(connection, draft.versions)
            save_withdrawn(connection, draft.withdrawn)
            result = connection.execute(
                editions_table.insert().values(
                    published=now,
                    note=draft.note,
                    settings=dict(draft.settings),
                    by=draft.by,
                    base=draft.base,
                    digest=draft.digest,
                )
            )
            number = int(result.inserted_primary_key[0])  # type: ignore[index]
            if draft.versions:
                connection.execute(
                    edition_versions_table.insert(),
                    [
                        {"edition": number, "version": v.digest, "origins": list(v.origins)}
                        for v in draft.versions
                    ],
                )
            if record is not None:
                record(connection, draft.base, number)
        versions = tuple(sorted(draft.versions, key=lambda version: version.document.id))
        self._newest = Edition(
            number, now, draft.note, dict(draft.settings), versions, draft.by, draft.base,
            draft.digest,
        )  # fmt: skip
        return self._newest

    def version(self, digest: str) -> Version | None:
        """Load one version of a document, published now or before; its origins are not said."""
        with self.engine.connect() as connection:
            return version_of(connection, digest)

    def left_since(self, digest: str) -> EditionRow | None:
        """Say which edition first had no more this version of a document.

        None if the newest edition has it.
        """
        held = edition_versions_table
        last = sa.select(sa.func.max(held.c.edition)).where(held.c.version == digest)
        table = editions_table
        with self.engine.connect() as connection:
            after = connection.scalar(last)
            if after is None:
                return None
            row = connection.execute(
                sa.select(table).where(table.c.number > after).order_by(table.c.number).limit(1)
            ).one_or_none()
        if row is None:
            return None
        return EditionRow(
            row.number, aware(row.published), row.note, row.by, row.base, row.digest, 0
        )

    # --- withdrawn documents

    def withdrawn(self) -> dict[str, dt.datetime]:
        """Give the documents that were removed by hand: the bundled ones must not come back."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(withdrawn_table)).all()
        return {row.document_id: row.withdrawn for row in rows}

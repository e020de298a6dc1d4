"""What one transaction of publishing writes."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from knowledge.documents.document import metadata_of
from knowledge.editions.edition import Version
from knowledge.editions.inserting import SQL_BATCH, insert_new
from knowledge.editions.tables import (
    editions_table,
    passages_table,
    version_passages_table,
    versions_table,
    withdrawn_table,
)

# Names the lock that publishers wait for on Postgres; any number that nobody else uses.
_PUBLISHING = 7_202_611


def only_one(connection: sa.Connection) -> None:
    """Let one transaction publish at a time; the others wait until it is over."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_PUBLISHING)))
    else:
        # As BEGIN IMMEDIATE: a transaction that writes first has the write lock before it reads.
        # Unlike that statement it also works when the driver has begun the transaction already.
        connection.execute(editions_table.delete().where(sa.false()))


def save_versions(connection: sa.Connection, versions: Sequence[Version]) -> None:
    """Save the versions that are not there yet, with their passages."""
    new = {version.digest: version for version in versions}
    digests = list(new)
    for start in range(0, len(digests), SQL_BATCH):
        some = digests[start : start + SQL_BATCH]
        chosen = sa.select(versions_table.c.digest).where(versions_table.c.digest.in_(some))
        for known in connection.scalars(chosen).all():
            del new[known]
    insert_new(
        connection,
        versions_table,
        [
            {
                "digest": digest,
                "document_id": version.document.id,
                "metadata": metadata_of(version.document),
                "created": dt.datetime.now(dt.UTC),
            }
            for digest, version in new.items()
        ],
    )
    # Text that several documents share is stored once.
    passages = {p.digest: p for version in new.values() for p in version.passages}
    insert_new(
        connection,
        passages_table,
        [
            {
                "digest": digest,
                "headings": list(stored.passage.headings),
                "text": stored.passage.text,
                "sentences": [[s.start, s.end, s.kind, s.lead_in] for s in stored.sentences],
            }
            for digest, stored in passages.items()
        ],
    )
    insert_new(
        connection,
        version_passages_table,
        [
            {
                "version": digest,
                "position": position,
                "anchor": stored.passage.id.partition("#")[2],
                "passage": stored.digest,
                "page": stored.passage.page,
            }
            for digest, version in new.items()
            for position, stored in enumerate(version.passages)
        ],
    )


def save_withdrawn(connection: sa.Connection, document_ids: frozenset[str]) -> None:
    """Make these documents, and no others, the ones that were removed by hand."""
    known = frozenset(connection.scalars(sa.select(withdrawn_table.c.document_id)))
    for back in known - document_ids:
        connection.execute(withdrawn_table.delete().where(withdrawn_table.c.document_id == back))
    rows = [
        {"document_id": new, "withdrawn": dt.datetime.now(dt.UTC)} for new in document_ids - known
    ]
    insert_new(connection, withdrawn_table, rows)

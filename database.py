"""The database: one engine, and one list of tables, for every package."""

import datetime as dt
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from knowledge.errors import DatabaseError

# The newest revision in migrations/: a database that has it is opened without reading them.
REVISION = "0010"

# Names for every constraint, from the first revision: SQLite can only drop what has a name.
metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_LOCK_SECONDS = 10


def utc_now() -> dt.datetime:
    """Give the time now."""
    return dt.datetime.now(dt.UTC)


def aware(moment: dt.datetime) -> dt.datetime:
    """Give a time with its zone: SQLite gives times back without it, and they are stored in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def open_database(url: str) -> sa.Engine:
    """Open the database at a SQLAlchemy address and give it today's tables.

    SQLite's file is made when it does not exist; a database of an earlier release is brought up.

    :raises DatabaseError: if it cannot be reached or read, or a later release made it.
    """
    engine = _engine(url)
    try:
        revision = _revision(engine)
        if revision != REVISION:
            _upgrade(engine.url, revision)
            rewrite_file(engine)  # earlier releases left bytes of what they deleted
            empty_log(engine)
    except sa.exc.DBAPIError as error:
        raise _unusable(engine.url, error) from None
    return engine


def open_tracker(url: str) -> sa.Engine:
    """Open the database of Rasa's conversations, whose tables Rasa makes.

    It is reached at its first use.
    """
    return _engine(url, prepare=_prepare_tracker)


def empty_log(engine: sa.Engine) -> bool:
    """Take what was deleted out of SQLite's write-ahead log too; say whether all is out."""
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    return not busy


def rewrite_file(engine: sa.Engine) -> None:
    """Write SQLite's file anew, without the bytes that others' deletions and moves left in it."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")


def _engine(url: str, prepare: Any = None, **options: Any) -> sa.Engine:
    address = sa.make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = sa.create_engine(address, **options)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", prepare or _prepare_sqlite)
    return engine


def _revision(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        has_tables = sa.inspect(connection).has_table("alembic_version")
        if engine.dialect.name == "sqlite":
            _check_length(connection, engine.url)
        if not has_tables:
            return None
        number: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return number


def _upgrade(url: sa.URL, revision: str | None) -> None:
    # Needed once a release, and slow to load.
    from migrations.upgrade import revisions, upgrade

    known = {step.revision for step in revisions().walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseError(
            f"The database {_shown(url)} was made by a later release (revision {revision}; this "
            f"one knows {REVISION}). Start the later release, or restore a backup made before it."
        )
    engine = _engine(url.render_as_string(hide_password=False), poolclass=sa.NullPool)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _begin_ourselves)
        sa.event.listen(engine, "begin", _begin_immediate)
    with engine.begin() as connection:
        upgrade(connection, metadata)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_LOCK_SECONDS * 1000}")
    # Write-ahead logging lets the app read while a command publishes; both wait for a short lock.
    _write_ahead(cursor)
    cursor.execute("PRAGMA foreign_keys=ON")
    # What is deleted is overwritten, so that nobody can read it from the file.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _prepare_tracker(connection: Any, _record: Any) -> None:
    # Rasa's own way of writing stays as it is: its journal is deleted after each change.
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_LOCK_SECONDS * 1000}")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Switch to write-ahead logging; SQLite does not wait for a lock here, so we do."""
    limit = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except Exception as error:
            if "locked" not in str(error) or time.monotonic() > limit:
                raise
            time.sleep(0.02)


def _begin_ourselves(connection: Any, _record: Any) -> None:
    # Python's driver would begin a transaction only at the first change of a row.
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=600000")


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _check_length(connection: sa.Connection, url: sa.URL) -> None:
    """Find a file whose last page was cut in two; SQLite finds by itself that whole pages miss.

    Its length is asked for and the file is not opened: a process that opens and closes it without
    SQLite loses all of SQLite's locks on it, and then another process deletes the log under it.

    :raises DatabaseError: if a part of a page is missing.
    """
    path = Path(url.database or "")
    log = path.with_name(f"{path.name}-wal")
    if not path.is_file() or (log.is_file() and log.stat().st_size):
        return  # with a log, the file may rightly be shorter
    page = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
    if path.stat().st_size % page:
        raise DatabaseError(
            f"The database {_shown(url)} is damaged: its end is missing. Restore a backup."
        )


def _unusable(url: sa.URL, error: sa.exc.DBAPIError) -> DatabaseError:
    reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "no reason"
    if url.password:
        reason = reason.replace(str(url.password), "***")
    return DatabaseError(
        f"The database {_shown(url)} cannot be used: {reason}. Check the address and that the "
        f"server runs; restore a backup if the file is damaged."
    )


def _shown(url: sa.URL) -> str:
    return url.render_as_string(hide_password=True)

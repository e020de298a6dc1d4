"""Brings a database to today's revision, in one transaction and by one process at a time."""

from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory

# Any number that no other program on the same Postgres database uses.
_LOCK = 7_263_418_105


def revisions() -> ScriptDirectory:
    """Give the revisions that this release knows."""
    config = Config()
    # The configuration reads a percent sign as the start of a variable.
    folder = str(Path(__file__).parent).replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def upgrade(connection: sa.Connection, metadata: sa.MetaData) -> None:
    """Bring a database to the newest revision. The caller ends the transaction.

    On SQLite the caller has begun it with BEGIN IMMEDIATE, which keeps other processes out.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    scripts = revisions()

    def steps(revision: tuple[str, ...], _context: MigrationContext) -> list[RevisionStep]:
        return scripts._upgrade_revs("head", revision)  # type: ignore[arg-type]

    environment = EnvironmentContext(Config(), scripts, fn=steps)
    environment.configure(
        connection=connection, target_metadata=metadata, render_as_batch=True, fn=steps
    )
    environment.run_migrations()

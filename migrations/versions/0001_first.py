"""The tables as they were when revisions began; takes over a database from before."""

from alembic import op

from migrations.first import take_over

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, with what older ones hold."""
    take_over(op.get_bind())

"""Where owners of documents are reached, and the outbox of mails."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "owners",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("reminded", _TIME, nullable=True),
        sa.Column("told", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_owners"),
    )
    op.create_table(
        "outbox",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("mark", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("parameters", sa.JSON, nullable=False),
        sa.Column("made", _TIME, nullable=False),
        sa.Column("not_before", _TIME, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("lease", sa.String(32), nullable=True),
        sa.Column("lease_until", _TIME, nullable=True),
        sa.Column("sent", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_outbox"),
        sa.UniqueConstraint("mark", name="uq_outbox_mark"),
    )
    op.create_index("ix_outbox_sent", "outbox", ["sent"])

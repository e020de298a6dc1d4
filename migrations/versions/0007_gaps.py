"""What members asked, without personal data, and the gaps that are made of it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "gaps",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("assigned", sa.String(100), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("answer", sa.String(400), nullable=False),
        sa.Column("changed_by", sa.String(200), nullable=False),
        sa.Column("changed", _TIME, nullable=False),
        sa.Column("edition", sa.Integer, nullable=True),
        sa.Column("reopened", sa.Integer, nullable=True),
        sa.Column("tested_edition", sa.Integer, nullable=True),
        sa.Column("tested", sa.Integer, nullable=True),
        sa.Column("answered", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_gaps"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "asked",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("message", sa.String(64), nullable=True),
        sa.Column("wording", sa.Text, nullable=True),
        sa.Column("follows", sa.Boolean, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(100), nullable=False),
        sa.Column("step", sa.String(100), nullable=False),
        sa.Column("edition", sa.Integer, nullable=True),
        sa.Column("probability", sa.Float, nullable=True),
        sa.Column("shown", sa.JSON, nullable=False),
        sa.Column("considered", sa.JSON, nullable=False),
        sa.Column("asked", _TIME, nullable=False),
        sa.Column("helped", sa.Boolean, nullable=True),
        sa.Column("lack", sa.String(16), nullable=True),
        sa.Column("vector", sa.LargeBinary, nullable=True),
        sa.Column("gap", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_asked"),
        sa.UniqueConstraint("message", name="uq_asked_message"),
        sa.ForeignKeyConstraint(["gap"], ["gaps.number"], name="fk_asked_gap_gaps"),
    )
    for column in ("conversation", "asked", "lack", "gap"):
        op.create_index(f"ix_asked_{column}", "asked", [column])

"""What advisers do with cases, their notes, and daily counts that outlive what they count."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns and make the tables."""
    for column in (
        sa.Column("state", sa.String(16), nullable=False, server_default="new"),
        sa.Column("holder", sa.String(100), nullable=False, server_default=""),
        sa.Column("touched", _TIME, nullable=True),
        sa.Column("contacted", _TIME, nullable=True),
        sa.Column("closed", _TIME, nullable=True),
        sa.Column("outcome", sa.String(16), nullable=False, server_default=""),
        sa.Column("passage", sa.String(400), nullable=False, server_default=""),
        sa.Column("remark", sa.Text, nullable=False, server_default=""),
        sa.Column("suggested", sa.JSON, nullable=True),
    ):
        op.add_column("cases", column)
    op.create_index("ix_cases_state", "cases", ["state"])
    op.create_table(
        "case_notes",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_case_notes"),
        sa.ForeignKeyConstraint(
            ["reference"], ["cases.reference"], name="fk_case_notes_reference_cases"
        ),
    )
    op.create_index("ix_case_notes_reference", "case_notes", ["reference"])
    op.create_table(
        "daily_counts",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "name", name="pk_daily_counts"),
    )
    op.add_column("outbox", sa.Column("way", sa.String(16), nullable=False, server_default="mail"))

"""Golden questions of editors, and pinned answers."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "golden_questions",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("passage_id", sa.String(500), nullable=True),
        sa.Column("passage_digest", sa.String(64), nullable=True),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("made", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_golden_questions"),
        sa.UniqueConstraint("question", name="uq_golden_questions_question"),
    )
    op.create_table(
        "pinned_answers",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("passage_id", sa.String(500), nullable=False),
        sa.Column("passage_digest", sa.String(64), nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("ends", sa.Date, nullable=False),
        sa.Column("proposed_by", sa.String(200), nullable=False),
        sa.Column("proposed", _TIME, nullable=False),
        sa.Column("approved_by", sa.String(200), nullable=True),
        sa.Column("approved", _TIME, nullable=True),
        sa.Column("ended_by", sa.String(200), nullable=True),
        sa.Column("ended", _TIME, nullable=True),
        sa.Column("end_reason", sa.Text, nullable=False, server_default=""),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_pinned_answers"),
    )

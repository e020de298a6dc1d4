"""Drafts of documents, what was saved of each, and the files they were made from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "source_files",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("kept", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_source_files"),
    )
    op.create_table(
        "drafts",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(200), nullable=True),
        sa.Column("base", sa.String(64), nullable=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("metadata", sa.JSON, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("replaces", sa.JSON, nullable=False),
        sa.Column("reading", sa.JSON, nullable=False),
        sa.Column("source", sa.String(64), nullable=True),
        sa.Column("source_name", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("made", _TIME, nullable=False),
        sa.Column("changed_by", sa.String(200), nullable=False),
        sa.Column("changed", _TIME, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("publish_at", _TIME, nullable=True),
        sa.Column("publish_by", sa.String(200), nullable=False),
        sa.Column("publish_role", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("leased_until", _TIME, nullable=True),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("edition", sa.Integer, nullable=True),
        sa.Column("published_digest", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_drafts"),
        sa.ForeignKeyConstraint(
            ["source"], ["source_files.digest"], name="fk_drafts_source_source_files"
        ),
    )
    for column in ("document_id", "source", "status", "published_digest"):
        op.create_index(f"ix_drafts_{column}", "drafts", [column])
    op.create_table(
        "draft_saves",
        sa.Column("draft", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("draft", "version", name="pk_draft_saves"),
        sa.ForeignKeyConstraint(["draft"], ["drafts.number"], name="fk_draft_saves_draft_drafts"),
    )

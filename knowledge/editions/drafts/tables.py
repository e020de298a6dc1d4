"""The tables of drafts, of what was saved of each, and of the files they were made from."""

import sqlalchemy as sa

from database import metadata

_TIME = sa.DateTime(timezone=True)

source_files_table = sa.Table(
    "source_files",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("media_type", sa.String(100), nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("kept", _TIME, nullable=False),
)
drafts_table = sa.Table(
    "drafts",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("document_id", sa.String(200), nullable=True, index=True),
    sa.Column("base", sa.String(64), nullable=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("metadata", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("replaces", sa.JSON, nullable=False),
    sa.Column("reading", sa.JSON, nullable=False),
    sa.Column("source", sa.ForeignKey(source_files_table.c.digest), nullable=True, index=True),
    sa.Column("source_name", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("by", sa.String(200), nullable=False),
    sa.Column("made", _TIME, nullable=False),
    sa.Column("changed_by", sa.String(200), nullable=False),
    sa.Column("changed", _TIME, nullable=False),
    sa.Column("status", sa.String(16), nullable=False, index=True),
    sa.Column("publish_at", _TIME, nullable=True),
    sa.Column("publish_by", sa.String(200), nullable=False),
    sa.Column("publish_role", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("leased_until", _TIME, nullable=True),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("edition", sa.Integer, nullable=True),
    sa.Column("published_digest", sa.String(64), nullable=True, index=True),
)
draft_saves_table = sa.Table(
    "draft_saves",
    metadata,
    sa.Column("draft", sa.ForeignKey(drafts_table.c.number), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("by", sa.String(200), nullable=False),
    sa.Column("at", _TIME, nullable=False),
)

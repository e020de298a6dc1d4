"""The tables of what was published."""

import sqlalchemy as sa

from database import metadata

versions_table = sa.Table(
    "versions",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("document_id", sa.String(200), nullable=False, index=True),
    sa.Column("metadata", sa.JSON, nullable=False),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
)
passages_table = sa.Table(
    "passages",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("headings", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sentences", sa.JSON, nullable=False),
)
version_passages_table = sa.Table(
    "version_passages",
    metadata,
    sa.Column("version", sa.ForeignKey(versions_table.c.digest), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("anchor", sa.String(200), nullable=False),
    sa.Column("passage", sa.ForeignKey(passages_table.c.digest), nullable=False),
    sa.Column("page", sa.Integer, nullable=True),
)
editions_table = sa.Table(
    "editions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("published", sa.DateTime(timezone=True), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("settings", sa.JSON, nullable=False),
    sa.Column("by", sa.Text, nullable=False, server_default=""),
    sa.Column("base", sa.Integer, nullable=True),
    sa.Column("digest", sa.String(64), nullable=True),
)
edition_versions_table = sa.Table(
    "edition_versions",
    metadata,
    sa.Column("edition", sa.ForeignKey(editions_table.c.number), primary_key=True),
    sa.Column("version", sa.ForeignKey(versions_table.c.digest), primary_key=True),
    sa.Column("origins", sa.JSON, nullable=False),
)
withdrawn_table = sa.Table(
    "withdrawn",
    metadata,
    sa.Column("document_id", sa.String(200), primary_key=True),
    sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=False),
)

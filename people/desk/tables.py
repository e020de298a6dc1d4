"""The tables of cases: what a member sent, what became of it, and the notes that stay inside."""

import sqlalchemy as sa

from database import metadata

cases_table = sa.Table(
    "cases",
    metadata,
    # What the member reviewed and sent.
    sa.Column("reference", sa.String(16), primary_key=True),
    sa.Column("session", sa.String(64), nullable=False, index=True),
    sa.Column("request", sa.String(64), nullable=True, unique=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("shown", sa.Text, nullable=False),
    sa.Column("urgency", sa.String(16), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("phone", sa.Text, nullable=True),
    sa.Column("email", sa.Text, nullable=True),
    sa.Column("when", sa.Text, nullable=False),
    sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
    # What advisers did with it.
    sa.Column("state", sa.String(16), nullable=False, server_default="new", index=True),
    sa.Column("holder", sa.String(100), nullable=False, server_default=""),
    sa.Column("touched", sa.DateTime(timezone=True), nullable=True),
    sa.Column("contacted", sa.DateTime(timezone=True), nullable=True),
    sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
    sa.Column("outcome", sa.String(16), nullable=False, server_default=""),
    sa.Column("passage", sa.String(400), nullable=False, server_default=""),
    sa.Column("remark", sa.Text, nullable=False, server_default=""),
    sa.Column("suggested", sa.JSON, nullable=True),
)
notes_table = sa.Table(
    "case_notes",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("reference", sa.ForeignKey("cases.reference"), nullable=False, index=True),
    sa.Column("who", sa.String(100), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("written", sa.DateTime(timezone=True), nullable=False),
)

"""A turn keeps who decided, an edition who made it and from what; a case only what was reviewed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the new columns, and delete what members wrote outside the review of their case."""
    op.add_column("turns", sa.Column("decided", sa.JSON, nullable=True))
    op.add_column("editions", sa.Column("by", sa.Text, nullable=False, server_default=""))
    op.add_column("editions", sa.Column("base", sa.Integer, nullable=True))
    op.add_column("editions", sa.Column("digest", sa.String(64), nullable=True))
    with op.batch_alter_table("cases") as cases:
        cases.drop_column("searched")
        cases.add_column(sa.Column("request", sa.String(64), nullable=True))
        cases.create_unique_constraint("uq_cases_request", ["request"])

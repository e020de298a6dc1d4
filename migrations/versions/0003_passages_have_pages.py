"""A passage of a version keeps the page on which it begins."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; what is published already has no page."""
    op.add_column("version_passages", sa.Column("page", sa.Integer, nullable=True))

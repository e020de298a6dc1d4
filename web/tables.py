"""The app's own tables, beside those of `knowledge.store` in the same database."""

import sqlalchemy as sa

tables = sa.MetaData()

"""The app's own tables, beside those of `knowledge.editions.store` in the same database."""

import sqlalchemy as sa

tables = sa.MetaData()

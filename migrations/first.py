"""The tables of the first revision, and taking over a database from before there were revisions."""

import sqlalchemy as sa

_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def tables() -> sa.MetaData:
    """Give the tables of the last release without revisions. This never changes again."""
    made = sa.MetaData(naming_convention=_CONVENTION)
    _guidance(made)
    _people(made)
    return made


def take_over(connection: sa.Connection) -> None:
    """Make the first revision's tables, and move into them what older ones hold.

    Older tables have constraints without names, and some lack a column; what they hold is kept.
    """
    made = tables()
    before = sa.MetaData()
    before.reflect(connection, only=lambda name, _: name in made.tables)
    old = list(before.sorted_tables)
    for table in old:
        # Names of indexes belong to the whole database, so they have to go first.
        for index in table.indexes:
            index.drop(connection)
        name = connection.dialect.identifier_preparer.quote(table.name)
        connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO before_{table.name}")
    made.create_all(connection)
    for table in old:
        columns = [column.name for column in made.tables[table.name].c if column.name in table.c]
        source = sa.table(f"before_{table.name}", *(sa.column(name) for name in columns))
        connection.execute(
            made.tables[table.name].insert().from_select(columns, sa.select(*source.c))
        )
    for table in reversed(old):
        connection.exec_driver_sql(f"DROP TABLE before_{table.name}")


def _guidance(made: sa.MetaData) -> None:
    sa.Table(
        "versions",
        made,
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("document_id", sa.String(200), nullable=False, index=True),
        sa.Column("metadata", sa.JSON, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    sa.Table(
        "passages",
        made,
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("headings", sa.JSON, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sentences", sa.JSON, nullable=False),
    )
    sa.Table(
        "version_passages",
        made,
        sa.Column("version", sa.ForeignKey("versions.digest"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("anchor", sa.String(200), nullable=False),
        sa.Column("passage", sa.ForeignKey("passages.digest"), nullable=False),
    )
    sa.Table(
        "editions",
        made,
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("published", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("settings", sa.JSON, nullable=False),
    )
    sa.Table(
        "edition_versions",
        made,
        sa.Column("edition", sa.ForeignKey("editions.number"), primary_key=True),
        sa.Column("version", sa.ForeignKey("versions.digest"), primary_key=True),
        sa.Column("origins", sa.JSON, nullable=False),
    )
    sa.Table(
        "withdrawn",
        made,
        sa.Column("document_id", sa.String(200), primary_key=True),
        sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=False),
    )
    for name, columns in (("vectors", ["vector"]), ("pieces", ["ids", "starts", "vectors"])):
        sa.Table(
            name,
            made,
            sa.Column("model", sa.String(64), primary_key=True),
            sa.Column("text", sa.String(64), primary_key=True),
            *(sa.Column(column, sa.LargeBinary, nullable=False) for column in columns),
        )


def _people(made: sa.MetaData) -> None:
    sa.Table(
        "turns",
        made,
        sa.Column("session", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("message_id", sa.String(64), nullable=True, index=True),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("replies", sa.JSON, nullable=False),
        sa.Column("said", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.UniqueConstraint("session", "message_id"),
    )
    sa.Table(
        "cases",
        made,
        sa.Column("reference", sa.String(16), primary_key=True),
        sa.Column("session", sa.String(64), nullable=False, index=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("searched", sa.JSON, nullable=False),
        sa.Column("urgency", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=True),
        sa.Column("email", sa.Text, nullable=True),
        sa.Column("when", sa.Text, nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
    )
    sa.Table(
        "feedback",
        made,
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=True, unique=True),
        sa.Column("passages", sa.JSON, nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("comment", sa.Text, nullable=True),
        sa.Column("given", sa.DateTime(timezone=True), nullable=False),
    )

"""What an account is: its name, its role, and the tables of accounts and their sessions."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal, get_args

import sqlalchemy as sa

from database import metadata
from people.errors import BadName

Role = Literal["adviser", "editor", "admin"]
# Each may do what the ones before it may.
ROLES: tuple[Role, ...] = get_args(Role)

_NAME = re.compile(r"[\w.+@-]{1,100}")

users_table = sa.Table(
    "users",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("password", sa.Text, nullable=True),
    sa.Column("subject", sa.String(600), nullable=True, unique=True),
    sa.Column("made", sa.DateTime(timezone=True), nullable=False),
)
links_table = sa.Table(
    "password_links",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("name", sa.ForeignKey("users.name"), nullable=False, index=True),
    sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
)
sessions_table = sa.Table(
    "staff_sessions",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("name", sa.ForeignKey("users.name"), nullable=False, index=True),
    sa.Column("begun", sa.DateTime(timezone=True), nullable=False),
    sa.Column("used", sa.DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True)
class User:
    """A member of staff who can sign in.

    :param has_password: whether one was set; without it nobody can sign in by password.
    :param elsewhere: whether the organisation's own provider signs this account in.
    """

    name: str
    role: Role
    active: bool = True
    has_password: bool = False
    elsewhere: bool = False

    def may(self, role: Role) -> bool:
        """Say whether this account may do what a role may."""
        return self.active and ROLES.index(self.role) >= ROLES.index(role)


def user_of(row: sa.Row[Any]) -> User:
    """Make a user of a row of the table."""
    return User(row.name, row.role, row.active, row.password is not None, row.subject is not None)


def read_name(text: str) -> str:
    """Give a name as it is kept: one person's name is one name, however it is typed.

    :raises BadName: if it cannot be a name.
    """
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    if not _NAME.fullmatch(name):
        raise BadName
    return name


def end_sessions(connection: sa.Connection, name: str) -> int:
    """End every session of an account; give how many there were."""
    return connection.execute(sessions_table.delete().where(sessions_table.c.name == name)).rowcount


def has_ended(
    now: dt.datetime, idle: dt.timedelta, longest: dt.timedelta
) -> sa.ColumnElement[bool]:
    """Give the condition on sessions that are over."""
    return sa.or_(sessions_table.c.used < now - idle, sessions_table.c.begun < now - longest)

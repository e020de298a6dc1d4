"""One-time links by which an account's password is set; only their digests are kept."""

import datetime as dt

import sqlalchemy as sa

from people.accounts import links_table
from people.secret_tokens import digest_of, new_token

LINK_HOURS = 72


def make_link(connection: sa.Connection, name: str, now: dt.datetime) -> str:
    """Give the secret of a new link for an account; one that it had is no longer good."""
    drop_links(connection, name)
    token = new_token()
    ends = now + dt.timedelta(hours=LINK_HOURS)
    connection.execute(links_table.insert().values(digest=digest_of(token), name=name, ends=ends))
    return token


def owner_of(connection: sa.Connection, token: str, now: dt.datetime) -> str | None:
    """Give the account that a link is for, or None when it is not good, or no longer."""
    name: str | None = connection.scalar(
        sa.select(links_table.c.name).where(
            links_table.c.digest == digest_of(token), links_table.c.ends > now
        )
    )
    return name


def take_link(connection: sa.Connection, token: str, now: dt.datetime) -> str | None:
    """Use a link up: give its account to one caller alone, and None to everybody else."""
    name = owner_of(connection, token, now)
    taken = connection.execute(
        links_table.delete().where(links_table.c.digest == digest_of(token))
    ).rowcount
    return name if taken else None


def drop_links(connection: sa.Connection, name: str) -> None:
    """Make the links of an account useless."""
    connection.execute(links_table.delete().where(links_table.c.name == name))


def delete_old_links(engine: sa.Engine, now: dt.datetime) -> int:
    """Delete the links whose time is up; give how many there were."""
    with engine.begin() as connection:
        return connection.execute(links_table.delete().where(links_table.c.ends <= now)).rowcount

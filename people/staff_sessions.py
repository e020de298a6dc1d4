"""Sign-in sessions of staff: an opaque token in a cookie, of which only the digest is kept."""

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa

from database import aware, utc_now
from people.accounts import User, end_sessions, has_ended, sessions_table, user_of, users_table
from people.audit import Act, Actor, record
from people.secret_tokens import digest_of, new_token

IDLE = dt.timedelta(hours=2)
LONGEST = dt.timedelta(hours=12)
# How exactly it is known when a session was used last: not every page writes to the database.
_NOTED = dt.timedelta(minutes=1)


class StaffSessions:
    """Begins, finds and ends sessions.

    :param now: gives the time; tests move it.
    """

    def __init__(self, engine: sa.Engine, now: Callable[[], dt.datetime] = utc_now) -> None:
        self.engine, self.now = engine, now

    def begin(self, user: User) -> str:
        """Begin a session for somebody who has just shown who they are; give its token."""
        token, now = new_token(), self.now()
        with self.engine.begin() as connection:
            connection.execute(
                sessions_table.insert().values(
                    digest=digest_of(token), name=user.name, begun=now, used=now
                )
            )
            record(connection, Actor(user.name, user.role), Act("signed_in", user.name))
        return token

    def find(self, token: str) -> User | None:
        """Give the account of a session that goes on, or None; it counts as used now."""
        digest, now = digest_of(token), self.now()
        query = (
            sa.select(users_table, sessions_table.c.used)
            .join(sessions_table, sessions_table.c.name == users_table.c.name)
            .where(
                sessions_table.c.digest == digest,
                users_table.c.active,
                ~has_ended(now, IDLE, LONGEST),
            )
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if aware(row.used) < now - _NOTED:
            with self.engine.begin() as connection:
                connection.execute(
                    sessions_table.update()
                    .where(sessions_table.c.digest == digest)
                    .values(used=now)
                )
        return user_of(row)

    def end(self, token: str) -> None:
        """End a session."""
        with self.engine.begin() as connection:
            connection.execute(
                sessions_table.delete().where(sessions_table.c.digest == digest_of(token))
            )

    def end_all(self, user: User) -> None:
        """End every session of an account, wherever it is signed in."""
        with self.engine.begin() as connection:
            end_sessions(connection, user.name)
            act = Act("signed_out_everywhere", user.name)
            record(connection, Actor(user.name, user.role), act)

    def delete_ended(self) -> int:
        """Delete the sessions that are over; give how many there were."""
        with self.engine.begin() as connection:
            return connection.execute(
                sessions_table.delete().where(has_ended(self.now(), IDLE, LONGEST))
            ).rowcount

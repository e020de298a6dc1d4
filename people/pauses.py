"""Growing pauses between attempts to sign in under one name; never a lock that stays.

Names that no account has get the same pauses, so that nothing tells which names there are.
"""

import datetime as dt
import hashlib
import math
from collections.abc import Callable

import sqlalchemy as sa

from database import aware, metadata, utc_now
from people.errors import Paused

_FREE = 3  # attempts without a pause: a mistyped password is no attack
_LONGEST = 60  # seconds: longer ones would let anybody keep somebody out
_FORGOTTEN = dt.timedelta(days=1)

_pauses = sa.Table(
    "sign_in_pauses",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    sa.Column("tried", sa.DateTime(timezone=True), nullable=False),
)


class Pauses:
    """Counts attempts by name.

    :param secret: keys the digests of names: people type a password there by mistake.
    :param now: gives the time; tests move it.
    """

    def __init__(
        self, engine: sa.Engine, secret: str, now: Callable[[], dt.datetime] = utc_now
    ) -> None:
        self.engine, self.now = engine, now
        self._key = hashlib.sha256(secret.encode()).digest()

    def count(self, name: str) -> None:
        """Count an attempt before it is made, so that many at once do not slip through.

        :raises Paused: if the next one may only be made later; that one is not counted.
        """
        digest, now = self._digest(name), self.now()
        try:
            with self.engine.begin() as connection:
                row = connection.execute(
                    sa.select(_pauses).where(_pauses.c.name == digest)
                ).one_or_none()
                if row is not None and aware(row.until) > now:
                    raise Paused(math.ceil((aware(row.until) - now).total_seconds()))
                if row is not None and aware(row.tried) < now - _FORGOTTEN:
                    connection.execute(_pauses.delete().where(_pauses.c.name == digest))
                    row = None
                attempts = 1 if row is None else row.attempts + 1
                values = {
                    "attempts": attempts,
                    "until": now + dt.timedelta(seconds=_pause(attempts)),
                    "tried": now,
                }
                if row is None:
                    connection.execute(_pauses.insert().values(name=digest, **values))
                    return
                counted = connection.execute(
                    _pauses.update()
                    .where(_pauses.c.name == digest, _pauses.c.attempts == row.attempts)
                    .values(**values)
                ).rowcount
        except sa.exc.IntegrityError:
            counted = 0
        if not counted:  # another attempt under this name began at the same moment
            raise Paused(1)

    def clear(self, name: str) -> None:
        """Forget the attempts under a name: the right person has come."""
        with self.engine.begin() as connection:
            connection.execute(_pauses.delete().where(_pauses.c.name == self._digest(name)))

    def delete_old(self) -> int:
        """Delete what is long past; give how much there was."""
        with self.engine.begin() as connection:
            return connection.execute(
                _pauses.delete().where(_pauses.c.tried < self.now() - _FORGOTTEN)
            ).rowcount

    def _digest(self, name: str) -> str:
        return hashlib.blake2b(
            name.encode("utf-8", "replace"), key=self._key, digest_size=32
        ).hexdigest()


def _pause(attempts: int) -> int:
    """Give the seconds before the attempt after so many."""
    return 0 if attempts <= _FREE else min(int(2 ** min(attempts - _FREE, 10)), _LONGEST)

"""Conversations as members see them: for reload, retry and real deletion."""

import datetime as dt
import itertools
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from database import aware, empty_log, metadata, rewrite_file, utc_now

logger = logging.getLogger(__name__)

_turns = sa.Table(
    "turns",
    metadata,
    sa.Column("session", sa.String(64), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("message_id", sa.String(64), nullable=True, index=True),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("replies", sa.JSON, nullable=False),
    sa.Column("said", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("decided", sa.JSON, nullable=True),
    sa.UniqueConstraint("session", "message_id"),
)

# How long after the first message it is taken as sent again, when no token comes with it.
_RETRIED = dt.timedelta(minutes=10)
# The page's identifiers are 128 random bits, as hexadecimal digits.
_HEXADECIMAL = re.compile(r"[0-9a-f]{32}")
# Of 32 random digits fewer than 8 differ, or fewer than 8 steps from one to the next, once in ten
# million times.
_FEWEST = 8


@dataclass(frozen=True)
class Turn:
    """A message and what the bot replied, as plain JSON.

    :param decided: which step decided and why, for staff; holds no words of the member.
    """

    message: str
    replies: Sequence[dict[str, Any]]
    message_id: str | None = None
    decided: dict[str, Any] | None = None


class Conversations:
    """Keeps turns for a limited time, and deletes them in Rasa's store too.

    :param engine: the app's database.
    :param tracker: Rasa's database; its table appears with the first message.
    """

    def __init__(self, engine: sa.Engine, tracker: sa.Engine, hours: int) -> None:
        self.engine, self.tracker = engine, tracker
        self.kept = dt.timedelta(hours=hours)
        # A process that was killed may have deleted rows and left their bytes.
        self._bytes_left = True
        # Rasa may still write a turn that it was too slow for, of a conversation that is cleared.
        self._cleared: tuple[list[str], list[str]] = ([], [])  # before the last round, and since

    def add(self, session: str, turn: Turn) -> None:
        """Keep one turn. A message that was kept before, by its identifier, is not kept again."""
        with self.engine.begin() as connection:
            if turn.message_id is not None and connection.scalar(_exists(session, turn.message_id)):
                return
            number = connection.scalar(
                sa.select(sa.func.coalesce(sa.func.max(_turns.c.number), 0)).where(
                    _turns.c.session == session
                )
            )
            connection.execute(
                _turns.insert().values(
                    session=session,
                    number=(number or 0) + 1,
                    message_id=turn.message_id,
                    message=turn.message,
                    replies=list(turn.replies),
                    decided=turn.decided,
                    said=utc_now(),
                )
            )

    def find(self, session: str, message_id: str) -> Turn | None:
        """Give the turn of a message that was answered before, by its identifier."""
        query = sa.select(_turns).where(
            _turns.c.session == session, _turns.c.message_id == message_id
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _turn(row)

    def begun_by(self, message_id: str, message: str) -> str | None:
        """Give the conversation that a message began, when its reply never reached the member.

        The identifier stands in for the session's token. So it must be one that nobody could
        guess, come with the same message, soon, and nothing may have been said since.
        """
        if not _is_random(message_id):
            return None
        later = _turns.alias()
        query = sa.select(_turns.c.session).where(
            _turns.c.message_id == message_id,
            _turns.c.number == 1,
            _turns.c.message == message,
            _turns.c.said > utc_now() - _RETRIED,
            ~sa.exists().where(later.c.session == _turns.c.session, later.c.number > 1),
        )
        with self.engine.connect() as connection:
            session: str | None = connection.scalar(query)
        return session

    def turns(self, session: str) -> list[Turn]:
        """Give all turns of a conversation, first one first."""
        query = sa.select(_turns).where(_turns.c.session == session).order_by(_turns.c.number)
        with self.engine.connect() as connection:
            return [_turn(row) for row in connection.execute(query)]

    def decided(self, session: str, until: dt.datetime) -> list[dict[str, Any]]:
        """Give what decided each turn of a conversation up to a moment; no words of the member."""
        query = (
            sa.select(_turns.c.decided)
            .where(
                _turns.c.session == session, _turns.c.said <= until, _turns.c.decided.is_not(None)
            )
            .order_by(_turns.c.number)
        )
        with self.engine.connect() as connection:
            return [decided for decided in connection.scalars(query) if decided]

    def expires(self, session: str) -> dt.datetime:
        """Give the time at which a conversation is deleted if nothing more is said."""
        with self.engine.connect() as connection:
            last: dt.datetime | None = connection.scalar(
                sa.select(sa.func.max(_turns.c.said)).where(_turns.c.session == session)
            )
        return (aware(last) if last else utc_now()) + self.kept

    def delete(self, session: str) -> None:
        """Delete a conversation everywhere: here and in Rasa's store."""
        with self.engine.begin() as connection:
            connection.execute(_turns.delete().where(_turns.c.session == session))
        self._cleared[1].append(session)
        self._delete_in_rasa([session])
        self._erase()

    def delete_expired(self) -> int:
        """Delete every conversation whose time is up; give how many there were."""
        last = sa.func.max(_turns.c.said)
        query = (
            sa.select(_turns.c.session)
            .group_by(_turns.c.session)
            .having(last < utc_now() - self.kept)
        )
        with self.engine.begin() as connection:
            sessions = list(connection.scalars(query))
            if sessions:
                connection.execute(_turns.delete().where(_turns.c.session.in_(sessions)))
        before, since = self._cleared
        self._cleared = (since, [])
        late = self._delete_in_rasa([*sessions, *before, *since])
        forgotten = self._delete_forgotten_in_rasa()
        if sessions or late or forgotten or self._bytes_left:
            self._erase()
        return len(sessions)

    def _erase(self) -> None:
        """Leave no byte of what was deleted in a file; what is busy is tried again later."""
        self._bytes_left = True
        try:
            rewrite_file(self.tracker)
            self._bytes_left = not (empty_log(self.tracker) and empty_log(self.engine))
        except sa.exc.OperationalError as error:
            logger.warning(
                "Deleted conversations are not overwritten yet: %s", type(error).__name__
            )

    def _delete_in_rasa(self, sessions: list[str]) -> int:
        events = _events(self.tracker)
        if events is None or not sessions:
            return 0
        with self.tracker.begin() as connection:
            return connection.execute(
                events.delete().where(events.c.sender_id.in_(sessions))
            ).rowcount

    def _delete_forgotten_in_rasa(self) -> int:
        """Delete what Rasa keeps of conversations that never got as far as our own table."""
        events = _events(self.tracker)
        if events is None:
            return 0
        limit = (utc_now() - self.kept).timestamp()
        old = (
            sa.select(events.c.sender_id)
            .group_by(events.c.sender_id)
            .having(sa.func.max(events.c.timestamp) < limit)
        )
        with self.tracker.begin() as connection:
            return connection.execute(events.delete().where(events.c.sender_id.in_(old))).rowcount


def _turn(row: sa.Row[Any]) -> Turn:
    return Turn(row.message, row.replies, row.message_id, row.decided)


def _exists(session: str, message_id: str) -> sa.Select[tuple[int]]:
    return sa.select(_turns.c.number).where(
        _turns.c.session == session, _turns.c.message_id == message_id
    )


def _is_random(message_id: str) -> bool:
    """Say whether an identifier looks like 128 random bits: "aaaa…" and "0123…" do not."""
    if not _HEXADECIMAL.fullmatch(message_id):
        return False
    digits = [int(digit, 16) for digit in message_id]
    steps = {(after - before) % 16 for before, after in itertools.pairwise(digits)}
    return min(len(set(digits)), len(steps)) >= _FEWEST


def _events(tracker: sa.Engine) -> sa.Table | None:
    """Give Rasa's table of events (rasa.core.tracker_store.SQLTrackerStore), if it is there."""
    if not sa.inspect(tracker).has_table("events"):
        return None
    return sa.Table(
        "events",
        sa.MetaData(),
        sa.Column("sender_id", sa.String(255)),
        sa.Column("timestamp", sa.Float),
    )

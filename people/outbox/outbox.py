"""The outbox: mails wait in the database until one worker, of however many, has sent them.

A mail is never lost: it goes only when it was sent, or when an admin takes it out. A worker that is
killed after the mail server took a mail and before that is noted leaves it to be sent once more,
with the same Message-ID.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Literal

import sqlalchemy as sa

from database import utc_now
from people.audit import Act, Actor, record
from people.errors import StaffError
from people.outbox.mail import Kept, kept_of, outbox_table

State = Literal["waiting", "failing", "sent"]

LEASE = dt.timedelta(minutes=10)  # far longer than a mail server may take
_FIRST_PAUSE = dt.timedelta(minutes=1)
_LONGEST_PAUSE = dt.timedelta(hours=6)
_KEPT = dt.timedelta(days=30)
_LONGEST_PROBLEM = 1000


class NotWaiting(StaffError):
    """A mail cannot be changed: it was sent, or is being sent, or is gone."""

    def __init__(self) -> None:
        super().__init__(
            "This mail was sent or is being sent just now, so nothing was changed. Load the page "
            "again."
        )


class Outbox:
    """The outbox of one database, which several processes may empty at once.

    :param now: gives the time; tests move it.
    """

    def __init__(self, engine: sa.Engine, now: Callable[[], dt.datetime] = utc_now) -> None:
        self.engine, self.now = engine, now

    # --- for workers

    def claim(self) -> Kept | None:
        """Take the mail that has waited longest, for this worker alone; None when none is due."""
        now, table = self.now(), outbox_table
        free = [
            table.c.sent.is_(None),
            table.c.not_before <= now,
            sa.or_(table.c.lease_until.is_(None), table.c.lease_until < now),
        ]
        with self.engine.connect() as connection:
            # Reading disturbs nobody; the change below has to wait for the database's lock.
            if connection.scalar(sa.select(table.c.number).where(*free).limit(1)) is None:
                return None
        due = (
            sa.select(table.c.number)
            .where(*free)
            .order_by(table.c.not_before, table.c.number)
            .limit(1)
            .with_for_update(skip_locked=True)  # Postgres; SQLite lets one writer at a time in
            .scalar_subquery()
        )
        with self.engine.begin() as connection:
            row = connection.execute(
                table.update()
                .where(table.c.number == due)
                .values(
                    lease=uuid.uuid4().hex,
                    lease_until=now + LEASE,
                    attempts=table.c.attempts + 1,
                )
                .returning(*table.c)
            ).one_or_none()
        return None if row is None else kept_of(row)

    def note_sent(self, kept: Kept) -> None:
        """Note that the mail server has taken a mail."""
        self._end(kept, sent=self.now(), problem="")

    def note_failed(self, kept: Kept, problem: str) -> None:
        """Note why an attempt failed; the next one follows after a pause that grows."""
        pause = min(_FIRST_PAUSE * 2 ** min(kept.attempts - 1, 20), _LONGEST_PAUSE)
        self._end(kept, not_before=self.now() + pause, problem=problem[:_LONGEST_PROBLEM])

    def delete_old(self) -> int:
        """Delete what was sent long ago; give how much there was."""
        with self.engine.begin() as connection:
            return connection.execute(
                outbox_table.delete().where(outbox_table.c.sent < self.now() - _KEPT)
            ).rowcount

    # --- for admins

    def rows(self, state: State | None, most: int, below: int | None = None) -> list[Kept]:
        """Give the newest mails.

        :param state: only those that wait, of which an attempt failed, or that were sent.
        :param below: only those with a lower number: the next page.
        """
        table = outbox_table
        query = sa.select(table).order_by(table.c.number.desc()).limit(most)
        if state is not None:
            query = query.where(_is(state))
        if below is not None:
            query = query.where(table.c.number < below)
        with self.engine.connect() as connection:
            return [kept_of(row) for row in connection.execute(query)]

    def counts(self) -> dict[State, int]:
        """Count the mails of each state."""
        states: tuple[State, ...] = ("waiting", "failing", "sent")
        query = sa.select(
            *(
                sa.select(sa.func.count())
                .select_from(outbox_table)
                .where(_is(state))
                .scalar_subquery()
                .label(state)
                for state in states
            )
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).one()
        return {state: getattr(row, state) for state in states}

    def retry(self, number: int, by: Actor) -> None:
        """Have a mail tried at once, without waiting for the end of its pause.

        :raises NotWaiting: if it was sent, is being sent or is gone.
        """
        self._change(
            number, by, "mail_retried", outbox_table.update().values(not_before=self.now())
        )

    def take_out(self, number: int, by: Actor) -> None:
        """Give a mail up: it is deleted, and the audit says so.

        :raises NotWaiting: if it was sent, is being sent or is gone.
        """
        self._change(number, by, "mail_taken_out", outbox_table.delete())

    def _end(self, kept: Kept, **values: object) -> None:
        """End an attempt, unless its lease ran out and another worker has the mail now."""
        table = outbox_table
        with self.engine.begin() as connection:
            connection.execute(
                table.update()
                .where(table.c.number == kept.number, table.c.lease == kept.lease)
                .values(lease=None, lease_until=None, **values)
            )

    def _change(self, number: int, by: Actor, action: str, change: sa.Update | sa.Delete) -> None:
        table, now = outbox_table, self.now()
        with self.engine.begin() as connection:
            done = connection.execute(
                change.where(
                    table.c.number == number,
                    table.c.sent.is_(None),
                    sa.or_(table.c.lease_until.is_(None), table.c.lease_until < now),
                )
            ).rowcount
            if not done:
                raise NotWaiting
            record(connection, by, Act(action, f"mail {number}"))


def _is(state: State) -> sa.ColumnElement[bool]:
    table = outbox_table
    if state == "sent":
        return table.c.sent.is_not(None)
    failed = table.c.problem != ""
    return sa.and_(table.c.sent.is_(None), failed if state == "failing" else ~failed)

"""What members asked, without personal data, kept for a limited time for those who mend guidance.

No conversation is named: its digest only tells two of them apart, and finds the questions of one
that its member deletes.
"""

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import sqlalchemy as sa

from database import aware, empty_log, metadata, utc_now

# Why a question counts as one that guidance did not answer.
Lack = Literal["not_covered", "nearest", "handed_off", "not_helped", "abandoned", "adviser"]
LACKS: tuple[Lack, ...] = get_args(Lack)

# What an adviser wrote down is no turn of the bot, and is not counted as one.
_DESK = "desk"
# A choice that nobody made for so long is abandoned.
_PATIENCE = dt.timedelta(minutes=30)

asked_table = sa.Table(
    "asked",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation", sa.String(64), nullable=False, index=True),
    sa.Column("message", sa.String(64), nullable=True, unique=True),
    sa.Column("wording", sa.Text, nullable=True),
    sa.Column("follows", sa.Boolean, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("reason", sa.String(100), nullable=False),
    sa.Column("step", sa.String(100), nullable=False),
    sa.Column("edition", sa.Integer, nullable=True),
    sa.Column("probability", sa.Float, nullable=True),
    sa.Column("shown", sa.JSON, nullable=False),
    sa.Column("considered", sa.JSON, nullable=False),
    sa.Column("asked", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("helped", sa.Boolean, nullable=True),
    sa.Column("lack", sa.String(16), nullable=True, index=True),
    sa.Column("vector", sa.LargeBinary, nullable=True),
    sa.Column("gap", sa.ForeignKey("gaps.number"), nullable=True, index=True),
)


@dataclass(frozen=True)
class Question:
    """One turn's question, as it is kept.

    :param conversation: a digest, and nothing that leads back to the conversation.
    :param message: a digest of the message's identifier; what a member says of the answer later
        comes with it.
    :param wording: without personal data; None when only the turn is counted.
    :param asks: whether it stands by itself, goes on from the question before it (`follow_up`), or
        only gave what that one waited for (`earlier`).
    :param shown: the passages that the member was shown.
    :param considered: the passages that came nearest, best first.
    :param lack: why it counts as not answered; None when it was answered or is none of ours.
    """

    conversation: str
    message: str | None
    wording: str | None
    status: str
    reason: str = ""
    step: str = ""
    asks: str = "own"
    edition: int | None = None
    probability: float | None = None
    shown: tuple[str, ...] = ()
    considered: tuple[str, ...] = ()
    lack: Lack | None = None


@dataclass(frozen=True)
class Kept:
    """A question that was kept, with its wording.

    :param helped: what the member said of the answer; None when nothing.
    """

    number: int
    wording: str
    status: str
    reason: str
    step: str
    edition: int | None
    shown: tuple[str, ...]
    considered: tuple[str, ...]
    asked: dt.datetime
    helped: bool | None
    lack: Lack | None


class Asked:
    """Keeps what was asked.

    :param days: how long.
    :param now: gives the time; tests move it.
    """

    def __init__(
        self, engine: sa.Engine, days: int, now: Callable[[], dt.datetime] = utc_now
    ) -> None:
        self.engine, self.now = engine, now
        self.kept = dt.timedelta(days=days)

    def add(self, question: Question) -> None:
        """Keep a question; one of a message that was kept before is not kept again."""
        with self.engine.begin() as connection:
            if question.message is not None and connection.scalar(_of_message(question.message)):
                return
            wording = question.wording
            if wording is not None and question.asks != "own":
                before: str | None = connection.scalar(_own_before(question.conversation))
                wording = _whole(before, wording, question.asks)
            connection.execute(
                asked_table.insert().values(
                    conversation=question.conversation,
                    message=question.message,
                    wording=wording,
                    follows=question.asks == "follow_up",
                    status=question.status,
                    reason=question.reason[:100],
                    step=question.step[:100],
                    edition=question.edition,
                    probability=question.probability,
                    shown=list(question.shown),
                    considered=list(question.considered),
                    asked=self.now(),
                    lack=question.lack if wording is not None else None,
                )
            )

    def judge(self, conversation: str, message: str, helped: bool) -> None:
        """Keep whether the answer to a message helped."""
        _judge(self.engine, helped, conversation, asked_table.c.message == message)

    def judge_last(self, conversation: str, helped: bool) -> None:
        """Keep whether the last answer of a conversation helped."""
        last = (
            sa.select(sa.func.max(asked_table.c.number))
            .where(asked_table.c.conversation == conversation, asked_table.c.wording.is_not(None))
            .scalar_subquery()
        )
        _judge(self.engine, helped, conversation, asked_table.c.number == last)

    def forget(self, conversation: str) -> None:
        """Delete all questions of a conversation."""
        with self.engine.begin() as connection:
            connection.execute(
                asked_table.delete().where(asked_table.c.conversation == conversation)
            )
        empty_log(self.engine)  # off the disk too

    def delete_expired(self) -> int:
        """Delete every question whose time is up; give how many there were."""
        with self.engine.begin() as connection:
            deleted = connection.execute(
                asked_table.delete().where(asked_table.c.asked < self.now() - self.kept)
            ).rowcount
        if deleted:
            empty_log(self.engine)
        return deleted

    def counts(self, since: dt.datetime) -> Counter[str]:
        """Give how many turns ended in which status."""
        query = (
            sa.select(asked_table.c.status, sa.func.count())
            .where(asked_table.c.asked >= since, asked_table.c.status != _DESK)
            .group_by(asked_table.c.status)
        )
        with self.engine.connect() as connection:
            return Counter({row[0]: row[1] for row in connection.execute(query)})

    def recent(self, since: dt.datetime, most: int) -> Sequence[Kept]:
        """Give the newest questions with a wording, each wording once, the newest first."""
        newest = (
            sa.select(sa.func.max(asked_table.c.number))
            .where(asked_table.c.asked >= since, asked_table.c.wording.is_not(None))
            .group_by(asked_table.c.wording)
        )
        query = (
            sa.select(asked_table)
            .where(asked_table.c.number.in_(newest))
            .order_by(asked_table.c.number.desc())
            .limit(most)
        )
        with self.engine.connect() as connection:
            return [kept_of(row) for row in connection.execute(query)]

    def wordings(self, numbers: Sequence[int]) -> dict[int, str]:
        """Give the wordings of questions by their numbers; of those deleted meanwhile, none."""
        query = sa.select(asked_table.c.number, asked_table.c.wording).where(
            asked_table.c.number.in_(numbers), asked_table.c.wording.is_not(None)
        )
        with self.engine.connect() as connection:
            return {row.number: row.wording for row in connection.execute(query)}


def keep_missing(connection: sa.Connection, wording: str, now: dt.datetime) -> None:
    """Keep what an adviser says guidance does not answer, in their transaction.

    It stands for a conversation of its own, which nobody can find.

    :param wording: the adviser's own, without personal data.
    """
    connection.execute(
        asked_table.insert().values(
            conversation=secrets.token_hex(32),
            wording=wording,
            follows=False,
            status=_DESK,
            reason="no_guidance",
            step=_DESK,
            shown=[],
            considered=[],
            asked=now,
            lack="adviser",
        )
    )


def mark_abandoned(connection: sa.Connection, now: dt.datetime) -> None:
    """Mark the choices that were offered and never made: "which did you mean", and then nothing."""
    later = asked_table.alias()
    went_on = sa.exists().where(
        later.c.conversation == asked_table.c.conversation,
        later.c.number > asked_table.c.number,
        later.c.status.in_(("answered", "handoff")),
        later.c.lack.is_(None),
    )
    connection.execute(
        asked_table.update()
        .where(
            asked_table.c.status == "ambiguous",
            asked_table.c.lack.is_(None),
            asked_table.c.wording.is_not(None),
            asked_table.c.asked < now - _PATIENCE,
            ~went_on,
        )
        .values(lack="abandoned")
    )


def kept_of(row: Any) -> Kept:
    """Make a question of a row of the table."""
    return Kept(
        row.number,
        row.wording,
        row.status,
        row.reason,
        row.step,
        row.edition,
        tuple(row.shown),
        tuple(row.considered),
        aware(row.asked),
        row.helped,
        row.lack,
    )


def _whole(before: str | None, wording: str, asks: str) -> str:
    """Give a question that can be understood without the one before it."""
    if before is None:
        return wording
    return before if asks == "earlier" else f"{before.rstrip(' ?.!')}: {wording}"


def _of_message(message: str) -> sa.Select[tuple[int]]:
    return sa.select(asked_table.c.number).where(asked_table.c.message == message)


def _own_before(conversation: str) -> sa.Select[Any]:
    """Give the last question of a conversation that stood by itself."""
    return (
        sa.select(asked_table.c.wording)
        .where(
            asked_table.c.conversation == conversation,
            asked_table.c.wording.is_not(None),
            ~asked_table.c.follows,
        )
        .order_by(asked_table.c.number.desc())
        .limit(1)
    )


def _judge(
    engine: sa.Engine, helped: bool, conversation: str, which: sa.ColumnElement[bool]
) -> None:
    values: dict[str, object] = {"helped": helped}
    own = (asked_table.c.conversation == conversation, which)
    with engine.begin() as connection:
        connection.execute(asked_table.update().where(*own).values(**values))
        if helped:
            # A "no" that was taken back is no gap any more.
            changed = asked_table.update().where(*own, asked_table.c.lack == "not_helped")
            connection.execute(changed.values(lack=None, gap=None))
        else:
            answered = asked_table.c.wording.is_not(None), asked_table.c.lack.is_(None)
            connection.execute(
                asked_table.update().where(*own, *answered).values(lack="not_helped")
            )

"""Gaps: questions that guidance did not answer, grouped by meaning, and what becomes of them."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, get_args

import sqlalchemy as sa

from database import aware, metadata, utc_now
from people.asked import Kept, Lack, asked_table, kept_of
from people.audit import Act, Actor, record
from people.errors import StaffError
from people.fields import storable

State = Literal["open", "draft", "out_of_scope", "covered"]
STATES: tuple[State, ...] = get_args(State)
# A gap that fewer conversations ask is listed below the others.
FEW = 3

_LONGEST_REASON = 1000

gaps_table = sa.Table(
    "gaps",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("assigned", sa.String(100), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("answer", sa.String(400), nullable=False),
    sa.Column("changed_by", sa.String(200), nullable=False),
    sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
    sa.Column("edition", sa.Integer, nullable=True),
    sa.Column("reopened", sa.Integer, nullable=True),
    sa.Column("tested_edition", sa.Integer, nullable=True),
    sa.Column("tested", sa.Integer, nullable=True),
    sa.Column("answered", sa.Integer, nullable=True),
    sqlite_autoincrement=True,  # a number that was a gap's is never another's
)


class UnknownGap(StaffError):
    """There is no such gap."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"There is no gap {number}. A gap goes when the last of its questions is deleted. "
            f"'advice gaps' lists those there are."
        )


class GapChanged(StaffError):
    """Somebody else changed a gap meanwhile."""

    def __init__(self, gap: "Gap") -> None:
        super().__init__(
            f"'{gap.changed_by}' changed gap {gap.number} just now. Look at it again first."
        )
        self.gap = gap


class NoEnding(StaffError):
    """A gap should end, and it was not said why or with what."""

    def __init__(self, state: State) -> None:
        what = "which document answers it" if state == "covered" else "why"
        super().__init__(f"Say {what}, in at most {_LONGEST_REASON} characters.")


@dataclass(frozen=True)
class Retest:
    """How many of a gap's wordings an edition answers.

    :param edition: its number.
    """

    edition: int
    tested: int
    answered: int


@dataclass(frozen=True)
class Gap:
    """One gap.

    :param version: grows with each change; who changes it says which one they saw.
    :param assigned: the account that looks after it; empty for nobody.
    :param reason: why it ended so.
    :param answer: the document or passage that answers it, when it is covered.
    :param edition: the one that answered members when the gap ended.
    :param reopened: how many new conversations have opened it again; None when it was not opened
        by itself.
    """

    number: int
    state: State
    version: int
    assigned: str
    reason: str
    answer: str
    changed_by: str
    changed: dt.datetime
    edition: int | None
    reopened: int | None
    retest: Retest | None


@dataclass(frozen=True)
class Listed:
    """A gap with what was asked within a period.

    :param wording: the first one that is kept, so that a gap keeps its title.
    :param conversations: how many different ones asked it.
    :param lacks: the same by why it was not answered.
    """

    gap: Gap
    wording: str
    conversations: int
    lacks: Mapping[Lack, int]
    first: dt.datetime
    last: dt.datetime


@dataclass(frozen=True)
class Ending:
    """How a gap ends.

    :param answer: the document or passage, when it is covered.
    """

    state: State
    reason: str = ""
    answer: str = ""


class Gaps:
    """The gaps of one database.

    :param now: gives the time; tests move it.
    """

    def __init__(self, engine: sa.Engine, now: Callable[[], dt.datetime] = utc_now) -> None:
        self.engine, self.now = engine, now

    # --- reading

    def find(self, number: int) -> Gap:
        """Give a gap.

        :raises UnknownGap: if there is none.
        """
        with self.engine.connect() as connection:
            return _find(connection, number)

    def questions(self, number: int) -> list[Kept]:
        """Give the questions of a gap, the newest first."""
        query = (
            sa.select(asked_table)
            .where(asked_table.c.gap == number)
            .order_by(asked_table.c.number.desc())
        )
        with self.engine.connect() as connection:
            return [kept_of(row) for row in connection.execute(query)]

    def conversations(self, number: int, since: dt.datetime) -> int:
        """Give how many different conversations asked a gap's questions."""
        query = sa.select(sa.func.count(asked_table.c.conversation.distinct())).where(
            asked_table.c.gap == number, asked_table.c.asked >= since
        )
        with self.engine.connect() as connection:
            return connection.scalar(query) or 0

    def listed(
        self, since: dt.datetime, state: State | None = None, assigned: str | None = None
    ) -> list[Listed]:
        """Give the gaps that were asked, those that most conversations asked first.

        :param assigned: only those of this account; empty for those of nobody.
        """
        wanted = []
        if state is not None:
            wanted.append(gaps_table.c.state == state)
        if assigned is not None:
            wanted.append(gaps_table.c.assigned == assigned)
        with self.engine.connect() as connection:
            gaps = {
                row.number: _gap(row)
                for row in connection.execute(sa.select(gaps_table).where(*wanted))
            }
            titles = {row.gap: row.wording for row in connection.execute(_titles())}
            lacks: dict[int, dict[Lack, int]] = {}
            for row in connection.execute(_counted(since, asked_table.c.lack)):
                lacks.setdefault(row.gap, {})[row.lack] = row.conversations
            counted = connection.execute(_counted(since)).all()
        found = [
            Listed(
                gaps[row.gap],
                titles[row.gap],
                row.conversations,
                lacks[row.gap],
                aware(row.first),
                aware(row.last),
            )
            for row in counted
            if row.gap in gaps
        ]
        return sorted(found, key=lambda one: (-one.conversations, -one.last.timestamp()))

    def nearest(self, since: dt.datetime) -> dict[int, list[str]]:
        """Give the passages that came nearest to the questions of each gap."""
        found: dict[int, list[str]] = {}
        query = sa.select(asked_table.c.gap, asked_table.c.considered)
        with self.engine.connect() as connection:
            for row in connection.execute(query.where(*_in_gaps(since))):
                found.setdefault(row.gap, []).extend(row.considered)
        return found

    # --- changing; each change says which version it is made on

    def assign(self, number: int, version: int, to: str, by: Actor) -> None:
        """Give a gap to an account, or to nobody.

        :raises UnknownGap: if there is none.
        :raises GapChanged: if it was changed since that version.
        """
        with self._changing(number, version, by, assigned=to) as connection:
            record(connection, by, Act("gap_assigned", _subject(number), to))

    def end(
        self, number: int, version: int, ending: Ending, edition: int | None, by: Actor
    ) -> None:
        """End a gap.

        :param edition: the one that answers members now.
        :raises NoEnding: if a reason or the document is needed and not given.
        :raises UnknownGap: if there is none.
        :raises GapChanged: if it was changed since that version.
        """
        reason, answer = storable(ending.reason).strip(), storable(ending.answer).strip()
        needed = {"out_of_scope": reason, "covered": answer}.get(ending.state, "-")
        if not needed or len(reason) > _LONGEST_REASON or len(answer) > 400:
            raise NoEnding(ending.state)
        values = {"state": ending.state, "reason": reason, "answer": answer, "edition": edition}
        with self._changing(number, version, by, **values, reopened=None) as connection:
            words = " ".join(part for part in (answer, reason) if part)
            record(connection, by, Act(f"gap_{ending.state}", _subject(number), words))

    def reopen(self, number: int, version: int, by: Actor) -> None:
        """Open a gap that has ended.

        :raises UnknownGap: if there is none.
        :raises GapChanged: if it was changed since that version.
        """
        with self._changing(number, version, by, state="open", reopened=None) as connection:
            record(connection, by, Act("gap_reopened", _subject(number)))

    def save(self, number: int, retest: Retest) -> None:
        """Keep how many of a gap's wordings an edition answers; an older edition's is not kept."""
        older = sa.or_(
            gaps_table.c.tested_edition.is_(None), gaps_table.c.tested_edition <= retest.edition
        )
        with self.engine.begin() as connection:
            connection.execute(
                gaps_table.update()
                .where(gaps_table.c.number == number, older)
                .values(
                    tested_edition=retest.edition,
                    tested=retest.tested,
                    answered=retest.answered,
                )
            )

    def untested(self, edition: int) -> Sequence[int]:
        """Give the gaps that were asked of an earlier edition and not put to this one yet."""
        query = (
            sa.select(gaps_table.c.number)
            .join(asked_table, asked_table.c.gap == gaps_table.c.number)
            .where(
                sa.func.coalesce(asked_table.c.edition, 0) < edition,
                sa.func.coalesce(gaps_table.c.tested_edition, 0) < edition,
            )
            .distinct()
            .order_by(gaps_table.c.number)
        )
        with self.engine.connect() as connection:
            return connection.scalars(query).all()

    def delete_empty(self) -> int:
        """Delete every gap whose questions are all deleted; give how many there were."""
        has_questions = sa.exists().where(asked_table.c.gap == gaps_table.c.number)
        with self.engine.begin() as connection:
            return connection.execute(gaps_table.delete().where(~has_questions)).rowcount

    @contextmanager
    def _changing(
        self, number: int, version: int, by: Actor, **values: Any
    ) -> Iterator[sa.Connection]:
        with self.engine.begin() as connection:
            changed = connection.execute(
                gaps_table.update()
                .where(gaps_table.c.number == number, gaps_table.c.version == version)
                .values(
                    version=version + 1,
                    changed=self.now(),
                    changed_by=by.name[:200],
                    **values,
                )
            ).rowcount
            if not changed:
                raise GapChanged(_find(connection, number))
            yield connection


def _subject(number: int) -> str:
    return f"gap {number}"


def _find(connection: sa.Connection, number: int) -> Gap:
    row = connection.execute(
        sa.select(gaps_table).where(gaps_table.c.number == number)
    ).one_or_none()
    if row is None:
        raise UnknownGap(number)
    return _gap(row)


def _gap(row: Any) -> Gap:
    retest = None
    if row.tested_edition is not None:
        retest = Retest(row.tested_edition, row.tested, row.answered)
    return Gap(
        row.number,
        row.state,
        row.version,
        row.assigned,
        row.reason,
        row.answer,
        row.changed_by,
        aware(row.changed),
        row.edition,
        row.reopened,
        retest,
    )


def _titles() -> sa.Select[Any]:
    """Give the first wording of each gap."""
    first = (
        sa.select(sa.func.min(asked_table.c.number))
        .where(asked_table.c.gap.is_not(None))
        .group_by(asked_table.c.gap)
    )
    return sa.select(asked_table.c.gap, asked_table.c.wording).where(
        asked_table.c.number.in_(first)
    )


def _in_gaps(since: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return asked_table.c.gap.is_not(None), asked_table.c.asked >= since


def _counted(since: dt.datetime, *by: sa.Column[Any]) -> sa.Select[Any]:
    """Count the conversations of each gap, and of each value of a column in it."""
    groups = (asked_table.c.gap, *by)
    return (
        sa.select(
            *groups,
            sa.func.count(asked_table.c.conversation.distinct()).label("conversations"),
            sa.func.min(asked_table.c.asked).label("first"),
            sa.func.max(asked_table.c.asked).label("last"),
        )
        .where(*_in_gaps(since))
        .group_by(*groups)
    )

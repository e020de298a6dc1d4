"""Unanswered questions, grouped by meaning into gaps.

A question joins the gap whose questions are on average most like it, or begins a gap of its own.
It never moves again: so a gap stays the same gap while questions come and go.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from database import aware, utc_now
from people.asked import asked_table, mark_abandoned
from people.audit import Act, Actor, record
from people.gaps import FEW, gaps_table

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

# How alike a question must be to those of a gap, as their average cosine; docs/decisions/gaps.md.
ALIKE = 0.5

_TOGETHER = 200  # questions embedded, and grouped, at once
# Names the lock on Postgres; any number that nobody else uses.
_GROUPING = 7_202_612
# Who opens a gap again when members ask on.
_ITSELF = Actor("the bot")


class Grouping:
    """Puts unanswered questions into gaps, and opens those again that are asked on.

    :param embed: gives one unit vector a wording.
    :param now: gives the time; tests move it.
    """

    def __init__(
        self, engine: sa.Engine, embed: Embed, now: Callable[[], dt.datetime] = utc_now
    ) -> None:
        self.engine, self.embed, self.now = engine, embed, now

    def run(self) -> int:
        """Group what is not grouped yet; give how many questions that were."""
        with self.engine.begin() as connection:
            mark_abandoned(connection, self.now())
        while self._embed_some():
            pass
        done = 0
        while some := self._place_some():
            done += some
        return done

    def _embed_some(self) -> bool:
        """Embed wordings outside any transaction, each once; say whether there were any."""
        query = (
            sa.select(asked_table.c.number, asked_table.c.wording)
            .where(asked_table.c.lack.is_not(None), asked_table.c.vector.is_(None))
            .limit(_TOGETHER)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        if not rows:
            return False
        vectors = self.embed([row.wording for row in rows])
        with self.engine.begin() as connection:
            for row, vector in zip(rows, vectors, strict=True):
                connection.execute(
                    asked_table.update()
                    .where(asked_table.c.number == row.number)
                    .values(vector=vector.astype(np.float16).tobytes())
                )
        return True

    def _place_some(self) -> int:
        """Group some questions; a few at a time, so that nobody waits long for the database."""
        with self.engine.begin() as connection:
            _only_one(connection)
            new = connection.execute(_with_vector(grouped=False).limit(_TOGETHER)).all()
            if new:
                self._place(connection, new)
        return len(new)

    def _place(self, connection: sa.Connection, new: Sequence[Any]) -> None:
        places = Places()
        for row in connection.execute(_with_vector(grouped=True)):
            places.put(row.gap, _vector(row.vector))
        joined, placed = set(), []
        for row in new:
            vector = _vector(row.vector)
            gap = places.nearest(vector)
            if gap is None:
                gap = self._begin(connection)
            else:
                joined.add(gap)
            places.put(gap, vector)
            placed.append({"question": row.number, "to": gap})
        connection.execute(
            asked_table.update()
            .where(asked_table.c.number == sa.bindparam("question"))
            .values(gap=sa.bindparam("to")),
            placed,
        )
        for gap in joined:
            self._open_again(connection, gap)

    def _begin(self, connection: sa.Connection) -> int:
        result = connection.execute(
            gaps_table.insert().values(
                state="open",
                version=1,
                assigned="",
                reason="",
                answer="",
                changed_by="",
                changed=self.now(),
            )
        )
        return int(result.inserted_primary_key[0])  # type: ignore[index]

    def _open_again(self, connection: sa.Connection, number: int) -> None:
        """Open a gap that has ended, when enough new conversations ask it all the same."""
        gap = connection.execute(sa.select(gaps_table).where(gaps_table.c.number == number)).one()
        if gap.state == "open":
            return
        asked = connection.execute(
            sa.select(asked_table.c.conversation, asked_table.c.asked, asked_table.c.edition).where(
                asked_table.c.gap == number
            )
        ).all()
        ended = aware(gap.changed)
        before = {row.conversation for row in asked if aware(row.asked) <= ended}
        since = [row for row in asked if aware(row.asked) > ended]
        if gap.state == "draft":
            # Until something is published, members go on asking: that is no news.
            since = [row for row in since if (row.edition or 0) > (gap.edition or 0)]
        new = len({row.conversation for row in since} - before)
        if new < (FEW if gap.state == "out_of_scope" else 1):
            return
        connection.execute(
            gaps_table.update()
            .where(gaps_table.c.number == number)
            .values(
                state="open",
                reopened=new,
                version=gaps_table.c.version + 1,
                changed=self.now(),
                changed_by=_ITSELF.name,
            )
        )
        words = f"{new} new conversations asked it after it ended as {gap.state}"
        record(connection, _ITSELF, Act("gap_reopened", f"gap {number}", words))


class Places:
    """The vectors of groups, by their numbers: the sum of each, and how many they are."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}  # group -> its row
        self._numbers: list[int] = []
        self._sums = np.zeros((0, 0), dtype=np.float32)
        self._counts = np.zeros(0, dtype=np.float32)

    def put(self, group: int, vector: Vectors) -> None:
        """Add a vector to a group."""
        row = self._rows.setdefault(group, len(self._rows))
        if row == len(self._numbers):
            self._numbers.append(group)
            if row == len(self._sums):  # twice the room, so that adding stays quick
                room = max(64, 2 * row)
                self._sums = _grown(self._sums, (room, len(vector)))
                self._counts = _grown(self._counts, (room,))
        self._sums[row] += vector
        self._counts[row] += 1

    def nearest(self, vector: Vectors) -> int | None:
        """Give the group that a vector is most like; None when it is like none."""
        if not self._numbers:
            return None
        known = len(self._numbers)
        alike = self._sums[:known] @ vector / self._counts[:known]
        best = int(alike.argmax())
        return self._numbers[best] if alike[best] >= ALIKE else None


def _grown(array: Vectors, shape: tuple[int, ...]) -> Vectors:
    grown = np.zeros(shape, dtype=np.float32)
    if len(array):
        grown[: len(array)] = array
    return grown


def _vector(data: bytes) -> Vectors:
    return np.frombuffer(data, dtype=np.float16).astype(np.float32)


def _with_vector(grouped: bool) -> sa.Select[Any]:
    known = asked_table.c.gap.is_not(None) if grouped else asked_table.c.gap.is_(None)
    return (
        sa.select(asked_table.c.number, asked_table.c.gap, asked_table.c.vector)
        .where(asked_table.c.lack.is_not(None), asked_table.c.vector.is_not(None), known)
        .order_by(asked_table.c.number)
    )


def _only_one(connection: sa.Connection) -> None:
    """Let one process group at a time, or two would begin the same gap."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_GROUPING)))
    else:
        # What writes first has SQLite's write lock before it reads.
        connection.execute(asked_table.delete().where(sa.false()))

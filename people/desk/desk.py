"""What advisers do with cases. One adviser has a case: each change says who may make it, in one
conditional update, so that of two who try at once one is told who has it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from database import aware, empty_log, utc_now
from people.asked import keep_missing
from people.audit import Act, Actor, record
from people.desk.case import (
    HELD,
    LONGEST_WORDS,
    Closing,
    DeskCase,
    HeldByOther,
    NoWords,
    UnknownCase,
    case_of,
)
from people.desk.ending import end_cases
from people.desk.tables import cases_table, notes_table
from people.fields import storable

# Who gives back a case that nobody works on.
_TIME_LIMIT = Actor("time limit")


@dataclass(frozen=True)
class Note:
    """A note of an adviser; no member sees it."""

    who: str
    text: str
    written: dt.datetime


class Desk:
    """The cases of one database.

    :param idle_hours: after how long without any change a case that is taken counts as new again.
    :param now: gives the time; tests move it.
    """

    def __init__(
        self, engine: sa.Engine, idle_hours: int, now: Callable[[], dt.datetime] = utc_now
    ) -> None:
        self.engine, self.now = engine, now
        self.idle = dt.timedelta(hours=idle_hours)

    # --- reading

    def find(self, reference: str) -> DeskCase:
        """Give a case.

        :raises UnknownCase: if there is none.
        """
        with self.engine.connect() as connection:
            return _find(connection, reference)

    def notes(self, reference: str) -> list[Note]:
        """Give the notes on a case, the first one first."""
        query = (
            sa.select(notes_table)
            .where(notes_table.c.reference == reference)
            .order_by(notes_table.c.number)
        )
        with self.engine.connect() as connection:
            return [
                Note(row.who, row.text, aware(row.written)) for row in connection.execute(query)
            ]

    # --- changing

    def take(self, reference: str, by: Actor, seen_holder: str = "") -> None:
        """Take a case: a new one, an idle one, or one that waits and is handed on.

        :param seen_holder: who had the waiting case when the adviser looked at it.
        :raises UnknownCase: if there is none.
        :raises HeldByOther: if somebody else has it.
        """
        table, now = cases_table, self.now()
        free = [table.c.state == "new", self._is_idle(now)]
        if seen_holder:
            free.append(sa.and_(table.c.state == "waiting", table.c.holder == seen_holder))
        with self.engine.begin() as connection:
            taken = connection.execute(
                table.update()
                .where(table.c.reference == reference, sa.or_(*free))
                .values(state="taken", holder=by.name, touched=now)
            ).rowcount
            if not taken:
                case = _find(connection, reference)
                if (case.state, case.holder) == ("taken", by.name):
                    return  # they have it: a form that was sent twice
                raise HeldByOther(case)
            record(connection, by, _act("case_taken", reference))

    def give_back(self, reference: str, by: Actor) -> None:
        """Let others take a case.

        :raises UnknownCase: if there is none.
        :raises HeldByOther: if the adviser does not have it.
        """
        self._change(reference, by, "case_given_back", state="new", holder="")

    def note_contact(self, reference: str, by: Actor) -> None:
        """Say that the member was reached.

        :raises UnknownCase: if there is none.
        :raises HeldByOther: if the adviser does not have it.
        """
        self._change(reference, by, "case_contacted", state="taken", contacted=self._first())

    def wait(self, reference: str, by: Actor) -> None:
        """Say that the next word is the member's: they were rung in vain, or asked something.

        :raises UnknownCase: if there is none.
        :raises HeldByOther: if the adviser does not have it.
        """
        self._change(reference, by, "case_waits", state="waiting", contacted=self._first())

    def close(self, reference: str, closing: Closing, by: Actor) -> None:
        """End the work on a case; what guidance is missing is kept for the editors with it.

        :raises UnknownCase: if there is none.
        :raises HeldByOther: if the adviser does not have it.
        :raises NoWords: if the outcome needs words, or there are too many.
        """
        remark, missing = _words(closing.remark), _words(closing.missing)
        if (closing.outcome == "no_guidance" and not missing) or (
            closing.outcome == "other" and not remark
        ):
            raise NoWords
        now = self.now()
        with self.engine.begin() as connection:
            self._held(
                connection,
                reference,
                by,
                state="closed",
                closed=now,
                contacted=self._first(),
                outcome=closing.outcome,
                passage=closing.passage if closing.outcome == "answered" else "",
                remark=remark,
            )
            if closing.outcome == "no_guidance":
                keep_missing(connection, missing, now)
            record(connection, by, _act(f"case_closed_{closing.outcome}", reference))

    def reopen(self, reference: str, by: Actor) -> None:
        """Go on with a case that was closed; who does has it.

        :raises UnknownCase: if there is none.
        :raises HeldByOther: if it is open already.
        """
        with self.engine.begin() as connection:
            done = connection.execute(
                cases_table.update()
                .where(cases_table.c.reference == reference, cases_table.c.state == "closed")
                .values(
                    state="taken",
                    holder=by.name,
                    touched=self.now(),
                    closed=None,
                    outcome="",
                    passage="",
                )
            ).rowcount
            if not done:
                raise HeldByOther(_find(connection, reference))
            record(connection, by, _act("case_reopened", reference))

    def add_note(self, reference: str, text: str, by: Actor) -> None:
        """Write down something for colleagues.

        :raises UnknownCase: if there is no such case.
        :raises NoWords: if nothing was written, or too much.
        """
        text = _words(text)
        if not text:
            raise NoWords
        with self.engine.begin() as connection:
            found = connection.execute(
                cases_table.update()
                .where(cases_table.c.reference == reference)
                .values(touched=self.now())
            ).rowcount
            if not found:
                raise UnknownCase(reference)
            connection.execute(
                notes_table.insert().values(
                    reference=reference, who=by.name[:100], text=text, written=self.now()
                )
            )
            record(connection, by, _act("case_noted", reference))

    def delete(self, reference: str, by: Actor) -> None:
        """Delete a case with its notes, because its member asks for it; its counts stay.

        :raises UnknownCase: if there is none.
        """
        with self.engine.begin() as connection:
            if not end_cases(connection, cases_table.c.reference == reference):
                raise UnknownCase(reference)
            record(connection, by, _act("case_deleted", reference))
        empty_log(self.engine)  # off the disk too

    def keep_suggested(self, reference: str, passages: Sequence[str]) -> None:
        """Keep the passages that were found for a case, unless others were kept before."""
        with self.engine.begin() as connection:
            connection.execute(
                cases_table.update()
                .where(cases_table.c.reference == reference, cases_table.c.suggested.is_(None))
                .values(suggested=list(passages))
            )

    def release_idle(self) -> int:
        """Make the cases new again that were taken and left lying; give how many there were."""
        now = self.now()
        with self.engine.begin() as connection:
            references = connection.scalars(
                cases_table.update()
                .where(self._is_idle(now))
                .values(state="new", holder="", touched=now)
                .returning(cases_table.c.reference)
            ).all()
            for reference in references:
                record(connection, _TIME_LIMIT, _act("case_given_back", reference))
        return len(references)

    def _is_idle(self, now: dt.datetime) -> sa.ColumnElement[bool]:
        return sa.and_(cases_table.c.state == "taken", cases_table.c.touched < now - self.idle)

    def _first(self) -> Any:
        """Give the moment of the first contact: this one, unless there was one before."""
        return sa.func.coalesce(
            cases_table.c.contacted, sa.literal(self.now(), cases_table.c.contacted.type)
        )

    def _change(self, reference: str, by: Actor, action: str, **values: Any) -> None:
        with self.engine.begin() as connection:
            self._held(connection, reference, by, **values)
            record(connection, by, _act(action, reference))

    def _held(self, connection: sa.Connection, reference: str, by: Actor, **values: Any) -> None:
        """Change a case that an adviser has."""
        table = cases_table
        done = connection.execute(
            table.update()
            .where(
                table.c.reference == reference,
                table.c.holder == by.name,
                table.c.state.in_(HELD),
            )
            .values(touched=self.now(), **values)
        ).rowcount
        if not done:
            raise HeldByOther(_find(connection, reference))


def _act(action: str, reference: str) -> Act:
    """Give a row for the audit: it holds the reference, and nothing that anybody wrote."""
    return Act(action, f"case {reference}")


def _find(connection: sa.Connection, reference: str) -> DeskCase:
    row = connection.execute(
        sa.select(cases_table).where(cases_table.c.reference == reference)
    ).one_or_none()
    if row is None:
        raise UnknownCase(reference)
    return case_of(row)


def _words(text: str) -> str:
    words = storable(text).strip()
    if len(words) > LONGEST_WORDS:
        raise NoWords
    return words

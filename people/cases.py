"""Cases: what members ask the advice team to call back about."""

import contextlib
import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from database import empty_log
from people.desk.case import URGENCIES, State
from people.desk.ending import end_cases
from people.desk.tables import cases_table
from people.fields import BadField, read_text

# No letters that look or sound alike: a reference is read out on the phone.
_LETTERS = "ABCDEFGHJKMNPRTUVWXY"
# What the member is told: whether an adviser waits for them is not for others to know.
_AS_MEMBERS_SEE: dict[str, State] = {
    "new": "new",
    "taken": "taken",
    "waiting": "taken",
    "closed": "closed",
}
_DRAWS = 100  # 72 million references: even with half of them taken, 100 draws find a free one
Tell = Callable[[sa.Connection, str, str], None]


@dataclass(frozen=True)
class Case:
    """What a member asks the advice team to call back about, exactly as they reviewed it.

    :param request: made by the page; the same case sent again comes with the same one.
    """

    question: str
    shown: str
    urgency: str
    name: str
    phone: str | None
    email: str | None
    when: str
    request: str | None = None


def draw_reference() -> str:
    """Give a reference, such as KTR-4821."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(3))
    return f"{letters}-{secrets.randbelow(9000) + 1000}"


def read_case(values: Mapping[str, Any]) -> Case:
    """Check what a member sent.

    :raises BadField: if a field is missing, too long or of the wrong kind; names the field.
    """
    if values.get("consent") is not True:
        raise BadField("consent")
    case = Case(
        question=read_text(values, "question", required=True),
        shown=read_text(values, "shown"),
        urgency=read_text(values, "urgency", required=True),
        name=read_text(values, "name", required=True),
        phone=read_text(values, "phone") or None,
        email=read_text(values, "email") or None,
        when=read_text(values, "when"),
        request=read_text(values, "request") or None,
    )
    if case.urgency not in URGENCIES:
        raise BadField("urgency")
    if case.phone is None and case.email is None:
        raise BadField("phone")
    if case.phone is not None and sum(letter.isdigit() for letter in case.phone) < 6:
        raise BadField("phone")
    if case.email is not None and not _looks_like_email(case.email):
        raise BadField("email")
    return case


def tell_nobody(connection: sa.Connection, reference: str, urgency: str) -> None:
    """Tell nobody of a new case."""


class Cases:
    """Keeps cases for the advisers, for a limited time.

    :param days: how long a case is kept after it was sent.
    :param draw: gives a reference that may be taken already.
    :param tell: has advisers told of a case, in the transaction in which it is stored.
    """

    def __init__(
        self,
        engine: sa.Engine,
        days: int,
        draw: Callable[[], str] = draw_reference,
        tell: Tell = tell_nobody,
    ) -> None:
        self.engine, self.draw, self.tell = engine, draw, tell
        self.kept = dt.timedelta(days=days)

    def add(self, case: Case, session: str) -> str:
        """Store a case; give its reference.

        A case that is sent again, because its receipt was lost on the way, is the same case: it
        keeps its reference and holds what the member reviewed last.

        :raises BadField: if its request was made by another conversation.
        """
        for _ in range(_DRAWS - 1):
            # Another case may have the reference, or the same request may come in just now.
            with contextlib.suppress(sa.exc.IntegrityError):
                return self._change(case, session) or self._insert(case, session)
        return self._insert(case, session)

    def of_session(self, session: str) -> dict[str, State]:
        """Give the cases that came from a conversation, by reference, as their member sees them.

        `taken` is also what waits for the member.
        """
        query = (
            sa.select(cases_table.c.reference, cases_table.c.state)
            .where(cases_table.c.session == session)
            .order_by(cases_table.c.asked)
        )
        with self.engine.connect() as connection:
            return {row.reference: _AS_MEMBERS_SEE[row.state] for row in connection.execute(query)}

    def delete(self, reference: str, session: str) -> bool:
        """Delete a case of a conversation; its counts stay. Say whether there was one."""
        own = cases_table.c.reference == reference, cases_table.c.session == session
        with self.engine.begin() as connection:
            deleted = end_cases(connection, *own)
        empty_log(self.engine)  # off the disk too
        return bool(deleted)

    def all(self) -> list[dict[str, Any]]:
        """Give every case, newest first."""
        query = sa.select(cases_table).order_by(cases_table.c.asked.desc())
        with self.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def delete_expired(self, now: dt.datetime | None = None) -> int:
        """Delete every case whose time is up; give how many there were."""
        limit = (now or dt.datetime.now(dt.UTC)) - self.kept
        with self.engine.begin() as connection:
            deleted = end_cases(connection, cases_table.c.asked < limit)
        if deleted:
            empty_log(self.engine)  # off the disk too
        return deleted

    def _change(self, case: Case, session: str) -> str | None:
        """Put a case in place of what the same request sent before; give its reference, if any."""
        if case.request is None:
            return None
        with self.engine.begin() as connection:
            known = connection.execute(
                sa.select(
                    cases_table.c.reference, cases_table.c.session, cases_table.c.urgency
                ).where(cases_table.c.request == case.request)
            ).one_or_none()
            if known is None:
                return None
            if known.session != session:
                raise BadField("request")
            connection.execute(
                cases_table.update()
                .where(cases_table.c.request == case.request)
                .values(**asdict(case))
            )
            if case.urgency != known.urgency:
                self.tell(connection, known.reference, case.urgency)
        return str(known.reference)

    def _insert(self, case: Case, session: str) -> str:
        reference = self.draw()
        with self.engine.begin() as connection:
            connection.execute(
                cases_table.insert().values(
                    reference=reference,
                    session=session,
                    asked=dt.datetime.now(dt.UTC),
                    **asdict(case),
                )
            )
            self.tell(connection, reference, case.urgency)
        return reference


def _looks_like_email(text: str) -> bool:
    name, at, domain = text.rpartition("@")
    return bool(name and at and "." in domain.strip(".")) and not any(c.isspace() for c in text)

"""Cases and feedback: what members send to people."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from database import metadata

# No letters that look or sound alike: a reference is read out on the phone.
_LETTERS = "ABCDEFGHJKMNPRTUVWXY"
_URGENCIES = ("today", "this_week", "no_rush")
_LONGEST = {
    "id": 64,
    "question": 4000,
    "shown": 20000,
    "name": 200,
    "phone": 50,
    "email": 254,
    "when": 500,
    "comment": 4000,
}

_cases = sa.Table(
    "cases",
    metadata,
    sa.Column("reference", sa.String(16), primary_key=True),
    sa.Column("session", sa.String(64), nullable=False, index=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("shown", sa.Text, nullable=False),
    sa.Column("urgency", sa.String(16), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("phone", sa.Text, nullable=True),
    sa.Column("email", sa.Text, nullable=True),
    sa.Column("when", sa.Text, nullable=False),
    sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
    sa.Column("request", sa.String(64), nullable=True, unique=True),
)
_feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(64), nullable=True, unique=True),
    sa.Column("passages", sa.JSON, nullable=False),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("comment", sa.Text, nullable=True),
    sa.Column("given", sa.DateTime(timezone=True), nullable=False),
)


class BadCase(Exception):
    """A field of a case or of feedback cannot be used; the text names the field."""


@dataclass(frozen=True)
class Case:
    """What a member asks the advice team to call back about, exactly as they reviewed it."""

    question: str
    shown: str
    urgency: str
    name: str
    phone: str | None
    email: str | None
    when: str


@dataclass(frozen=True)
class Feedback:
    """Whether an answer helped. Not tied to a conversation, so that it outlives it.

    :param id: made by the page; a comment given later comes with the id of its yes or no.
    """

    passages: tuple[str, ...]
    helpful: bool
    comment: str | None
    id: str | None = None


def read_case(values: Mapping[str, Any]) -> Case:
    """Check what a member sent.

    :raises BadCase: if a field is missing, too long or of the wrong kind; names the field.
    """
    if values.get("consent") is not True:
        raise BadCase("consent")
    case = Case(
        question=_text(values, "question", required=True),
        shown=_text(values, "shown"),
        urgency=_text(values, "urgency", required=True),
        name=_text(values, "name", required=True),
        phone=_text(values, "phone") or None,
        email=_text(values, "email") or None,
        when=_text(values, "when"),
    )
    if case.urgency not in _URGENCIES:
        raise BadCase("urgency")
    if case.phone is None and case.email is None:
        raise BadCase("phone")
    if case.phone is not None and sum(letter.isdigit() for letter in case.phone) < 6:
        raise BadCase("phone")
    if case.email is not None and not _looks_like_email(case.email):
        raise BadCase("email")
    return case


def read_feedback(values: Mapping[str, Any]) -> Feedback:
    """Check the feedback a member gave.

    :raises BadCase: if a field is missing, too long or of the wrong kind; names the field.
    """
    passages, helpful = values.get("passage_ids"), values.get("helpful")
    if not isinstance(passages, list) or len(passages) > 20:
        raise BadCase("passage_ids")
    if not all(isinstance(item, str) and len(item) <= 400 for item in passages):
        raise BadCase("passage_ids")
    if not isinstance(helpful, bool):
        raise BadCase("helpful")
    comment = _text(values, "comment") or None
    feedback_id = _text(values, "id") or None
    return Feedback(tuple(_storable(item) for item in passages), helpful, comment, feedback_id)


class Cases:
    """Stores cases and feedback for the advisers and editors."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def add(self, case: Case, session: str) -> str:
        """Store a case; give its reference, such as KTR-4821."""
        reference = _reference()
        with self.engine.begin() as connection:
            connection.execute(
                _cases.insert().values(
                    reference=reference,
                    session=session,
                    asked=dt.datetime.now(dt.UTC),
                    **asdict(case),
                )
            )
        return reference

    def of_session(self, session: str) -> list[str]:
        """Give the references of the cases that came from a conversation."""
        query = sa.select(_cases.c.reference).where(_cases.c.session == session)
        with self.engine.connect() as connection:
            return list(connection.scalars(query))

    def all(self) -> list[dict[str, Any]]:
        """Give every case, newest first."""
        query = sa.select(_cases).order_by(_cases.c.asked.desc())
        with self.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def add_feedback(self, feedback: Feedback) -> None:
        """Store feedback, in place of what was given before under the same id."""
        with self.engine.begin() as connection:
            if feedback.id is not None:
                connection.execute(_feedback.delete().where(_feedback.c.id == feedback.id))
            connection.execute(
                _feedback.insert().values(
                    id=feedback.id,
                    passages=list(feedback.passages),
                    helpful=feedback.helpful,
                    comment=feedback.comment,
                    given=dt.datetime.now(dt.UTC),
                )
            )

    def feedback(self) -> list[dict[str, Any]]:
        """Give all feedback, newest first."""
        query = sa.select(_feedback).order_by(_feedback.c.number.desc())
        with self.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]


def _text(values: Mapping[str, Any], name: str, required: bool = False) -> str:
    value = values.get(name)
    if value is None:
        value = ""
    if not isinstance(value, str) or len(value) > _LONGEST.get(name, 100):
        raise BadCase(name)
    value = _storable(value).strip()
    if required and not value:
        raise BadCase(name)
    return value


def _storable(text: str) -> str:
    """Leave out what no database takes: NUL and lone surrogates."""
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def _looks_like_email(text: str) -> bool:
    name, at, domain = text.rpartition("@")
    return bool(name and at and "." in domain.strip(".")) and not any(c.isspace() for c in text)


def _reference() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(3))
    return f"{letters}-{secrets.randbelow(9000) + 1000}"

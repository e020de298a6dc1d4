"""What a mail is before it is sent, and what is kept of it; its table."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from database import aware, metadata, utc_now
from people.fields import storable

outbox_table = sa.Table(
    "outbox",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("mark", sa.String(32), nullable=False, unique=True),
    sa.Column("kind", sa.String(64), nullable=False),
    sa.Column("recipient", sa.String(254), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("parameters", sa.JSON, nullable=False),
    sa.Column("made", sa.DateTime(timezone=True), nullable=False),
    sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("lease", sa.String(32), nullable=True),
    sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
    sa.Column("sent", sa.DateTime(timezone=True), nullable=True, index=True),
)


@dataclass(frozen=True)
class Mail:
    """A mail that is to be sent.

    It carries a link to what it tells of, and never the words of a case.

    :param kind: names its text in the wording file: `mails.KIND`.
    :param parameters: what is filled into that text.
    """

    kind: str
    recipient: str
    subject: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """A mail as the outbox keeps it.

    :param mark: the same at each attempt: mail servers know a second copy by it.
    :param attempts: how often it was tried; an attempt that goes on counts too.
    :param problem: why the last attempt failed; empty when none did.
    :param lease_until: until when one worker has it; None when none has.
    """

    number: int
    mark: str
    mail: Mail
    made: dt.datetime
    not_before: dt.datetime
    attempts: int
    problem: str
    lease: str | None
    lease_until: dt.datetime | None
    sent: dt.datetime | None


def queue(connection: sa.Connection, mail: Mail, now: dt.datetime | None = None) -> None:
    """Keep a mail for sending, in the transaction of what it tells of: both happen, or neither."""
    made = now or utc_now()
    connection.execute(
        outbox_table.insert().values(
            mark=uuid.uuid4().hex,
            kind=mail.kind,
            recipient=mail.recipient,
            subject=storable(mail.subject),
            parameters={name: storable(text) for name, text in mail.parameters.items()},
            made=made,
            not_before=made,
            attempts=0,
            problem="",
        )
    )


def kept_of(row: sa.Row[Any]) -> Kept:
    """Make a mail of a row of the table."""
    return Kept(
        row.number,
        row.mark,
        Mail(row.kind, row.recipient, row.subject, row.parameters),
        aware(row.made),
        aware(row.not_before),
        row.attempts,
        row.problem,
        row.lease,
        aware(row.lease_until) if row.lease_until else None,
        aware(row.sent) if row.sent else None,
    )

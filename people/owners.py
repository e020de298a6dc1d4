"""Where the owners of documents can be reached, and which of them were reminded of what."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from database import aware, metadata, utc_now
from people.audit import Act, Actor, record
from people.errors import StaffError
from people.outbox.mail import Mail, queue

_REMIND_AGAIN = dt.timedelta(days=7)
_LONGEST = 254
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

_owners = sa.Table(
    "owners",
    metadata,
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("email", sa.String(_LONGEST), nullable=False),
    sa.Column("reminded", sa.DateTime(timezone=True), nullable=True),
    sa.Column("told", sa.JSON, nullable=False),
)


class BadEmail(StaffError):
    """An e-mail address cannot be one."""

    def __init__(self) -> None:
        super().__init__("Write one e-mail address, as in policy.team@example.org.")


@dataclass(frozen=True)
class Owner:
    """A team or person that keeps documents, and where they get mail.

    :param reminded: when they got their last reminder.
    :param told: what they were told of each document then.
    """

    name: str
    email: str
    reminded: dt.datetime | None = None
    told: Mapping[str, str] = field(default_factory=dict)


class Owners:
    """The address book of one database.

    :param now: gives the time; tests move it.
    """

    def __init__(self, engine: sa.Engine, now: Callable[[], dt.datetime] = utc_now) -> None:
        self.engine, self.now = engine, now

    def all(self) -> dict[str, Owner]:
        """Give the owners that have an address, by name."""
        with self.engine.connect() as connection:
            query = sa.select(_owners).where(_owners.c.email != "").order_by(_owners.c.name)
            rows = connection.execute(query)
            return {row.name: _owner(row) for row in rows}

    def set_email(self, name: str, email: str, by: Actor) -> bool:
        """Set where an owner gets mail, or, with nothing, that they get none; say if it is new.

        :raises BadEmail: if it is no address.
        """
        email = email.strip()
        if email and (len(email) > _LONGEST or not _ADDRESS.fullmatch(email)):
            raise BadEmail
        with self.engine.begin() as connection:
            changed = connection.execute(
                _owners.update()
                .where(_owners.c.name == name, _owners.c.email != email)
                .values(email=email)
            ).rowcount
            known = connection.scalar(sa.select(_owners.c.email).where(_owners.c.name == name))
            if known is None and email:
                connection.execute(_owners.insert().values(name=name, email=email, told={}))
            elif not changed:
                return False
            record(connection, by, Act("owner_email_set", name, email))
        return True

    def remind(self, owner: Owner, told: Mapping[str, str], mail: Mail) -> bool:
        """Queue an owner's reminder, unless they had one in the last week; say whether it was.

        Of several processes that remind at once, one does.

        :param told: what the reminder says of each document.
        """
        now = self.now()
        with self.engine.begin() as connection:
            is_ours = connection.execute(
                _owners.update()
                .where(
                    _owners.c.name == owner.name,
                    _owners.c.email == owner.email,
                    sa.or_(_owners.c.reminded.is_(None), _owners.c.reminded <= now - _REMIND_AGAIN),
                )
                .values(reminded=now, told=dict(told))
            ).rowcount
            if is_ours:
                queue(connection, mail, now)
        return bool(is_ours)


def _owner(row: sa.Row[Any]) -> Owner:
    reminded = aware(row.reminded) if row.reminded else None
    return Owner(row.name, row.email, reminded, row.told)

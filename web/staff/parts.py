"""The parts that staff pages are made of."""

from pathlib import Path

import sqlalchemy as sa

from knowledge.answers.wording import Wording, load_wording
from knowledge.editions.drafts.drafts import Drafts
from people.audit import Audit
from people.outbox.outbox import Outbox
from people.owners import Owners
from people.passwords import Passwords
from people.pauses import Pauses
from people.staff_sessions import StaffSessions
from people.users import Users
from web.server.guard import Rates
from web.staff.jobs import Jobs

_WORDING = Path(__file__).with_name("wording")
# Attempts to sign in that one address may make in a minute: a whole school or union shares one.
_ADDRESS_RATE = 120


class StaffParts:
    """Builds the parts that staff routes need, and holds them.

    :param secret: keys what is kept of names that were tried.
    """

    def __init__(self, engine: sa.Engine, secret: str) -> None:
        self.engine = engine
        self.users, self.sessions = Users(engine), StaffSessions(engine)
        self.audit, self.pauses = Audit(engine), Pauses(engine, secret)
        self.owners, self.outbox = Owners(engine), Outbox(engine)
        self.passwords = Passwords()
        self.jobs = Jobs(engine)
        self.drafts = Drafts(engine)
        self.rates = Rates(_ADDRESS_RATE, _ADDRESS_RATE)
        self.wording = staff_wording()

    def close(self) -> None:
        """End the threads."""
        self.passwords.close()
        self.jobs.close()


def staff_wording() -> Wording:
    """Read the words of the pages and mails for staff."""
    return load_wording(folder=_WORDING)

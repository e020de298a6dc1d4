"""Which cases an adviser wants to see: the filters in the address of the list."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from people.desk.case import OPEN, STATES, URGENCIES
from people.desk.listing import CaseFilters

ALL, MINE, NOBODY = "all", "me", "nobody"
STATE_CHOICES = ("", *STATES, ALL)
AGE_CHOICES = ("", "1", "3", "7")  # days


@dataclass(frozen=True)
class CaseQuery:
    """The filters as they stand in the address; what is empty is as usual.

    :param state: one of `STATES`, or `all`; empty for those that are open.
    :param who: an account, `me` or `nobody`; empty for any.
    :param age: at least so many days.
    """

    state: str = ""
    urgency: str = ""
    who: str = ""
    age: str = ""

    @property
    def address(self) -> str:
        """The filters for an address."""
        return urlencode({name: value for name, value in vars(self).items() if value})

    def filters(self, me: str, now: dt.datetime) -> CaseFilters:
        """Give what is looked for."""
        states = {"": OPEN, ALL: STATES}.get(self.state)
        return CaseFilters(
            states or tuple(state for state in STATES if state == self.state),
            self.urgency,
            {MINE: me, NOBODY: "", "": None}.get(self.who, self.who),
            now - dt.timedelta(days=int(self.age)) if self.age else None,
        )


def read_case_query(values: Mapping[str, str]) -> CaseQuery:
    """Read the filters of an address; what cannot be one is as usual."""

    def one_of(name: str, known: tuple[str, ...]) -> str:
        value = values.get(name, "").strip()
        return value if value in known else ""

    return CaseQuery(
        one_of("state", STATE_CHOICES),
        one_of("urgency", URGENCIES),
        values.get("who", "").strip()[:100],
        one_of("age", AGE_CHOICES),
    )

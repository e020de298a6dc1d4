"""What went on in a period, from counts alone; small numbers are hidden."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from people.asked import live_turns
from people.counts import Key, left_counts
from people.desk.ending import live_counts

# A smaller number than this could tell of somebody; nothing at all tells of nobody.
FEWEST = 5


@dataclass(frozen=True)
class Period:
    """Some days in a row.

    :param last: counts too.
    """

    first: dt.date
    last: dt.date

    @property
    def before(self) -> "Period":
        """The period before it, of the same length."""
        one, length = dt.timedelta(days=1), self.last - self.first
        return Period(self.first - one - length, self.first - one)

    @property
    def days(self) -> Sequence[dt.date]:
        """Every day, the first one first."""
        count = (self.last - self.first).days + 1
        return [self.first + dt.timedelta(days=number) for number in range(count)]


@dataclass(frozen=True)
class Figures:
    """The counts of a period, of which no small one can be read."""

    period: Period
    counts: Counter[Key]
    totals: Counter[str]

    def total(self, name: str) -> int | None:
        """Give the count of the whole period; None when it is too small to be shown."""
        return shown(self.totals[name])

    def on(self, day: dt.date, name: str) -> int | None:
        """Give the count of one day; None when it is too small to be shown."""
        return shown(self.counts[day, name])

    def names(self, prefix: str) -> dict[str, int]:
        """Give the counts of the names that begin so, without that, for adding up."""
        return {
            name.removeprefix(prefix): count
            for name, count in self.totals.items()
            if name.startswith(prefix)
        }

    def rate(self, part: str, rest: str) -> int | None:
        """Give how many in a hundred one count is of two; None when one of them is too small."""
        some, others = self.total(part), self.total(rest)
        if some is None or others is None or not some + others:
            return None
        return round(100 * some / (some + others))


def shown(count: int) -> int | None:
    """Give a count as it may be shown: None for one that is too small."""
    return None if 0 < count < FEWEST else count


def figures(engine: sa.Engine, period: Period) -> Figures:
    """Count what went on: what is still kept, and what was left of the rest."""
    first, last = period.first, period.last
    with engine.connect() as connection:
        counts = live_turns(connection, first, last) + live_counts(connection, first, last)
        counts += left_counts(connection, first, last, "turn.")
        counts += left_counts(connection, first, last, "case")
    totals: Counter[str] = Counter()
    for (_, name), count in counts.items():
        totals[name] += count
    return Figures(period, counts, totals)

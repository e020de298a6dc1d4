"""Which gaps an editor wants to see: the filters in the address of the list."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from knowledge.documents.document import TOPICS
from knowledge.editions.briefs import Brief
from people.gaps import STATES, State

ALL, MINE, NOBODY, UNKNOWN = "all", "me", "nobody", "unknown"
_DAYS = (7, 30, 90)
_USUAL_DAYS = 30


@dataclass(frozen=True)
class GapFilters:
    """The filters, as they stand in the address; what is empty leaves all.

    :param state: one of `STATES`, or `all`.
    :param who: an account, `me` or `nobody`.
    :param topic: one of `TOPICS`, or `unknown`.
    :param days: the period, back from now.
    """

    state: str = "open"
    who: str = ""
    topic: str = ""
    days: int = _USUAL_DAYS

    @property
    def query(self) -> str:
        """The filters that are not as usual, for an address."""
        usual = GapFilters()
        names = [one.name for one in fields(self)]
        return urlencode(
            {n: getattr(self, n) for n in names if getattr(self, n) != getattr(usual, n)}
        )

    @property
    def only_state(self) -> State | None:
        """The state that is wanted; None for all."""
        return next((state for state in STATES if state == self.state), None)

    def assigned(self, me: str) -> str | None:
        """Give the account that is wanted, empty for nobody's gaps; None for all."""
        return {MINE: me, NOBODY: "", "": None}.get(self.who, self.who)

    def since(self, now: dt.datetime) -> dt.datetime:
        """Give the beginning of the period."""
        return now - dt.timedelta(days=self.days)


def read_filters(values: Mapping[str, str], kept_days: int) -> GapFilters:
    """Read the filters of an address; what cannot be one is as usual."""
    state, topic = values.get("state", "").strip(), values.get("topic", "").strip()
    days = values.get("days", "").strip()
    known = periods(kept_days)
    return GapFilters(
        state if state in (*STATES, ALL) else GapFilters().state,
        values.get("who", "").strip()[:100],
        topic if topic in (*TOPICS, UNKNOWN) else "",
        next((one for one in known if str(one) == days), min(_USUAL_DAYS, known[-1])),
    )


def periods(kept_days: int) -> tuple[int, ...]:
    """Give the periods that can be chosen: none is longer than questions are kept."""
    return (*(days for days in _DAYS if days < kept_days), kept_days)


def topics_of(passages: Sequence[str], briefs: Mapping[str, Brief]) -> set[str]:
    """Give the topics of at least half of the passages that came nearest to a gap's questions."""
    near = [briefs.get(passage.partition("#")[0]) for passage in passages]
    counted = Counter(topic for brief in near if brief for topic in brief.topics)
    return {topic for topic, times in counted.items() if 2 * times >= len(near)} or {UNKNOWN}

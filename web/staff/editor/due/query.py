"""Reading the addresses of the list of what is due: which documents, in which order, which page."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from knowledge.documents.document import TOPICS
from knowledge.editions.due import MATTERS, ORDERS, WITHIN, Matter, Order, Wanted

PATH = "/editor/due"
SHOWS: tuple[str, ...] = ("attention", *MATTERS, "all")
_FARTHEST = 730  # days


@dataclass(frozen=True)
class Query:
    """What the address of the list says.

    :param page: the first is 1.
    :param ticked: whether the boxes of the page are ticked when it opens.
    """

    wanted: Wanted
    within: int = WITHIN
    page: int = 1
    ticked: bool = False

    def address(self, **changes: str) -> str:
        """Give the address of the same list with something changed, from its first page on."""
        values = {
            "show": self.wanted.show,
            "within": str(self.within),
            "topic": self.wanted.topic,
            "owner": self.wanted.owner,
            "sort": self.wanted.order,
        }
        usual = {"show": "attention", "within": str(WITHIN), "sort": ORDERS[0]}
        values |= changes
        kept = {name: value for name, value in values.items() if value and usual.get(name) != value}
        return f"?{urlencode(kept)}" if kept else ""


def read_query(values: Mapping[str, str]) -> Query:
    """Read an address; what makes no sense counts as not said."""
    show: Matter | str = values.get("show", "")
    order: Order = next((one for one in ORDERS if one == values.get("sort")), ORDERS[0])
    topic = values.get("topic", "")
    wanted = Wanted(
        show=show if show in SHOWS else "attention",  # type: ignore[arg-type]  # it is one of them
        topic=topic if topic in TOPICS else "",
        owner=values.get("owner", "").strip()[:200],
        order=order,
    )
    within = _number(values.get("within", ""), WITHIN)
    return Query(
        wanted,
        within if within <= _FARTHEST else WITHIN,
        _number(values.get("page", ""), 1),
        values.get("ticked") == "all",
    )


def _number(text: str, usual: int) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) < 7
    return int(text) if is_number and int(text) else usual

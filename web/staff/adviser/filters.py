"""What an adviser looks for, as it stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from fastapi import Request

from knowledge.documents.document import AUDIENCES, NATIONS, TOPICS
from knowledge.documents.readers.dates import read_date
from knowledge.editions.catalogue import Status
from knowledge.lookup.body import Body
from knowledge.lookup.chosen import Chosen
from web.staff.editor.shown import number_in, query

FILTERS = ("topic", "nation", "audience", "publisher", "document")
DATES = ("since", "until")
ALSO: tuple[Status, ...] = tuple(one for one in get_args(Status) if one != "live")
LONGEST = 300  # characters of a search


@dataclass(frozen=True)
class Wanted:
    """A search as it was asked for.

    :param values: what was typed into each filter, so that nothing of it is lost.
    :param edition: the number of the edition that the address names.
    :param wrong: the dates that cannot be read.
    """

    text: str
    values: Mapping[str, str]
    chosen: Chosen
    edition: int | None
    wrong: tuple[str, ...] = ()

    def address(self, **changed: object) -> str:
        """Give the address's part behind the path.

        :param changed: values that are to be others.
        """
        return query({"q": self.text, **self.values, "edition": self.edition}, **changed)


def wanted_in(request: Request) -> Wanted:
    """Read a search out of the address."""
    given = request.query_params
    values = {name: given.get(name, "").strip()[:LONGEST] for name in (*FILTERS, *DATES)}
    dates = {name: read_date(values[name]) for name in DATES}
    also = frozenset(one for one in ALSO if given.get(one))
    return Wanted(
        given.get("q", "").strip()[:LONGEST],
        {**values, **{one: "1" for one in ALSO if one in also}},
        Chosen(
            topic=values["topic"],
            nation=values["nation"],
            audience=values["audience"],
            publisher=values["publisher"],
            document=values["document"],
            since=dates["since"],
            until=dates["until"],
            also=also,
        ),
        number_in(request, "edition"),
        tuple(name for name in DATES if values[name] and dates[name] is None),
    )


def choices_of(body: Body) -> dict[str, Any]:
    """Give what can be chosen in each filter, as (value, words)."""
    documents = [version.document for version in body.versions]
    return {
        "topic": TOPICS,
        "nation": NATIONS,
        "audience": AUDIENCES,
        "publisher": sorted(
            {one.publisher for one in documents if one.publisher}, key=str.casefold
        ),
        "document": sorted(
            ((one.id, one.title) for one in documents), key=lambda one: one[1].casefold()
        ),
    }

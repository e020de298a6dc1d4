"""Passages that may answer a case's question, looked for once and kept with the case."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.errors import AdviceError
from people.desk.case import DeskCase
from web.server.site import Site
from web.staff.passages import Placed, placed_passages

_MOST = 5


@dataclass(frozen=True)
class Suggestions:
    """The passages that were found for a case and are published now, and the one that closed it.

    :param closed_by: None when there is none, or it is not published any more.
    """

    found: Mapping[str, Placed]
    closed_by: Placed | None


def suggestions(site: Site, case: DeskCase) -> Suggestions:
    """Give the passages of a case; look for them when nobody has."""
    names = case.suggested
    if names is None:
        try:
            _, hits = site.service.dialogue().engine.measure(case.question)
        except AdviceError:
            return Suggestions({}, None)  # nothing is published: they are looked for next time
        names = tuple(hit.passage.id for hit in hits[:_MOST])
        site.staff.desk.keep_suggested(case.reference, names)
    placed = placed_passages(site.service)
    found = {name: placed[name] for name in names if name in placed}
    return Suggestions(found, placed.get(case.passage))


def why_handed_over(site: Site, case: DeskCase) -> Mapping[str, Any] | None:
    """Give what decided the turn before a case was sent, as long as its conversation lives.

    It holds a status and a reason of ours, and no words of the member.
    """
    # The case may be stored a moment before the last turn is.
    until = case.asked + dt.timedelta(seconds=1)
    decided = site.conversations.decided(case.session, until)
    handed = [one for one in decided if one.get("status") in ("handoff", "urgent", "not_covered")]
    return next(iter(reversed(handed or decided)), None)

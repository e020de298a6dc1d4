"""What went on: questions, answers, topics, gaps and cases of a period beside the one before."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from knowledge.editions.briefs import briefs
from people.desk.case import OUTCOMES, URGENCIES
from people.desk.ending import ALL_BANDS
from people.gaps import Listed
from people.insight import FEWEST, Figures, Period, figures, shown
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.csv_file import csv_lines
from web.staff.pages import Pages

_PATH = "/adviser/insight"
_PERIODS = (7, 30, 90, 365)
_USUAL = 30
_GAPS = 10
# Not small talk: that asks nothing.
STATUSES = (
    "answered", "ambiguous", "not_covered", "handoff", "urgent", "out_of_scope", "unavailable",
)  # fmt: skip
_ENDINGS = (*OUTCOMES, "open")
_COLUMNS = ("what", "day", "count", "period before")
_NO_TOPIC = "other"


@dataclass(frozen=True)
class Line:
    """One line of a table: a count of this period and of the one before; None is hidden."""

    name: str
    now: int | None
    before: int | None


@dataclass(frozen=True)
class Insight:
    """Two periods beside each other."""

    now: Figures
    before: Figures
    topics: tuple[Line, ...]

    def lines(self, prefix: str, names: tuple[str, ...]) -> list[Line]:
        """Give the counts of some names."""
        return [
            Line(name, self.now.total(prefix + name), self.before.total(prefix + name))
            for name in names
        ]

    def asked(self, day: dt.date) -> int | None:
        """Give how much was asked on a day."""
        return shown(sum(self.now.counts[day, f"turn.status.{status}"] for status in STATUSES))


def insight_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    engine = site.service.store.engine

    def insight(period: Period) -> Insight:
        now, before = figures(engine, period), figures(engine, period.before)
        with engine.connect() as connection:
            topics = {name: brief.topics for name, brief in briefs(connection).items()}
        of_now, of_before = _topics(now, topics), _topics(before, topics)
        names = sorted({*of_now, *of_before}, key=lambda name: (-of_now[name], name))
        lines = (Line(name, shown(of_now[name]), shown(of_before[name])) for name in names)
        return Insight(now, before, tuple(lines))

    @routes.get(_PATH)
    def show(
        request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]
    ) -> HTMLResponse:
        period = read_period(request.query_params, site.service.now())
        return pages.page(
            "adviser/insight.html",
            signed,
            insight=insight(period),
            period=period,
            periods=_PERIODS,
            statuses=STATUSES,
            urgencies=URGENCIES,
            endings=_ENDINGS,
            bands=ALL_BANDS,
            gaps=_most_asked(site, period),
            may_edit=signed.user.may("editor"),
            fewest=FEWEST,
        )

    @routes.get(f"{_PATH}.csv")
    def export(
        request: Request, signed: Annotated[Signed, Depends(staff("adviser"))]
    ) -> StreamingResponse:
        found = insight(read_period(request.query_params, site.service.now()))
        return StreamingResponse(
            csv_lines(_COLUMNS, _rows(found)),
            media_type="text/csv; charset=utf-8",
            headers={
                "content-disposition": 'attachment; filename="insight.csv"',
                "cache-control": "no-store",
            },
        )

    return routes


def read_period(values: Mapping[str, str], now: dt.datetime) -> Period:
    """Read the period of an address; what cannot be one is the last thirty days."""
    chosen = values.get("days", "").strip()
    days = next((one for one in _PERIODS if str(one) == chosen), _USUAL)
    today = now.astimezone(dt.UTC).date()
    try:
        last = dt.date.fromisoformat(values.get("until", "").strip())
    except ValueError:
        last = today
    last = min(max(last, dt.date(2000, 1, 1)), today)
    return Period(last - dt.timedelta(days=days - 1), last)


def _topics(found: Figures, topics: Mapping[str, tuple[str, ...]]) -> Counter[str]:
    """Count by topic how often documents were shown; what has none, or is gone, counts too."""
    counts: Counter[str] = Counter()
    for document, times in found.names("turn.document.").items():
        for topic in topics.get(document) or (_NO_TOPIC,):
            counts[topic] += times
    return counts


def _most_asked(site: Site, period: Period) -> list[Listed]:
    """Give the open gaps that most conversations asked since the period began."""
    since = dt.datetime.combine(period.first, dt.time(), dt.UTC)
    listed = site.gap_work.gaps.listed(since, "open")
    return [one for one in listed if one.conversations >= FEWEST][:_GAPS]


def _rows(found: Insight) -> Iterator[tuple[str | int | None, ...]]:
    lines = [
        *(("questions " + line.name, line) for line in found.lines("turn.status.", STATUSES)),
        *(("helpful " + line.name, line) for line in found.lines("turn.helped.", ("yes", "no"))),
        *(("topic " + line.name, line) for line in found.topics),
        ("cases", Line("", found.now.total("case"), found.before.total("case"))),
        *(("cases " + line.name, line) for line in found.lines("case.urgency.", URGENCIES)),
        *(("cases closed " + line.name, line) for line in found.lines("case.outcome.", _ENDINGS)),
        *(("first contact " + line.name, line) for line in found.lines("case.contact.", ALL_BANDS)),
        *(("closed within " + line.name, line) for line in found.lines("case.close.", ALL_BANDS)),
    ]
    for name, line in lines:
        yield name, "", _cell(line.now), _cell(line.before)
    for day in found.now.period.days:
        for status in STATUSES:
            count = found.now.on(day, f"turn.status.{status}")
            if count != 0:
                yield f"questions {status}", day.isoformat(), _cell(count), ""


def _cell(count: int | None) -> str | int:
    return f"under {FEWEST}" if count is None else count

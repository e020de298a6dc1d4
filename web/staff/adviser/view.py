"""What was found, as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote as quoted

from knowledge.answers.notices import notice_for, say_date
from knowledge.answers.quoting import Quote, quote
from knowledge.documents.document import Document, Passage
from knowledge.editions.catalogue import Status
from knowledge.lookup.body import Body, Place
from knowledge.lookup.folding import Group, Spotted
from knowledge.search.searcher import Hit
from web.server.site import Site
from web.staff.adviser.citing import Citation
from web.staff.adviser.marking import Line, Span, marked_lines
from web.staff.adviser.shelves import Seen, Withdrawn, since
from web.staff.editor.shown import query

# The reader's log-odds from which a passage is said to answer, and to answer perhaps: 50% and 20%.
_ANSWERS, _MAY = 0.0, -1.4
Verdict = Literal["answers", "may", "near", ""]


@dataclass(frozen=True)
class Shown:
    """A passage as the page shows it.

    :param status: whether members see its document now.
    :param verdict: what the reader makes of it; empty when it was not read.
    :param since: what became of it since the edition that is looked through; empty for today's.
    :param edition: the number of the edition that holds it.
    :param others: where this, or nearly this, can be read too: their trail and their address.
    """

    document: Document
    passage: Passage
    status: Status
    verdict: Verdict
    since: str
    edition: int
    notice: str | None
    lines: tuple[Line, ...]
    path: str
    open: str
    citation: Citation
    others: tuple[tuple[str, str], ...] = ()

    @property
    def live(self) -> bool:
        """Whether members could be given it now."""
        return self.status == "live" and self.since in ("", "same")


class Shower:
    """Shows what was found in an edition.

    :param origin: the address of the website, for links that leave it.
    :param asked: what was looked for; the page of a document marks what answers it.
    """

    def __init__(
        self,
        site: Site,
        opened: Seen,
        newest: Body,
        withdrawn: Withdrawn | None,
        origin: str,
        asked: str = "",
    ) -> None:
        self.site, self.opened, self.newest = site, opened, newest
        self.withdrawn, self.origin, self.asked = withdrawn, origin, asked

    def group(self, group: Group) -> Shown:
        """Show a hit with those that say nearly the same."""
        first = group.first
        hit = first.hit
        verdict = _verdict(hit)
        chosen = quote(hit, self.site.service.tuning.quoting) if verdict in _MARKED else None
        others = [
            (_trail(place), self._path(place, self._edition(place.document, withdrawn)))
            for place, withdrawn in _others(group)
        ]
        return self._shown(first.place, first.withdrawn, verdict, chosen, tuple(others))

    def place(self, place: Place, hit: Hit | None, spans: Sequence[Span]) -> Shown:
        """Show a passage of the edition by itself.

        :param hit: what the reader makes of it, when it was asked.
        :param spans: what is marked instead of the sentences that answer.
        """
        verdict = _verdict(hit) if hit else ""
        chosen = None
        if hit is not None and verdict in _MARKED:
            chosen = quote(hit, self.site.service.tuning.quoting)
        shown = self._shown(place, False, verdict, chosen, ())
        return replace(shown, lines=marked_lines(place.passage.text, spans)) if spans else shown

    def is_live(self, spotted: Spotted) -> bool:
        """Say whether members see the document of a hit now."""
        return self._status(spotted.hit.document, spotted.withdrawn) == "live"

    def _shown(
        self,
        place: Place,
        withdrawn: bool,
        verdict: Verdict,
        chosen: Quote | None,
        others: tuple[tuple[str, str], ...],
    ) -> Shown:
        document, passage = place.document, place.passage
        today = self.site.service.today()
        edition = self._edition(document, withdrawn)
        status = self._status(document, withdrawn)
        notice = notice_for(document, passage.headings, today, self.site.wording)
        became = "" if self.opened.now else since(place, self.newest)
        spans: Sequence[Span] = chosen.spans if chosen else ()
        path = self._path(place, edition)
        return Shown(
            document,
            passage,
            status,
            verdict,
            became,
            edition,
            notice,
            marked_lines(passage.text, spans),
            path,
            self._path(place, edition, self.asked),
            Citation(
                chosen.text if chosen else passage.text,
                document.title,
                self._facts(document, passage, edition, (status, became), notice),
                self._link(document, path, status == "live" and became in ("", "same")),
            ),
            others,
        )

    def _facts(
        self,
        document: Document,
        passage: Passage,
        edition: int,
        standing: tuple[str, str],
        notice: str | None,
    ) -> tuple[str, ...]:
        say, wording = self.site.staff.wording.say, self.site.wording
        status, became = standing
        dates = [
            wording.say(f"widget.{name}", date=say_date(day, wording))
            for name, day in (("published", document.published), ("reviewed", document.reviewed))
            if day
        ]
        source = [
            document.publisher,
            wording.say("widget.on_page", page=str(passage.page)) if passage.page else "",
            *dates,
            say("editor.edition", number=str(edition)),
        ]
        warnings = [
            notice,
            say(f"adviser.copied.{status}") if status != "live" else "",
            say(f"adviser.copied.{became}") if became not in ("", "same") else "",
        ]
        return (" · ".join(filter(None, source)), *filter(None, warnings))

    def _link(self, document: Document, path: str, live: bool) -> str:
        """Give the address that a citation names: what members can open, if there is one."""
        root = self.site.settings.sub_path
        url = document.url if live else path
        return f"{self.origin}{root}{url}" if url.startswith("/") else url

    def _status(self, document: Document, withdrawn: bool) -> Status:
        return "withdrawn" if withdrawn else self.opened.status(document)

    def _edition(self, document: Document, withdrawn: bool) -> int:
        if withdrawn and self.withdrawn is not None:
            return self.withdrawn.editions[document.id]
        return self.opened.number

    def _path(self, place: Place, edition: int, asked: str = "") -> str:
        anchor = place.passage.id.partition("#")[2]
        parts = query({"edition": edition, "passage": anchor, "q": asked})
        return f"/adviser/documents/{place.document.id}{parts}#{quoted(anchor)}"


_MARKED: tuple[Verdict, ...] = ("answers", "may")


def _verdict(hit: Hit) -> Verdict:
    if hit.answers is None:
        return ""
    if hit.answers >= _ANSWERS:
        return "answers"
    return "may" if hit.answers >= _MAY else "near"


def _others(group: Group) -> list[tuple[Place, bool]]:
    first = group.first
    found = [(place, first.withdrawn) for place in first.also]
    for one in group.more:
        found += [(place, one.withdrawn) for place in (one.place, *one.also)]
    return found


def _trail(place: Place) -> str:
    return " › ".join((place.document.title, *place.passage.headings))

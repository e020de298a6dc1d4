"""A draft as its pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.answers.notices import notice_for
from knowledge.documents.document import Document
from knowledge.editions.differences import Piece
from knowledge.editions.drafts.checking import CheckedDraft, check_draft
from knowledge.editions.drafts.draft import SavedDraft
from knowledge.editions.drafts.errors import UnknownDraft
from knowledge.editions.edition import StoredPassage, Version
from web.server.site import Site
from web.staff.auth.access import Refused
from web.staff.editor.fields import shown_date

_AROUND = 160  # characters that stay visible beside a change


@dataclass(frozen=True)
class Card:
    """A passage as a member sees it under an answer.

    :param dated: publisher and dates, as far as they are known.
    :param notice: what is said before it today.
    """

    headings: tuple[str, ...]
    lines: tuple[str, ...]
    page: int | None
    notice: str | None


def find_draft(site: Site, number: int) -> SavedDraft:
    """Give a draft, or the page that says that there is none."""
    try:
        return site.staff.drafts.find(number)
    except UnknownDraft:
        raise Refused(404, "no_draft") from None


def live_version(site: Site, draft: SavedDraft) -> Version | None:
    """Give what is published of the document that a draft changes."""
    if draft.document_id is None:
        return None
    return site.service.store.state().versions.get(draft.document_id)


def draft_values(site: Site, draft: SavedDraft) -> dict[str, Any]:
    """Give what every page of a draft needs."""
    checked = check_draft(draft)
    live = live_version(site, draft)
    return {
        "draft": draft,
        "checked": checked,
        "live": live.document if live else None,
        "is_moved": (live.digest if live else None) != draft.base and draft.document_id is not None,
        "cards": cards(site, checked),
        "dated": dated(site, checked.version.document),
        "zone": site.service.contacts.time_zone,
        "shown_date": shown_date,
    }


def cards(site: Site, checked: CheckedDraft) -> list[Card]:
    """Give the passages as members will see them today."""
    document, today = checked.version.document, site.service.today()

    def card(stored: StoredPassage) -> Card:
        passage = stored.passage
        notice = notice_for(document, passage.headings, today, site.wording)
        return Card(passage.headings, tuple(passage.text.split("\n")), passage.page, notice)

    return [card(stored) for stored in checked.version.passages]


def dated(site: Site, document: Document) -> str:
    """Give publisher and dates in one line, as members see them."""
    say = site.staff.wording.say
    parts = [document.publisher]
    if document.published:
        parts.append(say("draft.card_published", day=shown_date(document.published)))
    if document.reviewed:
        parts.append(say("draft.card_reviewed", day=shown_date(document.reviewed)))
    return " · ".join(filter(None, parts))


def folded(pieces: Sequence[Piece]) -> list[Piece]:
    """Shorten what stays between two changes to what stands beside them."""
    result = []
    for place, piece in enumerate(pieces):
        text = piece.text
        if piece.kind == "same" and len(text) > 2 * _AROUND:
            first = text[:_AROUND] if place else ""
            last = text[-_AROUND:] if place < len(pieces) - 1 else ""
            text = f"{first} […] {last}"
        result.append(Piece(piece.kind, text))
    return result

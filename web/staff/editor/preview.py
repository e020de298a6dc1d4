"""What publishing a draft would do, before it is done: all that an editor should look at."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from knowledge.documents.blocks import LeftOut
from knowledge.editions.differences import differences
from knowledge.editions.drafts.begin import text_of_version
from knowledge.editions.drafts.checking import CheckedDraft
from knowledge.editions.drafts.draft import Content, SavedDraft
from knowledge.editions.drafts.errors import DraftChanged, DraftClosed
from knowledge.editions.drafts.near import NearPassage, near_passages
from knowledge.messages.personal_data_in_guidance import InGuidance, find_in_guidance
from web.server.site import Site
from web.staff.auth.access import Signed, staff
from web.staff.drafting import kept
from web.staff.editor.draft import with_published
from web.staff.editor.draft_shown import draft_values, find_draft, folded, live_version
from web.staff.editor.drafts import DRAFTS_PATH
from web.staff.pages import Pages

_MOST_NEAR = 20


@dataclass(frozen=True)
class Moved:
    """What was published after a draft had begun.

    :param by: who published it, in which edition and when; empty where that is not known.
    :param live: the digest of what is published now; empty when nothing is.
    :param pieces: what changed, word by word.
    :param both: whether both changes can be put into one text.
    """

    by: str
    edition: int | None
    at: Any
    live: str
    pieces: list[Any]
    both: bool


def preview_routes(site: Site, pages: Pages) -> APIRouter:
    """Give the routes of that page."""
    routes = APIRouter()
    drafts = site.staff.drafts
    path = f"{DRAFTS_PATH}/{{number}}/preview"

    def page(signed: Signed, draft: SavedDraft, status: int = 200, problem: str = ""
             ) -> HTMLResponse:  # fmt: skip
        values = draft_values(site, draft)
        checked: CheckedDraft = values["checked"]
        near = near_to(site, draft, checked)
        live = live_version(site, draft)
        changes = None
        if live is not None:
            changes = folded(differences(text_of_version(live, drafts), draft.content.text))
        return pages.page(
            "editor/drafts/preview.html",
            signed,
            status,
            **values,
            problem=problem,
            left_out=by_kind((*draft.reading.left_out, *checked.edited.left_out)),
            personal=personal_data(site, checked),
            near=near[:_MOST_NEAR],
            more_near=max(len(near) - _MOST_NEAR, 0),
            replaced=replaced_titles(site, draft),
            changes=changes,
            moved=moved(site, draft),
        )

    @routes.get(path)
    def show(number: int, signed: Annotated[Signed, Depends(staff("editor"))]) -> HTMLResponse:
        return page(signed, find_draft(site, number))

    @routes.post(path)
    async def choose(
        number: int, request: Request, signed: Annotated[Signed, Depends(staff("editor"))]
    ) -> Response:
        form = await request.form()
        what, other = str(form.get("do", "")), str(form.get("document", ""))

        def work() -> Response:
            draft = find_draft(site, number)
            content, by = draft.content, signed.user.name
            try:
                if what == "accept":
                    keep = kept(signed.actor, "draft_loss_accepted")
                    drafts.accept_loss(number, draft.version, by, keep)
                elif what in ("replace", "keep") and other:
                    rest = tuple(each for each in content.replaces if each != other)
                    chosen = (*rest, other) if what == "replace" else rest
                    now = Content(content.metadata, content.text, chosen)
                    keep = kept(signed.actor, "draft_changed", f"{what} {other}")
                    drafts.save(number, draft.version, now, by, keep)
                elif what == "apart":
                    drafts.make_new(number, draft.version, by, kept(signed.actor, "draft_changed"))
            except (DraftChanged, DraftClosed) as problem:
                return page(signed, find_draft(site, number), 409, str(problem))
            return pages.go(f"{DRAFTS_PATH}/{number}/preview")

        return await run_in_threadpool(work)

    return routes


def by_kind(left_out: tuple[LeftOut, ...]) -> dict[str, list[LeftOut]]:
    """Put what was left out together by what it is."""
    kinds: dict[str, list[LeftOut]] = defaultdict(list)
    for each in left_out:
        kinds[each.kind].append(each)
    return dict(kinds)


def personal_data(site: Site, checked: CheckedDraft) -> list[InGuidance]:
    """Give what may be somebody's own in the passages."""
    nlp = site.entities()
    found = [
        each
        for stored in checked.version.passages
        for each in find_in_guidance(stored.passage.text, nlp)
    ]
    return list(dict.fromkeys(found))


def near_to(site: Site, draft: SavedDraft, checked: CheckedDraft) -> tuple[NearPassage, ...]:
    """Give the published passages that say much the same as the draft's."""
    published = site.service.store.state().versions.values()
    leaving = {*draft.content.replaces, draft.document_id or ""}
    return near_passages(checked.version, published, leaving)


def replaced_titles(site: Site, draft: SavedDraft) -> dict[str, str]:
    """Give the titles of the documents that leave when the draft is published, by their names."""
    versions = site.service.store.state().versions
    return {
        name: versions[name].document.title if name in versions else name
        for name in draft.content.replaces
    }


def moved(site: Site, draft: SavedDraft) -> Moved | None:
    """Say what was published since a draft had begun; None when nothing was."""
    live, drafts = live_version(site, draft), site.staff.drafts
    if draft.document_id is None or (live.digest if live else None) == draft.base:
        return None
    before = site.service.store.version(draft.base) if draft.base else None
    edition = site.service.store.left_since(draft.base) if draft.base else None
    pieces = []
    if live is not None:
        old = text_of_version(before, drafts) if before else ""
        pieces = folded(differences(old, text_of_version(live, drafts)))
    return Moved(
        edition.by if edition else "",
        edition.number if edition else None,
        edition.published if edition else None,
        live.digest if live else "",
        pieces,
        with_published(site, draft) is not None,
    )

"""What publishing drafts does to the guidance."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from knowledge.editions.changes import TURNED_DOWN, Change, Outcome, carried, ships_with
from knowledge.editions.drafts.checking import version_of
from knowledge.editions.drafts.draft import SavedDraft
from knowledge.editions.drafts.errors import BaseChanged, NothingChanges
from knowledge.editions.edition import State, Version
from knowledge.editions.names import renamed
from knowledge.editions.origins import draft_origin


def change_of(drafts: Sequence[SavedDraft], by: str, reason: str = "") -> Change:
    """Make the change that publishes drafts.

    Applying it may raise `BaseChanged`, if a document is not what its draft began from, or
    `NothingChanges`. A bundled file of the same name does not put its own text back at the next
    start: the draft stays among the document's origins.

    :raises NotReady: if something is wrong with a draft itself.
    """
    ready = [(draft, version_of(draft)) for draft in drafts]

    def apply(state: State) -> Outcome:
        ships = ships_with(state.settings)
        after = state.versions
        withdrawn = set(state.withdrawn)
        names = []
        for draft, version in ready:
            live = _base(draft, state)
            name = draft.document_id or _free(version.document.id, after.keys() | withdrawn)
            new = renamed(version, name)
            replaced = [other for other in draft.content.replaces if after.keys() & {other}]
            if live is not None and new.digest == live.digest and not replaced:
                raise NothingChanges(draft.number)
            shipped = filter(ships, live.origins) if live else ()
            after[name] = replace(new, origins=(*shipped, draft_origin(draft.number)))
            for other in replaced:
                if other != name:
                    del after[other]
                    withdrawn.add(other)
            withdrawn.discard(name)
            names.append(name)
        settings = carried(state.settings)
        turned_down = settings[TURNED_DOWN]
        settings[TURNED_DOWN] = {k: v for k, v in turned_down.items() if k not in names}
        return Outcome(after, frozenset(withdrawn), frozenset(names), settings=settings)

    return Change(by, _note(drafts, reason), apply)


def _base(draft: SavedDraft, state: State) -> Version | None:
    """Give the published document that a draft changes.

    :raises BaseChanged: if it is not the one that the draft began from.
    """
    if draft.document_id is None:
        return None
    live = state.versions.get(draft.document_id)
    if (live.digest if live else None) != draft.base:
        raise BaseChanged(draft.number, draft.document_id, gone=live is None)
    return live


def _free(name: str, taken: set[str]) -> str:
    """Give a name that no document has, nor one that was withdrawn."""
    if name not in taken:
        return name
    return next(each for number in count(2) if (each := f"{name}-{number}") not in taken)


def _note(drafts: Sequence[SavedDraft], reason: str) -> str:
    titles = ", ".join(draft.title for draft in drafts)
    return f"{titles}: {reason}" if reason else titles

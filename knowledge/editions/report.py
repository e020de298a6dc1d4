"""What a change did, for whoever made it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.documents.document import Document
from knowledge.editions.changes import Older, Outcome, carried
from knowledge.editions.edition import State
from knowledge.editions.reading import Reading
from knowledge.editions.same import Alike, Key
from knowledge.errors import DocumentError


@dataclass(frozen=True)
class Report:
    """What a change did; each name is a document's identifier.

    :param left_out: documents that were not added: somebody removed them meanwhile.
    :param embedded: how many texts had to be embedded: only the new ones.
    :param edition: the edition that answers now, or None if nothing was ever published.
    :param refused: what is wrong with the files that could not be added.
    :param older: what was read and not added, because what is published is newer.
    :param replaced: the earlier states of the documents in `updated`, by name.
    :param alike: documents that say much the same as ones that were created or updated.
    :param readings: what was read, in order.
    :param called: the names of what was read.
    """

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    embedded: int = 0
    edition: int | None = None
    refused: tuple[DocumentError, ...] = ()
    older: tuple[Older, ...] = ()
    replaced: Mapping[str, Document] = field(default_factory=dict, compare=False)
    alike: tuple[Alike, ...] = field(default=(), compare=False)
    readings: tuple[Reading, ...] = field(default=(), compare=False)
    called: Mapping[Key, str] = field(default_factory=dict, compare=False)


def report_of(state: State, outcome: Outcome) -> Report:
    """Give what a change did to a state of the guidance."""
    before, after = state.versions, outcome.versions
    updated = {key for key in after if key in before and after[key].digest != before[key].digest}
    created = after.keys() - before.keys()
    return Report(
        created=tuple(sorted(created)),
        updated=tuple(sorted(updated)),
        unchanged=tuple(sorted(outcome.looked_at - created - updated)),
        removed=tuple(sorted(before.keys() - after.keys())),
        left_out=outcome.left_out,
        older=outcome.older,
        replaced={name: before[name].document for name in updated},
        called=outcome.called,
    )


def is_change(state: State, outcome: Outcome, report: Report) -> bool:
    """Say whether there is anything to publish."""
    before, after = state.versions, outcome.versions
    if outcome.always or report.created or report.updated or report.removed:
        return True
    if any(set(before[name].origins) != set(after[name].origins) for name in after):
        return True
    # The first start of this release over an older folder keeps which documents are bundled.
    return bool(after) and carried(state.settings) != outcome.settings

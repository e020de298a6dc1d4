"""How much of a page fell out without a good reason."""

from knowledge.documents.blocks import Draft, LeftOutKind

# What a page shows, or might show, but its reader could not place. Every other kind is known to be
# no guidance: menus, banners, struck or hidden words, remarks in the margin and the like.
UNPLACED: frozenset[LeftOutKind] = frozenset(
    {"outside the main part", "code", "empty heading", "pointer"}
)


def lost_share(draft: Draft) -> float:
    """Give the share of a draft's words that were left out though they are no known furniture.

    :return: from 0, nothing was lost, to 1, nothing is left; 0 for an empty draft.
    """
    lost = sum(len(each.text.split()) for each in draft.left_out if each.kind in UNPLACED)
    kept = sum(len(block.text.split()) for block in draft.blocks)
    return lost / (lost + kept) if lost else 0.0

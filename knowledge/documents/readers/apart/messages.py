"""What the process that reads and the one that asked tell each other: JSON, one message a line."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from knowledge.documents.blocks import Block, Draft, Kept, LeftOut, placed

TOO_MUCH_MEMORY = 86  # the exit status of a process that had no memory left


def drafts_to_json(drafts: tuple[Draft, ...]) -> list[dict[str, Any]]:
    """Give drafts as plain JSON values."""
    return [
        {**asdict(draft), "saved": draft.saved.isoformat() if draft.saved else None}
        for draft in drafts
    ]


def drafts_from_json(values: list[dict[str, Any]]) -> tuple[Draft, ...]:
    """Give back the drafts that `drafts_to_json` made JSON of."""
    return tuple(
        Draft(
            value["id"],
            value["metadata"],
            tuple(Block(**placed(block)) for block in value["blocks"]),
            tuple(LeftOut(**placed(each)) for each in value["left_out"]),
            tuple(Kept(**placed(each)) for each in value["kept"]),
            dt.date.fromisoformat(value["saved"]) if value["saved"] else None,
            value["language"],
        )
        for value in values
    )

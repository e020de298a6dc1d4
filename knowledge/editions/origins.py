"""Where a published document comes from: files, and drafts that editors published."""

from pathlib import Path

_DRAFT = "draft:"


def draft_origin(number: int) -> str:
    """Give what stands among a document's origins when a draft published it."""
    return f"{_DRAFT}{number}"


def is_draft(origin: str) -> bool:
    """Say whether a draft published it."""
    return origin.startswith(_DRAFT)


def is_there(origin: str) -> bool:
    """Say whether an origin is still there: a draft always is, a file may be gone from the disk."""
    return is_draft(origin) or Path(origin).is_file()

"""Headings by a file's bookmarks, for want of tags and of letters that tell."""

from collections.abc import Sequence

import pypdfium2 as pdfium

from knowledge.documents.readers.pdf.parts import PageParts, make_heading
from knowledge.documents.readers.pdf.text import without_marks

_MOST = 3  # bookmarks a page; some files have one for every line
_FEWEST_FOUND = 0.6  # of the bookmarks must be lines of their page


def mark_bookmarked(document: pdfium.PdfDocument, pages: Sequence[PageParts]) -> None:
    """Make headings of the lines that the bookmarks name, if these are few and match."""
    wanted = []
    for bookmark in document.get_toc(max_depth=6):
        place = bookmark.get_dest()
        page = place.get_index() if place else None
        if page is not None and page < len(pages):
            wanted.append((page, bookmark.level + 1, _plain(bookmark.get_title())))
        if len(wanted) > _MOST * len(pages):
            return
    found = []
    for page, level, title in wanted:
        for part in pages[page].parts:
            if part.kind in ("paragraph", "item") and _plain(f"{part.mark} {part.text}") == title:
                found.append((part, level))
                break
    if found and len(found) >= _FEWEST_FOUND * len(wanted):
        for part, level in found:
            make_heading(part, level)


def _plain(text: str) -> str:
    return " ".join(without_marks(text).casefold().split())

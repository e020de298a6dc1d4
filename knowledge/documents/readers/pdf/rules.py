"""Lines that are drawn across a page: the borders of the rows of its tables."""

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_SHORTEST = 20.0  # points
_THICKEST = 2.5  # points
_MOST = 20_000  # a page with more of them is a drawing


def rules_of(page: pdfium.PdfPage) -> list[float]:
    """Give the heights of the lines that are drawn across a page, in points from its bottom."""
    heights: list[float] = []
    for count, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count > _MOST:
            return []
        left, bottom, right, top = item.get_bounds()
        if right - left >= _SHORTEST and top - bottom <= _THICKEST:
            heights.append((top + bottom) / 2)
    return heights

"""The title of a Word document: by its style, by being the one heading on top, or by its size."""

from knowledge.documents.readers.word.names import Element, number, value, w, words
from knowledge.documents.readers.word.simplify import set_kind

_USUAL_SIZE = 22  # half points, where the file does not say
_LARGER = 1.25  # times the usual size: a typed title is seldom less, emphasis seldom more
_LONGEST = 20  # words


def mark_title(body: Element, usual: int | None) -> bool:
    """Make the title's paragraph one of kind "title".

    :param usual: the size of the document's text in half points.
    :return: whether the headings of the first level stand below a title, one level deeper.
    """
    blocks = [block for block in body.iter(w("p")) if words(block)]
    title = _title(body, blocks, usual or _USUAL_SIZE)
    if title is None:
        return False
    set_kind(title, "title")
    return any(value(block, "pPr", "pStyle") == "heading1" for block in blocks)


def _title(body: Element, blocks: list[Element], usual: int) -> Element | None:
    titles = [block for block in blocks if value(block, "pPr", "pStyle") == "title"]
    for other in titles[1:]:
        set_kind(other, "heading 1")
    if titles or not blocks:
        return titles[0] if titles else None
    first = blocks[0]
    tops = [block for block in blocks if value(block, "pPr", "pStyle") == "heading1"]
    is_text = first.getparent() is body and value(first, "pPr", "pStyle") == "text"
    is_heading = len(tops) == 1 and first is tops[0]
    return first if is_heading or (is_text and _is_large(first, usual)) else None


def _is_large(paragraph: Element, usual: int) -> bool:
    runs = [run for run in paragraph.iter(w("r")) if words(run)]
    sizes = [number(value(run, "rPr", "sz")) or usual for run in runs]
    return min(sizes) >= _LARGER * usual and len(words(paragraph).split()) <= _LONGEST

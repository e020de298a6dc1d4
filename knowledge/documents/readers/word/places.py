"""Where something stands in a Word file, which has no pages: in which paragraph."""

from knowledge.documents.blocks import Place
from knowledge.documents.readers.word.names import Element, w, words

_NUMBER = "number"  # an attribute of our own: Word's have a namespace


def number_paragraphs(body: Element) -> None:
    """Number the paragraphs that are not empty, as Word counts them, before any is taken out."""
    count = 0
    for paragraph in body.iter(w("p")):
        paragraph.attrib.pop(_NUMBER, None)
        if words(paragraph):
            count += 1
            paragraph.set(_NUMBER, str(count))


def number_of(paragraph: Element) -> str:
    """Give a paragraph's number; empty for one without."""
    return str(paragraph.get(_NUMBER, ""))


def place_of(element: Element) -> Place | None:
    """Give the paragraph in which an element stands, or the first one inside it."""
    around = [element, *element.iterancestors(w("p")), *element.iter(w("p"))]
    number = next(filter(None, map(number_of, around)), "")
    return Place("paragraph", int(number)) if number.isdigit() else None

"""Where the tags of a page begin in its source, or in the source that it was made from."""

from bs4 import BeautifulSoup
from lxml import etree

from knowledge.documents.blocks import Place, PlaceUnit

MARK = "data-place"  # in which our other readers say where a tag stands in their source


def lines_of(soup: BeautifulSoup, content: str) -> dict[int, Place]:
    """Give the line of each tag by the tag's `id()`.

    BeautifulSoup does not learn lines from lxml, so lxml reads the page once more. From where the
    two trees differ, as they do after the end of a page, nothing is known.

    :param soup: the page, as it was parsed and not changed since.
    """
    try:
        parser = etree.HTMLParser(encoding="utf-8")
        root = etree.fromstring(content.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return {}
    if root is None:
        return {}
    places: dict[int, Place] = {}
    for tag, element in zip(soup.find_all(True), root.iter(etree.Element), strict=False):
        if tag.name != element.tag:
            break
        if element.sourceline:
            places[id(tag)] = Place("line", element.sourceline)
    return places


def marked_places(soup: BeautifulSoup, unit: PlaceUnit) -> dict[int, Place]:
    """Give the place of each tag by the tag's `id()`.

    A tag that does not say its own stands where the first one inside it does, or else where the
    last one before it did.
    """
    places: dict[int, Place] = {}
    settled: set[int] = set()
    last: Place | None = None
    for tag in soup.find_all(True):
        number = str(tag.get(MARK, ""))
        if not number.isdigit():
            if last is not None:
                places[id(tag)] = last
            continue
        last = places[id(tag)] = Place(unit, int(number))
        settled.add(id(tag))
        for parent in tag.parents:
            if id(parent) in settled:
                break
            settled.add(id(parent))
            places[id(parent)] = last
    return places

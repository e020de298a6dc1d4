"""Names of Word's XML, and the few ways in which the reader looks at it."""

from typing import Any, TypeAlias

from knowledge.documents.readers.plain import normal

Element: TypeAlias = Any  # lxml's element; lxml has no types

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
# Word can also write "Strict Open XML": the same names at other addresses.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": _WORD.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": _MATHS.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
OFF = ("0", "false", "off")


def w(name: str) -> str:
    """Give the full name of an element or attribute of WordprocessingML."""
    return f"{{{_WORD}}}{name}"


def mc(name: str) -> str:
    """Give the full name of an element of markup compatibility."""
    return f"{{{_COMPATIBLE}}}{name}"


def m(name: str) -> str:
    """Give the full name of an element of Office's mathematics."""
    return f"{{{_MATHS}}}{name}"


def value(parent: Element | None, *path: str) -> str | None:
    """Give the value of a property, such as `value(paragraph, "pPr", "pStyle")`; None without."""
    for name in path:
        parent = None if parent is None else parent.find(w(name))
    return None if parent is None else parent.get(w("val"))


def number(text: str | None) -> int | None:
    """Read a whole number; None when it is none."""
    try:
        return int(text or "")
    except ValueError:
        return None


def is_on(parent: Element | None, name: str) -> bool | None:
    """Say whether a yes-or-no property is on; None when the parent does not say."""
    found = None if parent is None else parent.find(w(name))
    return None if found is None else found.get(w("val")) not in OFF


def text_of(element: Element) -> str:
    """Give the text inside an element as it stands, deleted text too; a space for each break."""
    parts = element.iter(w("t"), w("delText"), w("tab"), w("br"), w("cr"), w("p"))
    texts = (w("t"), w("delText"))
    return "".join((part.text or "") if part.tag in texts else " " for part in parts)


def words(element: Element) -> str:
    """Give the text inside an element with its white space made normal."""
    return normal(text_of(element))


def unwrap(element: Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)


def remove(element: Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)

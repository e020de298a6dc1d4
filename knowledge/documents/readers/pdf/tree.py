"""The tree of a file's tags, in which it says itself what is a heading, a list or a note."""

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

CELLS = frozenset(("TH", "TD"))
NOTES = frozenset(("Note", "FENote"))
# Elements inside a line, and those that may be; all others begin a block or hold some.
INLINE = frozenset(
    "Span Quote Link Reference BibEntry Code Em Strong Sub Annot Ruby RB RT RP Warichu WT WP "
    "NonStruct Private Form".split()
)
HEADING = re.compile(r"H([1-6])?|Title")
LABEL_WORDS = 6  # an alternative text of fewer words names a picture and says nothing: "Our logo"
_DEEPEST = 200  # elements inside each other; no honest file comes near


@dataclass
class Node:
    """An element of the tree, so far as it stands on one page.

    :param kids: elements, and the numbers of marked contents.
    :param begun: whether its first kids stand on another page.
    """

    type: str
    alternative: str = ""
    spans: tuple[int, int] = (1, 1)
    kids: list["Node | int"] = field(default_factory=list)
    begun: bool = False

    def has(self, types: frozenset[str]) -> bool:
        """Say whether one of its kids is of one of these types."""
        return any(isinstance(kid, Node) and kid.type in types for kid in self.kids)

    def all(self, type_: str) -> Iterator["Node"]:
        """Give the elements of a type inside it, but not those inside each other."""
        for kid in self.kids:
            if isinstance(kid, Node):
                if kid.type == type_:
                    yield kid
                else:
                    yield from kid.all(type_)

    def is_inline(self) -> bool:
        """Say whether it stands inside a line, with all that is in it but notes."""
        return self.type in INLINE and all(
            isinstance(kid, int) or kid.type in NOTES or kid.is_inline() for kid in self.kids
        )

    def names_heading(self) -> bool:
        """Say whether it is a heading, or holds one."""
        return HEADING.fullmatch(self.type) is not None or any(
            isinstance(kid, Node) and kid.names_heading() for kid in self.kids
        )

    def says_something(self) -> bool:
        """Say whether it is a picture with an alternative text that is more than a label."""
        return len(self.alternative.split()) >= LABEL_WORDS or any(
            isinstance(kid, Node) and kid.says_something() for kid in self.kids
        )

    def contents(self) -> Iterator[int]:
        """Give the numbers of all marked contents inside it."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.contents()
            else:
                yield kid


def read_tree(page: pdfium.PdfPage) -> list[Node]:
    """Read what the tree of the file says about one page; nothing when there is none."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return []
    try:
        count = raw.FPDF_StructTree_CountChildren(tree)
        found = (raw.FPDF_StructTree_GetChildAtIndex(tree, place) for place in range(count))
        return [_node(element, 0) for element in found if element]
    finally:
        raw.FPDF_StructTree_Close(tree)


def _node(element: Any, depth: int) -> Node:
    node = Node(
        _string(raw.FPDF_StructElement_GetType, element),
        _string(raw.FPDF_StructElement_GetAltText, element),
    )
    if node.type in CELLS:
        node.spans = (_number(element, "ColSpan"), _number(element, "RowSpan"))
    if depth < _DEEPEST:
        for place in range(raw.FPDF_StructElement_CountChildren(element)):
            kid = raw.FPDF_StructElement_GetChildAtIndex(element, place)
            content = raw.FPDF_StructElement_GetChildMarkedContentID(element, place)
            if kid:
                node.kids.append(_node(kid, depth + 1))
            elif content >= 0:
                node.kids.append(content)
            else:
                node.begun = node.begun or not node.kids
    return node


def _string(get: Callable[..., int], element: Any) -> str:
    size = get(element, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()


def _number(element: Any, name: str) -> int:
    value = ctypes.c_float()
    for place in range(raw.FPDF_StructElement_GetAttributeCount(element)):
        attribute = raw.FPDF_StructElement_GetAttributeAtIndex(element, place)
        found = raw.FPDF_StructElement_Attr_GetValue(attribute, name.encode())
        if found and raw.FPDF_StructElement_Attr_GetNumberValue(found, value):
            return max(1, min(int(value.value), 100))
    return 1

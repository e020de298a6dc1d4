"""The words of a line: what a visitor reads, without marks of notes and without struck words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bs4 import NavigableString, Tag
from bs4.element import PageElement, PreformattedString

from knowledge.documents.blocks import LeftOut
from knowledge.documents.readers.html import maths
from knowledge.documents.readers.html import notes as notes_of
from knowledge.documents.readers.html.furniture import Furniture
from knowledge.documents.readers.html.tree import Page, words_of

_RAISED = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_EXPONENT = re.compile(r"[+−–-]?\d{1,3}|n")
_NUMBER = re.compile(r"\d{1,3}")
_SPACE = re.compile(r"\s+")
_NO_SPACE_BEFORE = ".,;:!?)]"


@dataclass
class Line:
    """The words of some inline mark-up, and what goes with them.

    :param text: the words; a line break is "\\n".
    :param left_out: what is left out of them, in order.
    :param notes: the footnotes that they refer to, in order.
    """

    text: str = ""
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[Tag] = field(default_factory=list)


class InlineReader:
    """Reads the words of inline mark-up."""

    def __init__(self, page: Page, notes: notes_of.Notes, furniture: Furniture) -> None:
        self._page, self._notes, self._furniture = page, notes, furniture

    def read(self, nodes: Iterable[PageElement]) -> Line:
        """Give the words of neighbouring nodes as one line."""
        line = Line()
        for node in nodes:
            self._add(node, line)
        return line

    def _add(self, node: PageElement, line: Line) -> None:
        if isinstance(node, PreformattedString):
            return  # remarks in the source and the like
        if isinstance(node, NavigableString):
            self._add_text(_SPACE.sub(" ", str(node)), line)
            return
        if not isinstance(node, Tag):
            return
        if kind := self._furniture.kind(node):
            if text := self._furniture.words(node):
                line.left_out.append(LeftOut(kind, text))
            return
        if node.name == "br":
            line.text += "\n"
        elif node.name == "img":
            line.left_out.append(LeftOut("picture", _picture(node)))
            line.text += " "  # the picture stands between the words
        elif node.name in maths.PARTS:
            # A number before it is a factor: "2" and a half are not "21/2".
            line.text += " " if line.text[-1:].isdigit() else ""
            line.text += maths.in_line(node, lambda part: self._inside(part, line))
        elif address := _hidden_address(node):
            self._add_text(address, line)
        elif node.name == "a" and notes_of.is_back_link(node, self._page, self._notes):
            return
        elif node.name == "a" and notes_of.is_mark_link(node, self._page):
            self._add_mark(node, line)
        elif notes_of.is_raised(node, self._page) and node.find("a") is None:
            self._add_raised(node, line)
        elif node.name == "sub" and line.text.endswith(("/", "⁄")):
            line.text = line.text.removesuffix("⁄").removesuffix("/") + "/" + words_of(node)
        elif node.name == "sub" and line.text[-1:].isdigit() and words_of(node).isdigit():
            line.text += words_of(node).translate(_LOWERED)
        elif node.name == "q":
            line.text += "“"
            self._children(node, line)
            line.text += "”"
        elif node.name == "a" and _is_sign(node, self._page):
            return
        else:
            self._children(node, line)

    def _inside(self, tag: Tag, line: Line) -> str:
        """Give the words of a part of a line; what is left out of it is left out of the line."""
        part = Line(left_out=line.left_out, notes=line.notes)
        self._add(tag, part)
        return part.text

    def _children(self, tag: Tag, line: Line) -> None:
        for child in tag.children:
            self._add(child, line)

    def _add_text(self, text: str, line: Line) -> None:
        # "Send it <del>by post</del>.": the space in front of the gap goes with the struck words.
        gap = bool(line.left_out) and line.text.endswith(" ")
        if gap and text[:1] in tuple(_NO_SPACE_BEFORE):
            line.text = line.text.rstrip(" ")
        line.text += text

    def _add_mark(self, mark: Tag, line: Line) -> None:
        line.left_out.append(LeftOut("note mark", words_of(mark)))
        text = words_of(mark)
        if (body := self._notes.bodies.get(id(mark))) is not None:
            line.notes.append(body)
            return
        numbers = map(int, _NUMBER.findall(text))  # "2, 3" are the marks of two notes
        line.notes += [body for number in numbers if (body := self._notes.by_number.get(number))]

    def _add_raised(self, tag: Tag, line: Line) -> None:
        text = words_of(tag)
        fraction = _is_top_of_fraction(tag)
        if not fraction and notes_of.is_mark(tag, line.text, self._notes):
            self._add_mark(tag, line)
        elif fraction:  # "3" and a raised 1 over 2 are three and a half
            line.text += (" " if line.text[-1:].isdigit() else "") + text
        elif text == "o" and line.text[-1:].isdigit():
            line.text += "°"
        elif text.upper() == "TM":
            line.text += "™"
        elif _EXPONENT.fullmatch(text):
            line.text += text.translate(_RAISED)
        elif line.text[-1:].isdigit() and text[:1].isdigit():
            line.text += f"^{text}"
        else:
            self._children(tag, line)


def _is_top_of_fraction(tag: Tag) -> bool:
    following = tag.next_sibling
    below = tag.find_next_sibling()
    return (
        isinstance(following, NavigableString)
        and str(following).strip() in ("/", "⁄")
        and below is not None
        and below.name == "sub"
    )


def _is_sign(link: Tag, page: Page) -> bool:
    """Say whether a link is a sign only, such as the "¶" or "#" beside a heading."""
    within = str(link.get("href") or "").startswith("#") or page.target(link) is not None
    return within and not any(c.isalnum() for c in words_of(link))


def _picture(tag: Tag) -> str:
    name = str(tag.get("src") or "").rsplit("/", 1)[-1].split("?")[0]
    return " ".join(str(tag.get("alt") or "").split()) or name[:80] or "a picture"


def _hidden_address(tag: Tag) -> str:
    """Read an e-mail address that Cloudflare hides from robots; empty for any other tag."""
    code = str(tag.get("data-cfemail") or "")
    if not code:
        _, _, code = str(tag.get("href") or "").partition("/cdn-cgi/l/email-protection#")
        if not code or "protected" not in words_of(tag) or tag.find(attrs={"data-cfemail": True}):
            return ""
    try:
        key, *letters = bytes.fromhex(code)
        return bytes(letter ^ key for letter in letters).decode("utf-8")
    except ValueError:
        return ""

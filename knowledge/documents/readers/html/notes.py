"""Footnotes: their marks in the text, and the notes themselves."""

import re
from dataclasses import dataclass, field

from bs4 import NavigableString, Tag

from knowledge.documents.readers.html.markers import classes
from knowledge.documents.readers.html.tree import BLOCKS, HEADINGS, Page, holds, role, words_of
from knowledge.documents.readers.raised import is_exponent

_MARK = re.compile(r"\(?\[?(?:foot)?(?:note)?\s*(\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶#]+)\]?\)?", re.I)
_BRACKETED = re.compile(r"\[(?:foot)?(?:note)?\s*(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§]+)\]", re.I)
_NOTE_ID = re.compile(r"_?(?:fn|ftn|ftnt|footnote|endnote|note)[-_:.]?(\d{1,3})", re.I)
# Several marks in one: "2, 3" or "2–4".
_SEVERAL = re.compile(r"\[?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})+\]?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_LONGEST = 300  # words; what is longer is no note but a section to which a link leads
_HOMES = ("li", "p", "dd", "dt", "td", "aside", "div", "section")


@dataclass
class Notes:
    """The footnotes of a page.

    :param bodies: the note to which a mark refers, by the mark's `id()`.
    :param homes: the notes by their own `id()`.
    :param marks: the links that are marks, by their `id()`.
    :param numbers: the numbers that marks or notes of the page use for certain.
    :param by_number: notes whose own identifier says their number.
    :param has_bare_marks: whether some marks of the page are raised numbers without a link.
    """

    bodies: dict[int, Tag] = field(default_factory=dict)
    homes: dict[int, Tag] = field(default_factory=dict)
    marks: set[int] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    by_number: dict[int, Tag] = field(default_factory=dict)
    has_bare_marks: bool = False


def find_notes(page: Page) -> Notes:
    """Find the footnotes of a page by the links that lead to them."""
    notes = Notes()
    for link in page.soup.find_all("a", href=True):
        if role(link) == "doc-backlink" or not is_mark_link(link, page):
            continue
        target = page.target(link)
        # A note's own number, in front of it, may link back to its mark.
        if target is not None and _leads(target, link):
            continue
        _count(notes, words_of(link))
        notes.marks.add(id(link))
        home = _home(target)
        if home is None or holds(home, link) or not _could_be_note(home):
            continue
        notes.bodies[id(link)] = home
        notes.homes[id(home)] = home
    _find_numbered(page, notes)
    for raised in page.soup.find_all("sup"):
        text = _words_before(raised)
        alone = raised.find("a") is None and raised.find_parent("a") is None
        if alone and words_of(raised).isdigit() and is_mark(raised, text, notes):
            notes.has_bare_marks = True
            _count(notes, words_of(raised))
    return notes


def _words_before(tag: Tag) -> str:
    """Give the words in front of a tag in its own block."""
    before = tag.find_previous(string=True)
    block = tag.find_parent(list(BLOCKS))
    same = isinstance(before, NavigableString) and block is not None and block in before.parents
    return str(before) if same else ""


def _find_numbered(page: Page, notes: Notes) -> None:
    for tag in page.soup.find_all(id=_NOTE_ID):
        found = _NOTE_ID.fullmatch(str(tag.get("id")))
        home = _home(tag)
        if found is None or home is None or not _could_be_note(home):
            continue
        number = int(found[1])
        notes.numbers.add(number)
        if id(home) not in notes.homes:
            notes.by_number[number] = home
            notes.homes[id(home)] = home


def is_mark_link(link: Tag, page: Page) -> bool:
    """Say whether a link is the mark of a note: raised, in brackets, or said to be one."""
    text = words_of(link)
    if role(link) == "doc-noteref" or "footnote-reference" in classes(link):  # docutils
        return True
    if not _MARK.fullmatch(text):
        return False
    raised = link.name == "sup" or any(is_raised(tag, page) for tag in (link, *link.parents))
    inside = [tag for tag in link.find_all(True) if is_raised(tag, page)]
    return raised or bool(inside) or bool(_BRACKETED.fullmatch(text) and page.target(link))


def is_back_link(link: Tag, page: Page, notes: Notes) -> bool:
    """Say whether a link is a number or an arrow that leads from a note back to its mark."""
    text = words_of(link).rstrip(".")
    if any(c.isalnum() for c in text) and not _MARK.fullmatch(text):
        return False  # a heading may lead back to the contents
    if role(link) == "doc-backlink" or "fn-backref" in classes(link):  # docutils
        return True
    target = page.target(link)
    if target is None:
        return False
    around = [target, *target.find_all("a"), *target.parents]
    return any(id(each) in notes.marks for each in around)


def is_raised(tag: Tag, page: Page) -> bool:
    """Say whether a tag's words stand above the line."""
    return tag.name == "sup" or (tag.name not in BLOCKS and page.styles.has(tag, "raised"))


def is_mark(raised: Tag, before: str, notes: Notes) -> bool:
    """Say whether raised words are the mark of a note rather than an exponent or an ordinal.

    :param before: the words in front of them.
    """
    text = words_of(raised)
    if _SEVERAL.fullmatch(text):
        return True
    if not (found := _MARK.fullmatch(text)) or (text == "o" and before[-1:].isdigit()):
        return False  # an "o" after a number is a degree
    if raised.find("a") is not None or raised.find_parent("a") is not None:
        return True
    if not text.isdigit():
        return not text.isalpha() or len(text) == 1 or bool(_BRACKETED.fullmatch(text))
    if is_exponent(text, before):
        return False
    if text == "1" or not before[-1:].isdigit():
        return True  # nobody writes an exponent of one, and a word has none
    if re.search(r"[£$€]\s?[\d.,]+$", before) or _YEAR.search(before):
        return True
    number = int(found[1])
    next_number = max(notes.numbers, default=0) + 1
    return number in notes.by_number or (notes.has_bare_marks and number <= next_number)


def _count(notes: Notes, text: str) -> None:
    if found := re.search(r"\d{1,3}", text):
        notes.numbers.add(int(found[0]))


def _home(target: Tag | None) -> Tag | None:
    """Give the block that is the note: the place itself or the smallest block around it."""
    home = target
    while home is not None and home.name not in _HOMES:
        home = home.parent
    if home is not None and home.name == "dt":
        meaning = home.find_next_sibling("dd")
        home = meaning if isinstance(meaning, Tag) else None
    if home is not None and home.name == "p" and home.parent is not None:
        only = [child for child in home.parent.children if isinstance(child, Tag)]
        if home.parent.name in ("li", "aside") and only[0] is home:
            return home.parent
    return home


def _could_be_note(home: Tag) -> bool:
    return home.find(HEADINGS) is None and len(words_of(home).split()) <= _LONGEST


def _leads(mark: Tag, number: Tag) -> bool:
    """Say whether the number stands at the beginning of its block and the mark does not."""
    return _opens_its_block(number) and not _opens_its_block(mark)


def _opens_its_block(tag: Tag) -> bool:
    block = tag.find_parent(list(_HOMES))
    if block is None or tag.name in _HOMES:
        return False
    for child in block.descendants:
        if child is tag:
            return True
        if isinstance(child, NavigableString) and str(child).strip(" \n\t[(.\xa0"):
            return False
    return False

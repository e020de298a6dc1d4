"""What on a page is no guidance: decided by element, role and tool, never by what a name says."""

import re
from collections import Counter
from collections.abc import Iterable

from bs4 import Tag

from knowledge.documents.blocks import LeftOutKind
from knowledge.documents.readers.html.markers import left_out_kind
from knowledge.documents.readers.html.maths import UNSEEN
from knowledge.documents.readers.html.panels import Panels
from knowledge.documents.readers.html.tree import (
    BLOCKS,
    HEADINGS,
    NO_WORDS,
    Page,
    holds,
    is_heading,
    is_inside,
    role,
    share_of_links,
    words_of,
)
from knowledge.documents.readers.plain import normal
from knowledge.documents.readers.pointers import has_facts

_BY_ELEMENT: dict[str, LeftOutKind] = {
    "script": "script", "style": "script", "template": "script", "noscript": "script",
    "svg": "picture", "canvas": "picture", "video": "picture", "audio": "picture",
    "object": "picture", "embed": "picture", "iframe": "picture", "map": "picture",
    "nav": "menu", "dialog": "banner", "search": "form",
    "button": "form", "select": "form", "input": "form", "textarea": "form", "datalist": "form",
    "del": "struck", "s": "struck", "strike": "struck",
}  # fmt: skip
_BY_ROLE: dict[str, LeftOutKind] = {
    "navigation": "menu", "menu": "menu", "menubar": "menu", "toolbar": "menu", "tablist": "menu",
    "dialog": "banner", "alertdialog": "banner", "search": "form",
}  # fmt: skip
_AROUND: dict[str, LeftOutKind] = {
    "header": "banner", "banner": "banner", "footer": "about the page",
    "contentinfo": "about the page", "aside": "related", "complementary": "related",
}  # fmt: skip
_CONTROLS = ["input", "select", "textarea"]
_NO_CONTROLS = frozenset({"hidden", "submit", "button", "image", "reset"})
_PROSE = ["p", "li", "td", "dd", "h1", "h2", "h3"]
_FEWEST_WORDS = 40  # of prose; a form with fewer asks for something and says nothing
_LINKS = 0.5  # of the words: a footer or a sidebar with more links is a menu
_COMMENT_TYPE = re.compile(r"schema\.org/(?:User)?Comments?$", re.IGNORECASE)


class Furniture:
    """Says of each part of a page whether it is left out, and as what."""

    def __init__(
        self, page: Page, panels: Panels, title: Tag | None, menus: Iterable[Tag] = ()
    ) -> None:
        """Look the page over.

        :param title: the heading that is the page's title, which always stays.
        :param menus: lists of links that stand around the guidance.
        """
        self._menus = {id(tag) for tag in menus}
        self._page, self.panels, self._title = page, panels, title
        self._kinds: dict[int, LeftOutKind | None] = {}
        self._repeated = _repeated_links(page)

    def kind(self, tag: Tag) -> LeftOutKind | None:
        """Give the kind of a part that is left out; None for one that stays."""
        if id(tag) not in self._kinds:
            self._kinds[id(tag)] = self._find_kind(tag)
        return self._kinds[id(tag)]

    def words(self, tag: Tag) -> str:
        """Give what to show of a part that is left out; a script shows nothing.

        Of a drawing the words that are drawn are shown, for a visitor saw them.
        """
        if tag.name == "svg":
            return normal(" ".join(text.get_text(" ") for text in tag.find_all("text")))
        if tag.name in NO_WORDS or id(tag) in self.panels.switches:
            return ""
        if tag.name in ("iframe", "object", "embed", "video", "audio", "map"):
            return words_of(tag) or str(tag.get("title") or tag.get("aria-label") or tag.name)
        return words_of(tag)

    def _find_kind(self, tag: Tag) -> LeftOutKind | None:
        holds_title = self._title is not None and holds(tag, self._title)
        if tag.name in ("script", "style", "template", "noscript", *UNSEEN):
            return "script"
        if {id(tag)} & (self.panels.switches | self.panels.menus | self._menus):
            return "menu"
        if tag.name == "button" and tag.find_parent(is_heading) is not None:
            return None  # it opens what stands under the heading
        if kind := self._struck_or_hidden(tag):
            return kind
        if tag.name in _BY_ELEMENT and not (tag.name == "map" and words_of(tag)):
            return _BY_ELEMENT[tag.name]
        if (kind := left_out_kind(tag)) and not holds_title:
            return None if kind == "hidden" and is_inside(tag, ["caption", "th"]) else kind
        if holds_title or tag is self._title:
            return None
        return _BY_ROLE.get(role(tag)) or self._by_place(tag)

    def _struck_or_hidden(self, tag: Tag) -> LeftOutKind | None:
        if self._page.styles.has(tag, "struck"):
            return "struck"
        if tag in self.panels or str(tag.get("hidden")) == "until-found":
            return None
        if tag.has_attr("hidden") or self._page.styles.has(tag, "hidden"):
            return "hidden"
        if str(tag.get("aria-hidden")).lower() == "true" and not _is_shown_form(tag):
            return "hidden"
        return None

    def _by_place(self, tag: Tag) -> LeftOutKind | None:
        if id(tag) in self._repeated:
            return "repeated"
        if tag.name in ("p", "div") and _leads_back(tag):
            return "menu"
        if tag.name == "form" or role(tag) == "form":
            return "form" if _asks_only(tag) else None
        if tag.name == "label":
            return "form" if _labels_a_control(tag) else None
        if _COMMENT_TYPE.search(str(tag.get("itemtype") or "")):
            return "comments"
        kind = _AROUND.get(role(tag)) or _AROUND.get(tag.name)
        if kind is None:
            return None
        in_text = is_inside(tag, ["main", "article", "section", "blockquote", "figure"]) or (
            tag.find_parent(attrs={"role": "main"}) is not None
        )
        if tag.name == "header" and in_text:
            return None
        if kind == "about the page" and in_text and is_inside(tag, ["blockquote", "figure"]):
            return None
        if in_text or (kind == "related" and not self._has_main()):
            return kind if share_of_links(tag) >= _LINKS else None
        return kind

    def _has_main(self) -> bool:
        return self._page.soup.find("main") is not None or (
            self._page.soup.find(attrs={"role": "main"}) is not None
        )


def _is_shown_form(tag: Tag) -> bool:
    """Say whether a part is hidden from screen readers only, which get other words beside it."""
    if tag.name in BLOCKS or tag.parent is None or not any(c.isalnum() for c in words_of(tag)):
        return False
    siblings = tag.parent.find_all(True, recursive=False)
    return any(left_out_kind(other) == "hidden" for other in siblings if other is not tag)


def _asks_only(form: Tag) -> bool:
    """Say whether a form asks for something, and is not wrapped around text as SharePoint's is."""
    controls = [
        control for control in form.find_all(_CONTROLS) if control.get("type") not in _NO_CONTROLS
    ]
    prose = sum(
        len(words_of(each).split()) for each in form.find_all(_PROSE) if not is_inside(each, _PROSE)
    )
    return prose < _FEWEST_WORDS and (bool(controls) or not form.find(HEADINGS)) and bool(
        controls or form.find(["button", "label"]) or form.find("input", type="submit")
    )  # fmt: skip


def _labels_a_control(label: Tag) -> bool:
    return label.has_attr("for") or label.find(_CONTROLS) is not None


def _leads_back(tag: Tag) -> bool:
    """Say whether a line is only a link to another place of the page, such as its top."""
    links = tag.find_all("a", href=True)
    return (
        bool(links)
        and all(str(link["href"]).startswith("#") for link in links)
        and tag.find(list(BLOCKS)) is None
        and tag.find(attrs={"aria-expanded": True}) is None
        and share_of_links(tag) == 1
    )


def _repeated_links(page: Page) -> set[int]:
    """Give the lines that are nothing but a link and stand on the page twice or more."""
    lines = [
        tag
        for tag in page.soup.find_all(["p", "div"])
        if not is_inside(tag, ["li", "td", "dd", "th"])
        and tag.find("a") is not None
        and tag.find(list(BLOCKS)) is None
        and share_of_links(tag) == 1
        and not has_facts(words_of(tag))
    ]
    counts = Counter(words_of(tag) for tag in lines)
    return {id(tag) for tag in lines if counts[words_of(tag)] > 1}

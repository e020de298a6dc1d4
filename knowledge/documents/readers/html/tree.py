"""Questions about a parsed page that several parts of the reader ask."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urldefrag

from bs4 import BeautifulSoup, Comment, NavigableString, Tag
from bs4.element import PageElement, PreformattedString

from knowledge.documents.blocks import Place, PlaceUnit
from knowledge.documents.readers.html.lists import google_counters
from knowledge.documents.readers.html.places import lines_of, marked_places
from knowledge.documents.readers.html.styles import Styles
from knowledge.documents.readers.plain import normal
from knowledge.errors import ReaderError

HEADINGS = re.compile(r"h[1-6]")
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol p pre search section summary table tbody td tfoot th thead tr ul".split()
)
NO_WORDS = frozenset("script style template noscript svg head title meta link".split())
_DEEPEST = 200  # tags inside one another; real pages have 60 at the most
_SHEETS = 20  # style sheets in a page; a document of Google has one or two
_HEAD = frozenset("title meta link style script base noscript template".split())
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")


class Page:
    """A parsed page, with what has to be known of it as a whole before a part can be read."""

    def __init__(self, content: str, name: str, marked: PlaceUnit | None = None) -> None:
        """Parse a page.

        :param name: the file's name, for errors.
        :param marked: what its tags count that say where they stand in another source; None for
            a page that is a source itself.
        :raises ReaderError: if the page's parts lie inside one another without end.
        """
        self.soup = BeautifulSoup(content, "lxml")
        self._places = marked_places(self.soup, marked) if marked else lines_of(self.soup, content)
        _give_body(self.soup)
        _join_bodies(self.soup)
        self.styles = Styles(self.soup)
        body = self.soup.body
        self.is_google_document = body is not None and "doc-content" in (body.get("class") or [])
        sheets = "".join(style.get_text() for style in self.soup.find_all("style")[:_SHEETS])
        self.google_counters = google_counters(sheets) if self.is_google_document else {}
        self._addresses = frozenset(_addresses(self.soup))
        self._anchors: dict[str, Tag] = {}
        self._holding: set[int] = set()
        depths: dict[int, int] = {}
        for tag in self.soup.find_all(True):
            depths[id(tag)] = depths.get(id(tag.parent), 0) + 1
            if depths[id(tag)] > _DEEPEST:
                raise ReaderError(
                    name,
                    "its parts lie inside one another too deeply to be a page of guidance: copy "
                    "the text out of your browser and add it as a text file",
                )
            for anchor in (tag.get("id"), tag.get("name") if tag.name == "a" else None):
                if anchor:
                    self._anchors.setdefault(str(anchor), tag)
            if tag.name in BLOCKS or heading_level(tag):
                for parent in tag.parents:
                    if id(parent) in self._holding:
                        break
                    self._holding.add(id(parent))

    def is_block(self, tag: Tag) -> bool:
        """Say whether a tag begins a line of its own, or something inside it does."""
        return tag.name in BLOCKS or id(tag) in self._holding or heading_level(tag) > 0

    def place(self, node: PageElement) -> Place | None:
        """Say where a part begins in the source: where its tag does, or the last before a text."""
        tag = node if isinstance(node, Tag) else node.find_previous(True)
        return self._places.get(id(tag))

    def by_id(self, name: str) -> Tag | None:
        """Give the tag with an identifier."""
        return self._anchors.get(name)

    def target(self, link: Tag) -> Tag | None:
        """Give the place on this page to which a link leads; None when it leads elsewhere."""
        address, fragment = urldefrag(str(link.get("href") or ""))
        if not fragment or (address and address not in self._addresses):
            return None
        return self._anchors.get(fragment) or self._anchors.get(unquote(fragment))


def heading_level(tag: Tag) -> int:
    """Give the level of a heading from 1, or 0 for what is no heading."""
    if HEADINGS.fullmatch(tag.name):
        return int(tag.name[1])
    if role(tag) == "heading":
        level = str(tag.get("aria-level") or "2")
        return min(max(int(level), 1), 6) if level.isdigit() else 2
    return 0


def is_heading(tag: Tag) -> bool:
    """Say whether a tag is a heading of any level."""
    return heading_level(tag) > 0


def role(tag: Tag) -> str:
    """Give the role that a tag says it has, or an empty text."""
    return str(tag.get("role") or "").strip().lower()


def words_of(tag: Tag) -> str:
    """Give every word inside a tag, whatever it is, without scripts and remarks of the source."""
    texts = [
        str(text)
        for text in tag.descendants
        if isinstance(text, NavigableString)
        and not isinstance(text, PreformattedString)
        and not any(parent.name in NO_WORDS for parent in _up_to(text, tag))
    ]
    return normal(" ".join(texts))


def is_inside(tag: PageElement, names: Iterable[str]) -> bool:
    """Say whether a tag stands inside one of these elements."""
    return tag.find_parent(list(names)) is not None


def holds(tag: PageElement, inner: PageElement) -> bool:
    """Say whether a tag stands around another one; two tags with the same words are two."""
    return any(parent is tag for parent in inner.parents)


def share_of_links(tag: Tag) -> float:
    """Give the share of a tag's words that stand in links."""
    all_words = len(words_of(tag).split())
    linked = sum(len(words_of(link).split()) for link in tag.find_all("a", href=True))
    return linked / all_words if all_words else 0.0


def _up_to(text: NavigableString, top: Tag) -> Iterable[Tag]:
    for parent in text.parents:
        yield parent
        if parent is top:
            return


def _give_body(soup: BeautifulSoup) -> None:
    """Put what the parser left in the head of a page without a body into one."""
    head = soup.head
    strays = [tag for tag in head.children if _is_stray(tag)] if head is not None else []
    if head is None or not strays:
        return
    body = soup.body
    if body is None:
        body = soup.new_tag("body")
        head.insert_after(body)
    for tag in reversed(strays):
        body.insert(0, tag.extract())


def _join_bodies(soup: BeautifulSoup) -> None:
    """Put what stands after the end of a page into its body, as browsers do.

    The parser begins the page anew there.
    """
    first = soup.find("html")
    body = soup.body
    if not isinstance(first, Tag) or body is None:
        return
    for node in list(first.next_siblings):
        body.append(node.extract())
    for again in body.find_all(["html", "body", "head"]):
        again.unwrap()


def _is_stray(node: PageElement) -> bool:
    if isinstance(node, Tag):
        return node.name not in _HEAD
    return isinstance(node, NavigableString) and not str(node).isspace()


def _addresses(soup: BeautifulSoup) -> Iterable[str]:
    """Give the page's own addresses: a saved page writes its inner links with them."""
    for link in soup.find_all("link", rel="canonical"):
        yield str(link.get("href") or "")
    for meta in soup.find_all("meta", property="og:url"):
        yield str(meta.get("content") or "")
    for remark in soup.find_all(string=lambda text: isinstance(text, Comment)):
        if found := _SAVED_FROM.search(remark):
            yield urldefrag(found[1]).url

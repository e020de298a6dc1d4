"""Saved web pages and pieces of HTML."""

import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from knowledge.documents.blocks import Block, Draft, LeftOut, left
from knowledge.documents.readers.dates import date_line, nations_line, read_date
from knowledge.documents.readers.draft import own_ids, tidy
from knowledge.documents.readers.plain import normal, slug
from knowledge.documents.readers.tables import rows_as_text

_NEVER_TEXT = (
    "script", "style", "noscript", "template", "svg", "iframe", "nav", "footer", "aside", "form",
    "button", "select", "input", "textarea", "dialog", "object", "video", "audio", "canvas", "menu",
)  # fmt: skip
_FURNITURE_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog form menu".split()
)
# Words of class names and identifiers that mark what surrounds the guidance.
_FURNITURE = frozenset(
    "cookie cookies breadcrumb breadcrumbs skip skiplink share sharing social related sidebar menu "
    "comment comments respond newsletter subscribe pagination pager feedback promo advert ads "
    "banner toc byline tags hidden visuallyhidden".split()
)
_FURNITURE_PAIRS = ("back-to-top", "print-link", "contents-list", "table-of-contents", "sr-only",
                    "site-header", "site-footer", "page-footer")  # fmt: skip
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure h1 h2 h3 h4 h5 h6 header hgroup hr html li main ol p pre section summary table "
    "ul".split()
)
_HEADINGS = re.compile(r"h[1-6]")
_PUBLISHED_META = (
    "govuk:public-updated-at", "article:modified_time", "dcterms.modified",
    "article:published_time", "govuk:first-published-at", "dcterms.issued", "dc.date.issued",
    "dc.date", "date",
)  # fmt: skip
_PUBLISHER_META = ("govuk:primary-publishing-organisation", "dcterms.publisher", "og:site_name")
_FEWEST_WORDS = 40  # an <article> with fewer is a teaser, not a document


def read_html(content: str, name: str) -> tuple[Draft, ...]:
    """Read a page; one draft for each of its articles, or one for its main part.

    :param name: the file's name without its ending, for a page without a title.
    """
    page = BeautifulSoup(content, "lxml")
    said = _said_about_itself(page)
    left_out = list(left("menu", _take_furniture_out(page)))
    main = _main_part(page)
    articles = [
        article
        for article in main.find_all("article")
        if article.find(_HEADINGS)
        and article.find_parent("article") is None
        and len(article.get_text(" ").split()) >= _FEWEST_WORDS
    ]
    parts = [main]
    if len(articles) > 1:
        parts = [main, *(article.extract() for article in articles)]
        said.pop("published", None)  # a date of the page is not the date of each article
    drafts = []
    for part in parts:
        draft = _draft(part, said, name, left_out, alone=len(parts) == 1)
        left_out = []
        if draft.blocks or len(parts) == 1:
            drafts.append(draft)
        else:
            left_out.extend(draft.left_out)
    return own_ids(drafts)


def blocks_of(fragment: str) -> Iterator[Block]:
    """Give the blocks of a piece of HTML, such as one inside a Markdown file."""
    page = BeautifulSoup(fragment, "lxml")
    list(_take_furniture_out(page))
    yield from _walk(page, 0)


def _draft(
    part: Tag | BeautifulSoup, said: dict[str, Any], name: str, left_out: list[LeftOut], alone: bool
) -> Draft:
    metadata = {key: value for key, value in said.items() if key != "page_title"}
    blocks, taken = [], []
    for block in _walk(part, 0):
        if block.kind != "item" and (dated := date_line(normal(block.text))):
            kind, date = dated
            metadata[kind] = date.isoformat()
            taken.append(normal(block.text))
        elif block.kind != "item" and (nations := nations_line(normal(block.text))):
            metadata["nations"] = nations
            taken.append(normal(block.text))
        else:
            blocks.append(block)
    kept, dropped = tidy(_from_title(blocks, taken))
    first = next((block for block in kept if block.kind == "heading"), None)
    is_title = first is not None and (first.level == 1 or not alone or not said["page_title"])
    title = first.text if first is not None and is_title else said["page_title"] if alone else ""
    metadata["title"] = title
    if url := metadata.pop("url", None):
        metadata["source"] = {"title": title or url, "url": url}
        if metadata.get("published"):
            metadata["source"]["date"] = metadata["published"]
    return Draft(
        slug(title) or slug(name),
        metadata,
        kept,
        (*left_out, *left("about the page", taken), *dropped),
    )


def _from_title(blocks: list[Block], taken: list[str]) -> list[Block]:
    """Leave out what stands above the page's own title, such as a caption or a logo."""
    tops = [i for i, block in enumerate(blocks) if block.kind == "heading" and block.level == 1]
    start = tops[0] if tops and sum(len(b.text.split()) for b in blocks[: tops[0]]) < 12 else 0
    taken.extend(normal(block.text) for block in blocks[:start])
    return blocks[start:]


def _said_about_itself(page: BeautifulSoup) -> dict[str, Any]:
    """Read what the page's head says: title, publisher, address and date."""
    meta: dict[str, str] = {}
    for tag in page.find_all("meta"):
        key = str(tag.get("name") or tag.get("property") or "").lower()
        value = normal(str(tag.get("content") or ""))
        if key and value:
            meta.setdefault(key, value)
    whole = normal(page.title.get_text()) if page.title else ""
    site = meta.get("og:site_name", "")
    title = meta.get("og:title") or re.sub(r"\s+[-|–—]\s+[^-|–—]{1,40}$", "", whole)
    said: dict[str, Any] = {"page_title": title}
    if publisher := next((meta[key] for key in _PUBLISHER_META if key in meta), site):
        said["publisher"] = publisher
    links = [str(tag.get("href") or "") for tag in page.find_all("link", rel="canonical")]
    url = links[0] if links else meta.get("og:url", "")
    if url.startswith(("https://", "http://")):
        said["url"] = url
    stamps = [meta[key] for key in _PUBLISHED_META if key in meta]
    times = page.select("main time") or page.find_all("time")
    stamps += [str(tag.get("datetime") or tag.get_text()) for tag in times]
    dates = [date for stamp in stamps if (date := read_date(stamp)) is not None]
    if dates:
        said["published"] = dates[0].isoformat()
    return said


def _take_furniture_out(page: BeautifulSoup) -> Iterator[str]:
    """Remove menus, banners, forms and the like, and give their texts."""
    for tag in page.find_all(True):
        if tag.decomposed or tag.name in ("html", "head", "body", "main") or not _is_furniture(tag):
            continue
        if tag.name not in ("script", "style", "template", "svg", "noscript"):
            text = normal(tag.get_text(" "))
            if text:
                yield text
        tag.decompose()


def _is_furniture(tag: Tag) -> bool:
    if _is_note(tag):
        return False
    if tag.name in _NEVER_TEXT:
        return True
    if tag.has_attr("hidden") or str(tag.get("aria-hidden")).lower() == "true":
        return True
    if str(tag.get("role") or "").lower() in _FURNITURE_ROLES:
        return tag.find("h1") is None
    if tag.name == "header":
        return tag.find("h1") is None and tag.find_parent(["main", "article"]) is None
    classes = tag.get("class") or []
    names = " ".join([*classes, str(tag.get("id") or "")]).lower()
    words = set(re.split(r"[^a-z]+", names))
    marked = bool(words & _FURNITURE) or any(pair in names for pair in _FURNITURE_PAIRS)
    # A heading or a paragraph may be named after its subject: id="cookies" can be guidance.
    return marked and tag.name not in ("h2", "h3", "h4", "p", "li") and tag.find("h1") is None


def _main_part(page: BeautifulSoup) -> Tag | BeautifulSoup:
    for found in (
        page.find("main"),
        page.find(attrs={"role": "main"}),
        page.find(id=re.compile(r"^(main-?)?content$|^main$", re.IGNORECASE)),
        page.body,
    ):
        if isinstance(found, Tag) and normal(found.get_text(" ")):
            return found
    return page


def _walk(node: Tag | BeautifulSoup, depth: int) -> Iterator[Block]:
    """Give the blocks inside a tag, in order.

    :param depth: how many lists are open around it.
    """
    loose: list[str] = []  # text that stands directly in this tag, with inline mark-up taken off

    def paragraphs() -> Iterator[Block]:
        for line in "".join(loose).split("\n"):
            if normal(line):
                yield Block("paragraph", 0, normal(line))
        loose.clear()

    for child in node.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or _holds_blocks(child)):
            yield from paragraphs()
            yield from _walk_block(child, depth)
        else:
            loose.append(_inline(child))
    yield from paragraphs()


def _walk_block(tag: Tag, depth: int) -> Iterator[Block]:
    if _HEADINGS.fullmatch(tag.name):
        yield Block("heading", int(tag.name[1]), normal(tag.get_text()))
    elif tag.name in ("ul", "ol"):
        start = str(tag.get("start") or "1")
        number = (int(start) if start.isdigit() else 1) if tag.name == "ol" else None
        for item in tag.find_all("li", recursive=False):
            yield from _item(item, depth + 1, number)
            number = None if number is None else number + 1
    elif tag.name == "dl":
        term = ""
        for part in tag.find_all(["dt", "dd"]):
            text = normal(part.get_text(" "))
            if part.name == "dt":
                term = text.rstrip(":")
            elif text:
                yield Block("item", depth + 1, f"{term}: {text}" if term else text)
    elif tag.name == "table":
        yield from _table(tag, depth)
    elif tag.name == "p" and _is_bold_heading(tag):
        yield Block("heading", 6, normal(tag.get_text()))
    elif _is_note(tag):
        yield Block("note", 0, normal(tag.get_text(" ")))
    elif tag.name == "summary":
        yield Block("heading", 6, normal(tag.get_text(" ")))
    elif tag.name != "hr":
        yield from _walk(tag, depth)


def _is_note(tag: Tag) -> bool:
    return tag.get("role") in ("doc-footnote", "doc-endnote")


def _item(item: Tag, depth: int, number: int | None) -> Iterator[Block]:
    """Give a list item and, after it, the items of the lists inside it."""
    own: list[str] = [] if number is None else [f"{number}."]
    inner: list[Block] = []
    for block in _walk(item, depth):
        if block.kind == "item":
            inner.append(block)
        else:
            own.append(block.text)
    if len(own) > (number is not None):
        yield Block("item", depth, " ".join(own), mark=str(item.get("data-mark") or ""))
    yield from inner


def _table(table: Tag, depth: int) -> Iterator[Block]:
    rows = [row.find_all(["th", "td"]) for row in table.find_all("tr")]
    rows = [row for row in rows if row]
    if not rows:
        return
    has_header = len(rows) > 1 and all(cell.name == "th" for cell in rows[0])
    header = [normal(cell.get_text(" ")) for cell in rows[0]] if has_header else []
    body = [[cell.get_text(" ") for cell in row] for row in rows[has_header:]]
    for text in rows_as_text(body, header):
        yield Block("item", depth + 1, text)


def _is_bold_heading(tag: Tag) -> bool:
    text = normal(tag.get_text())
    bold = normal(
        "".join(part.get_text() for part in tag.find_all(["strong", "b"], recursive=False))
    )
    return bool(text) and bold == text and len(text.split()) <= 12 and text[-1] not in ".!:;,"


def _holds_blocks(tag: Tag) -> bool:
    return tag.find(list(_BLOCKS)) is not None


def _inline(node: Any) -> str:
    if isinstance(node, PreformattedString):
        return ""  # comments, CDATA and the like
    if isinstance(node, NavigableString):
        return re.sub(r"\s+", " ", str(node))
    if node.name == "br":
        return "\n"
    return "".join(_inline(child) for child in node.children)

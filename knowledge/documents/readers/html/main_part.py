"""The main part of a page, and what stands around it."""

from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from knowledge.documents.blocks import Block, LeftOut
from knowledge.documents.readers.html.furniture import Furniture
from knowledge.documents.readers.html.parts import Part
from knowledge.documents.readers.html.tree import (
    HEADINGS,
    NO_WORDS,
    Page,
    holds,
    is_heading,
    is_inside,
    share_of_links,
    words_of,
)

_MOST = 0.5  # of the page's words: an article that holds as many is its main part
_LINKS = 0.5  # of the words; a part with more links is a menu


def find_main(page: Page) -> Tag | BeautifulSoup:
    """Give the part that the page itself names as its main one, else its only article, else all."""
    named: list[Tag] = [*page.soup.find_all("main"), *page.soup.find_all(role="main")]
    found = max(named, key=lambda tag: len(words_of(tag)), default=None)
    if found is not None and words_of(found):
        return found
    body = page.soup.body or page.soup
    articles: list[Tag] = [
        each for each in body.find_all("article") if not each.find_parent("article")
    ]
    has_most = len(articles) == 1 and len(words_of(articles[0])) >= _MOST * len(words_of(body))
    return articles[0] if has_most and articles[0].find(HEADINGS) else body


def find_title(page: Page, main: Tag | BeautifulSoup, page_title: str) -> Tag | None:
    """Give the heading that is the page's title, which may stand above its main part."""
    tops: list[Tag] = [tag for tag in main.find_all("h1") if words_of(tag)]
    if tops:
        return tops[0]
    outside: list[Tag] = [
        tag
        for tag in page.soup.find_all("h1")
        if words_of(tag) and not is_inside(tag, ["nav", "footer", "aside"])
    ]
    if len(outside) == 1 and words_of(outside[0]).casefold() in page_title.casefold():
        return outside[0]
    return None


def find_menus(main: Tag | BeautifulSoup, title: Tag | None) -> list[Tag]:
    """Give the lists of links above the title and, without any words around them, at the end."""
    lists: list[Tag] = [
        each
        for each in main.find_all(["ul", "ol"])
        if len(each.find_all("a", href=True)) > 1
        and share_of_links(each) == 1
        and not is_inside(each, ["ul", "ol", "td", "dd"])
    ]
    if not lists or main.name == "main":
        return []
    order = {id(tag): place for place, tag in enumerate(main.find_all(True))}
    first = order.get(id(title), -1)
    words = [
        order.get(id(text.parent), 0)
        for text in main.find_all(string=True)
        if any(map(str.isalnum, text)) and text.parent and not is_inside(text, ["a", *NO_WORDS])
    ]
    last = max(words, default=-1)
    return [
        each
        for each in lists
        if order[id(each)] < first or (order[id(each)] > last and not _is_led_into(each))
    ]


def _is_led_into(tag: Tag) -> bool:
    before = tag.find_previous_sibling()
    return isinstance(before, Tag) and (is_heading(before) or before.name == "p")


def outside(
    page: Page, main: Tag | BeautifulSoup, furniture: Furniture, title: Tag | None
) -> Iterator[Part]:
    """Give what stands around the main part, all of it left out but for the page's title."""
    body = page.soup.body
    if body is None or not isinstance(main, Tag) or main is body:
        return
    if title is not None and not holds(main, title):
        yield Block("heading", 1, words_of(title), place=page.place(title))
    yield from _around(page, body, main, furniture, title)


def _boxes(tag: Tag) -> list[Tag]:
    boxes: list[Tag] = tag.find_all(["div", "section", "nav", "aside", "header", "footer"])
    return boxes


def _around(
    page: Page, node: Tag, main: Tag, furniture: Furniture, title: Tag | None
) -> Iterator[LeftOut]:
    for child in node.find_all(True, recursive=False):
        if child is main or child is title or child.name in NO_WORDS:
            continue
        is_around = holds(child, main) or (title is not None and holds(child, title))
        if is_around:
            yield from _around(page, child, main, furniture, title)
        elif text := words_of(child):
            kind = furniture.kind(child)
            if kind is None and any(furniture.kind(each) for each in _boxes(child)):
                yield from _around(page, child, main, furniture, title)
                continue
            if kind is None:
                is_menu = share_of_links(child) >= _LINKS
                kind = "menu" if is_menu else "outside the main part"
            yield LeftOut(kind, text, place=page.place(child))

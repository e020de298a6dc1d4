"""Saved web pages and pieces of HTML, turned into drafts."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from bs4 import BeautifulSoup, Tag

from knowledge.documents.blocks import Block, Draft, LeftOut, PlaceUnit
from knowledge.documents.readers.dates import date_line, nations_line
from knowledge.documents.readers.draft import own_ids, tidy
from knowledge.documents.readers.html.about import said_about_itself, stated_dates
from knowledge.documents.readers.html.furniture import Furniture
from knowledge.documents.readers.html.main_part import find_main, find_menus, find_title, outside
from knowledge.documents.readers.html.notes import find_notes
from knowledge.documents.readers.html.panels import find_panels
from knowledge.documents.readers.html.parts import Part
from knowledge.documents.readers.html.repeated import without_repeats
from knowledge.documents.readers.html.tree import HEADINGS, Page, words_of
from knowledge.documents.readers.html.walk import BOLD_HEADING, Walker
from knowledge.documents.readers.plain import slug

_FEWEST_WORDS = 40  # an <article> with fewer is a teaser, not a document
_ABOVE_TITLE = 12  # words; more above the title are text, fewer a logo or a label


def read_html(content: str, name: str, marked: PlaceUnit | None = None) -> tuple[Draft, ...]:
    """Read a page; one draft for each of its articles, or one for its main part.

    :param name: the file's name without its ending, for a page without a title.
    :param marked: what the places of its tags count, if it was made from another source.
    :raises ReaderError: if the page's parts lie inside one another without end.
    """
    page = Page(content, name, marked)
    said = said_about_itself(page)
    main = find_main(page)
    title = find_title(page, main, said["page_title"])
    furniture = Furniture(page, find_panels(page), title, find_menus(main, title))
    walker = Walker(page, find_notes(page), furniture)
    parts: list[Tag | BeautifulSoup] = [main]
    articles = _articles(main)
    if len(articles) > 1:
        parts += [article.extract() for article in articles]
        said.pop("published", None)  # a date of the page is not the date of each article
    around = list(outside(page, main, furniture, title))
    drafts = []
    for part in parts:
        found = [*around, *walker.walk(part)]
        draft = _draft(found, said, name, alone=len(parts) == 1)
        around = []
        if draft.blocks or len(parts) == 1:
            drafts.append(draft)
        else:
            around = list(draft.left_out)
    return own_ids(drafts)


def blocks_of(fragment: str, name: str = "page", marked: PlaceUnit | None = None) -> Iterator[Part]:
    """Give the blocks of a piece of HTML that has nothing around it, and what is left out of it.

    :param name: the file's name, for errors.
    :param marked: what the places of its tags count, if it was made from another source.
    :raises ReaderError: if its parts lie inside one another without end.
    """
    page = Page(fragment, name, marked)
    furniture = Furniture(page, find_panels(page), None)
    yield from settled(Walker(page, find_notes(page), furniture).walk(page.soup))


def settled(parts: Iterable[Part]) -> list[Part]:
    """Settle what only shows when everything is read: repeated parts, and bold lines of text."""
    result = without_repeats(list(parts))
    following: Block | None = None
    for place in range(len(result) - 1, -1, -1):
        part = result[place]
        if not isinstance(part, Block):
            continue
        opens = following is not None and following.kind != "heading"
        if part.kind == "heading" and part.level == BOLD_HEADING and part.text and not opens:
            part = result[place] = replace(part, kind="paragraph", level=0)  # it heads nothing
        following = part
    return result


def _articles(main: Tag | BeautifulSoup) -> list[Tag]:
    return [
        article
        for article in main.find_all("article")
        if article.find(HEADINGS)
        and article.find_parent("article") is None
        and len(words_of(article).split()) >= _FEWEST_WORDS
    ]


def _draft(parts: list[Part], said: dict[str, Any], name: str, alone: bool) -> Draft:
    metadata = {key: value for key, value in said.items() if key != "page_title"}
    language = metadata.pop("language", "")
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    for part in settled(parts):
        if isinstance(part, LeftOut):
            left_out.append(part)
            if part.kind == "about the page":
                metadata.update(stated_dates(part.text))
        elif part.kind != "item" and (dated := date_line(part.text)):
            metadata[dated[0]] = dated[1].isoformat()
            left_out.append(part.left_out("about the page"))
        elif part.kind != "item" and (nations := nations_line(part.text)):
            metadata["nations"] = nations
            left_out.append(part.left_out("about the page"))
        else:
            blocks.append(part)
    above, blocks = _from_title(blocks)
    kept, dropped = tidy(blocks)
    first = next((block for block in kept if block.kind == "heading"), None)
    is_title = first is not None and (first.level == 1 or not alone or not said["page_title"])
    title = first.text if first is not None and is_title else said["page_title"] if alone else ""
    metadata["title"] = title
    if url := metadata.pop("url", None):
        metadata["source"] = {"title": title or url, "url": url}
        if metadata.get("published"):
            metadata["source"]["date"] = metadata["published"]
    about = (block.left_out("about the page") for block in above)
    outside = (*about, *left_out, *dropped)
    return Draft(slug(title) or slug(name), metadata, kept, outside, language=language)


def _from_title(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Part what stands above the page's own title, such as a label or a logo, from the rest."""
    tops = [i for i, block in enumerate(blocks) if block.kind == "heading" and block.level == 1]
    above = blocks[: tops[0]] if tops else []
    if sum(len(block.text.split()) for block in above) >= _ABOVE_TITLE:
        return [], blocks
    notices = [block for block in above if block.kind == "note"]
    return [block for block in above if block.kind != "note"], notices + blocks[len(above) :]

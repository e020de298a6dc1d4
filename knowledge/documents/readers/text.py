"""Pasted web pages and other plain text, whose structure shows only in the shape of their lines."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.documents.blocks import Block, Draft, LeftOut, LeftOutKind, Place
from knowledge.documents.readers import furniture
from knowledge.documents.readers.dates import date_line, nations_line
from knowledge.documents.readers.draft import own_ids, tidy
from knowledge.documents.readers.headings import could_be_heading, mark_headings, set_levels
from knowledge.documents.readers.lines import Line, is_prose, read_lines
from knowledge.documents.readers.page_marks import without_page_marks
from knowledge.documents.readers.plain import slug, unjoined

_LONGEST_TOP = 3  # headings above the first sentence; more are a menu
_HEADLINE = 6  # words; a shorter heading is a section's rather than an article's


@dataclass
class _Part:
    """Some lines of the page and what the page states about them."""

    lines: list[Line] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    is_closed: bool = False  # a date has ended it

    def has_text(self) -> bool:
        return any(line.kind in ("item", "row") or is_text(line) for line in self.lines)


def read_text(content: str, name: str) -> tuple[Draft, ...]:
    """Read a pasted page; one draft for each article on it.

    :param name: the file's name without its ending, for a text without a title.
    """
    drafts: list[Draft] = []
    # Ligatures first: half a broken word may have one.
    raws, pages = without_page_marks([unjoined(raw) for raw in content.split("\n")])
    lines = read_lines(raws)
    # What is left out of the page as a whole, and what stands above the first article.
    above = [LeftOut("running header", page.text, place=_at(page.number)) for page in pages]
    for dated in _up_to_each_date(list(_without_furniture(lines))):
        dated.lines = mark_headings(_without_menu(dated.lines))
        for part in _articles(dated):
            draft = _draft(part, name)
            if draft.blocks and (draft.title or not drafts):
                drafts.append(replace(draft, left_out=(*above, *draft.left_out)))
                above = []
                continue
            # Nothing quotable, or what follows an article without a heading: the site's footer.
            lost = (
                *(
                    replace(b, text=f"{b.mark} {b.text}".strip()).left_out("outside the main part")
                    for b in draft.blocks
                ),
                *draft.left_out,
            )
            if drafts:
                drafts[-1] = replace(drafts[-1], left_out=(*drafts[-1].left_out, *lost))
            else:
                above.extend(lost)
    return own_ids(drafts) if drafts else (Draft(slug(name), {}, (), tuple(above)),)


def is_text(line: Line) -> bool:
    """Say whether a line is a sentence of the page's text."""
    return line.kind == "text" and is_prose(line.text)


def _without_furniture(lines: Sequence[Line]) -> Iterator[Line]:
    """Mark what belongs to the site as dropped, and the dates the page states about itself."""
    comments = related = False
    for place, line in enumerate(lines):
        if line.kind == "text" and date_line(line.text):
            comments = related = False
            yield replace(line, kind="date")
            continue
        starts = line.kind == "text" and not comments
        comments = comments or (starts and furniture.starts_comments(line.text))
        if starts and furniture.starts_related(line.text):
            related = True
        elif related and line.kind != "break" and not _is_link(line, lines[place + 1 :]):
            related = False
        why: LeftOutKind = "comments" if comments else "related" if related else "menu"
        is_site = line.kind != "row" and furniture.is_furniture(line.text)
        gone = comments or related or is_site
        dropped = gone and line.kind != "break"
        yield replace(line, kind="dropped", why=why) if dropped else line


def _is_link(line: Line, after: Sequence[Line]) -> bool:
    """Say whether a line under "Related links" is one of the links, not the next piece of text."""
    following = next((other for other in after if other.kind != "break"), None)
    opens_text = line.gap and following is not None and is_text(following)
    return not is_prose(line.text) and not (line.kind == "text" and opens_text)


def _up_to_each_date(lines: Sequence[Line]) -> Iterator[_Part]:
    """Cut the page where a date ends an article, or where a title with its date begins one."""
    part = _Part()
    for place, line in enumerate(lines):
        stated = date_line(line.text) if line.kind == "date" else None
        if stated is not None:
            title = _title_above(part, lines[place + 1 :])
            if title is not None and not part.is_closed:
                new = _Part(part.lines[title:])
                del part.lines[title:]
                yield part
                part = new
            part.is_closed = part.is_closed or part.has_text()
            part.metadata[stated[0]] = stated[1].isoformat()
            part.lines.append(replace(line, kind="dropped", why="about the page"))
            continue
        if part.is_closed and line.kind in ("text", "item", "row"):
            yield part
            part = _Part()
        part.lines.append(line)
    yield part


def _title_above(part: _Part, after: Sequence[Line]) -> int | None:
    """Give the place of the title, when a date stands between a new title and its text."""
    following = next((line for line in after if line.kind in ("text", "item", "row")), None)
    above = [place for place, line in enumerate(part.lines) if line.kind in ("text", "item")]
    if following is None or not is_text(following) or not above or not part.has_text():
        return None
    return above[-1] if could_be_heading(part.lines[above[-1]]) else None


def _without_menu(lines: Sequence[Line]) -> list[Line]:
    """Drop the site's menu: lines of menu words, and what else stands above the title."""
    result = list(lines)
    body = next((i for i, line in enumerate(lines) if is_text(line)), len(lines))
    for place, line in enumerate(lines):
        following = next((i for i in range(place + 1, len(lines)) if lines[i].kind != "break"), -1)
        # "Join" right above a sentence is a heading.
        is_heading = following >= 0 and is_text(lines[following]) and " " not in line.text
        if line.kind in ("text", "item") and furniture.is_menu(line.text) and not is_heading:
            result[place] = replace(line, kind="dropped")
    crumbs = [i for i in range(body) if furniture.is_breadcrumb(lines[i].text)]
    above = [i for i in range(body) if result[i].kind == "text"]
    menu = [i for i in above if crumbs and i < crumbs[-1]]
    if not menu and len(above) > _LONGEST_TOP and all(could_be_heading(lines[i]) for i in above):
        menu = above[:-1]
    first_title = above[len(menu)] if len(menu) < len(above) else body
    menu += [i for i in range(first_title) if result[i].kind == "item" and body < len(lines)]
    for place in menu:
        result[place] = replace(result[place], kind="dropped")
    return result


def _articles(part: _Part) -> Iterator[_Part]:
    """Cut the lines at a new article: below "Latest news", or where prose follows campaign aims."""
    starts = []
    label_at = None
    for place, line in enumerate(part.lines):
        if line.kind in ("text", "heading") and furniture.is_news_label(line.text):
            part.lines[place] = replace(line, kind="dropped")
            label_at = place
        elif line.kind == "heading" and label_at is not None:
            starts.append(label_at)
            label_at = None
        elif line.kind == "heading" and part.is_closed and _ends_a_campaign(part.lines, place):
            starts.append(place)
    bounds = [0, *starts, len(part.lines)]
    for begin, end in itertools.pairwise(bounds):
        # The date belongs to the article it stands under, the last one.
        metadata = part.metadata if end == len(part.lines) else {}
        yield _Part(part.lines[begin:end], metadata)


def _ends_a_campaign(lines: Sequence[Line], place: int) -> bool:
    """Say whether a headline with prose follows two or more headings that hold only a list.

    Sites repeat such a campaign text, an introduction and lists of aims, above their articles.
    """
    if len(lines[place].text.split()) < _HEADLINE:
        return False
    kinds = [line.kind for line in lines[:place] if line.kind not in ("break", "dropped")]
    below = [line for line in lines[place + 1 :] if line.kind not in ("break", "dropped")]
    sections = "".join({"heading": "h", "item": "i"}.get(kind, "t") for kind in kinds).split("h")
    lists_only = len(sections) > 2 and all(set(body) == {"i"} for body in sections[-2:])
    return lists_only and len(below) > 1 and is_text(below[0]) and below[1].kind == "text"


def _draft(part: _Part, name: str) -> Draft:
    metadata: dict[str, Any] = dict(part.metadata)
    parts: list[Block | LeftOut] = []
    for line in set_levels(part.lines):
        place = _at(line.number)
        if line.kind in ("text", "heading") and (nations := nations_line(line.text)):
            metadata["nations"] = nations
            parts.append(LeftOut("about the page", line.text, place=place))
        elif line.kind == "dropped":
            parts.append(LeftOut(line.why, line.text, place=place))
        elif line.kind == "heading":
            parts.append(Block("heading", line.level, line.text, place=place))
        elif line.kind == "item":
            mark, text = line.parted()
            parts.append(Block("item", line.level, text, mark, place=place))
        elif line.kind == "row":
            parts.append(Block("row", 0, line.text, place=place))
        elif line.kind == "text":
            parts.append(Block("paragraph", 0, line.text, place=place))
    kept, left_out = tidy(parts)
    first = kept[0] if kept else None
    if first is not None and first.kind == "heading":
        metadata["title"] = first.text
    title = str(metadata.get("title", ""))
    return Draft(slug(title) or slug(name), metadata, kept, left_out)


def _at(number: int) -> Place:
    return Place("line", number)

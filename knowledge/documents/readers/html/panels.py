"""Tabs and accordions: parts of a page that a visitor opens; all of them are guidance."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Tag

from knowledge.documents.readers.html.tree import BLOCKS, Page, holds, is_heading, role, words_of
from knowledge.documents.readers.plain import normal

_TARGETS = ("aria-controls", "data-bs-target", "data-target", "href")
_SWITCHES = ("collapse", "tab", "pill")  # what Bootstrap's data-toggle may say
_PANELS = frozenset({"section", "div", "article", "p", "dd"})


@dataclass
class Panels:
    """What belongs to the tabs and accordions of a page.

    :param labels: a panel's label, by the panel's `id()`; empty when a heading before it says it.
    :param switches: what a visitor presses, by `id()`; the label of its panel says the same.
    :param menus: lists of links to places of the same page, by `id()`.
    """

    labels: dict[int, str] = field(default_factory=dict)
    switches: set[int] = field(default_factory=set)
    menus: set[int] = field(default_factory=set)

    def __contains__(self, tag: Tag) -> bool:
        return id(tag) in self.labels


def find_panels(page: Page) -> Panels:
    """Find the tabs and accordions of a page, whether their panels are shown or hidden."""
    panels = Panels()
    for switch, panel in [*_stated(page), *_by_place(page), *_by_radio_button(page)]:
        label = words_of(switch)
        if id(panel) in panels.labels or not label or not words_of(panel):
            continue
        has_heading = switch.find_parent(is_heading) is not None or is_heading(switch)
        panels.labels[id(panel)] = "" if has_heading or _says(panel, label) else label
        if not has_heading:
            panels.switches.add(id(switch))
    panels.menus.update(id(tag) for tag in page.soup.find_all(role="tablist"))
    for item in page.soup.find_all(["tabitem"]):  # Docusaurus, in Markdown
        panels.labels[id(item)] = normal(str(item.get("label") or item.get("value") or ""))
    contents = (tag for tag in page.soup.find_all(["ul", "ol"]) if _links_within(page, tag))
    panels.menus.update(map(id, contents))
    return panels


def _stated(page: Page) -> Iterator[tuple[Tag, Tag]]:
    """Give switches that name their panel, with the panel."""
    for switch in page.soup.find_all(True):
        toggles = str(switch.get("data-bs-toggle") or switch.get("data-toggle") or "")
        is_switch = (
            role(switch) == "tab" or switch.has_attr("aria-expanded") or toggles in _SWITCHES
        )
        if not is_switch or switch.find_parent(["nav", "header"]) is not None:
            continue
        names = (str(switch.get(name) or "").lstrip("#") for name in _TARGETS)
        panels: list[Tag] = [found for name in names if name and (found := page.by_id(name))]
        if role(switch) == "tab" and switch.get("id"):
            panels += page.soup.find_all(attrs={"aria-labelledby": switch["id"]})
        panel = next(iter(panels), None)
        if panel is not None and panel.name in _PANELS and not holds(panel, switch):
            yield switch, panel


def _by_place(page: Page) -> Iterator[tuple[Tag, Tag]]:
    """Give panels that follow what opens them: a hidden part after a button, parts after links."""
    for button in page.soup.find_all("button"):
        panel = button.find_next_sibling()
        if (
            isinstance(panel, Tag)
            and panel.name in _PANELS
            and (page.styles.has(panel, "hidden") or panel.has_attr("hidden"))
        ):
            yield button, panel
    for tabs in page.soup.find_all(["ul", "ol"]):
        following = {id(sibling) for sibling in tabs.find_next_siblings()}
        for link in _links_within(page, tabs):
            panel = page.target(link)
            if panel is not None and id(panel) in following and panel.name in _PANELS - {"p"}:
                yield link, panel


def _by_radio_button(page: Page) -> Iterator[tuple[Tag, Tag]]:
    """Give tabs without scripts: a label for a radio button opens the part after it.

    Sphinx puts each part right after its label; MkDocs all labels in one box and the parts, in
    the same order, in the next.
    """
    for label in page.soup.find_all("label"):
        button = page.by_id(str(label.get("for") or ""))
        if button is None or button.name != "input" or button.get("type") != "radio":
            continue
        panel = label.find_next_sibling()
        box = label.parent
        if isinstance(panel, Tag) and panel.name == "div":
            yield label, panel
        elif box is not None and isinstance(parts := box.find_next_sibling(), Tag):
            labels = box.find_all("label", recursive=False)
            children = parts.find_all(True, recursive=False)
            if len(labels) == len(children):
                yield label, children[[id(each) for each in labels].index(id(label))]


def _links_within(page: Page, tabs: Tag) -> list[Tag]:
    """Give the links of a list that holds nothing but links to places of the same page."""
    items = tabs.find_all("li")
    links = [link for item in items for link in item.find_all("a")]
    whole = bool(items) and len(links) == len(items) and words_of(tabs) == _joined(links)
    if not whole or any(page.target(link) is None for link in links):
        return []
    return links


def _joined(links: list[Tag]) -> str:
    return " ".join(filter(None, map(words_of, links)))


def _says(panel: Tag, label: str) -> bool:
    """Say whether a panel begins with its own label, as a heading or a line."""
    first = panel.find(lambda tag: tag.name in BLOCKS - {"div", "section"} and bool(words_of(tag)))
    return isinstance(first, Tag) and words_of(first).casefold() == label.casefold()

"""The marks of lists, as a reader of the page sees them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bs4 import NavigableString, Tag

from knowledge.documents.readers.html.markers import classes

_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b((?:lower|upper)-(?:alpha|latin|roman)|none|disc|circle|square)"
)
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_UNNUMBERED = frozenset({"none", "disc", "circle", "square"})
_GOOGLE_LIST = re.compile(r"lst-kix_\w+-(\d)")
_GOOGLE_COUNTER = re.compile(
    r"\.(lst-kix_\w+-\d)\s*>\s*li:before\s*\{\s*content:\s*\"([^\"]*)\"\s*counter\([\w-]+,\s*"
    r"([\w-]+)\)\s*\"([^\"]*)\""
)


@dataclass(frozen=True)
class Counter:
    """How a list writes its numbers: "(a)" has something before and after the letter."""

    before: str
    style: str
    after: str


def google_counters(sheet: str) -> dict[str, Counter]:
    """Read how Google Docs numbers its lists, by the class of the list."""
    return {
        name: Counter(before, style, after.strip())
        for name, before, style, after in _GOOGLE_COUNTER.findall(sheet)
    }


def items(tag: Tag, counters: Mapping[str, Counter]) -> Iterator[tuple[Tag | NavigableString, str]]:
    """Give what stands in a list, each item with its mark; an empty mark is a dot."""
    counter = next((counters[name] for name in classes(tag) if name in counters), None)
    children = [child for child in tag.children if isinstance(child, Tag | NavigableString)]
    count = sum(1 for child in children if isinstance(child, Tag) and child.name == "li")
    reverse = tag.has_attr("reversed")
    number = _whole(tag.get("start"), count if reverse else 1)
    style = _style(tag)
    for child in children:
        if not isinstance(child, Tag) or child.name != "li" or tag.name != "ol":
            # Our reader of Word files has worked the mark out.
            yield child, str(child.get("data-word-mark") or "") if isinstance(child, Tag) else ""
            continue
        number = _whole(child.get("value"), number)
        if counter is not None:
            yield child, f"{counter.before}{_number(number, counter.style)}{counter.after}"
        elif style in _UNNUMBERED:
            yield child, ""
        else:
            yield child, f"{_number(number, _style(child) if child.get('type') else style)}."
        number += -1 if reverse else 1


def _style(tag: Tag) -> str:
    if found := _STYLE.search(str(tag.get("style") or "")):
        return found[1]
    return _TYPES.get(str(tag.get("type") or ""), "decimal")


def _number(number: int, style: str) -> str:
    text = str(number)
    if number > 0 and style.endswith("roman"):
        text = _roman(number)
    elif number > 0 and style.endswith(("alpha", "latin")):
        text = _letters(number)
    return text.upper() if style.startswith("upper") else text


def _whole(value: object, otherwise: int) -> int:
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else otherwise


def _roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        text += letters * (number // size)
        number %= size
    return text


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def google_depth(tag: Tag) -> int:
    """Give the depth that Google Docs writes into the class of a list, from 1; 0 for others."""
    found = next(filter(None, (_GOOGLE_LIST.fullmatch(name) for name in classes(tag))), None)
    return int(found[1]) + 1 if found else 0

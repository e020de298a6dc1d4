"""Formulas: their parts stand above, below and beside each other, and a line has to say how."""

from collections.abc import Callable

from bs4 import Tag

_UP = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_DOWN = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
PARTS = frozenset({"mfrac", "msup", "msub", "msqrt"})
# The same formula again for programs, which no browser shows.
UNSEEN = frozenset({"annotation", "annotation-xml"})


def in_line(tag: Tag, text_of: Callable[[Tag], str]) -> str:
    """Write a part of a formula as it is said in a line: "1/2", "m²".

    :param text_of: gives the words of a part inside it.
    """
    parts = [text_of(part).strip() for part in tag.find_all(True, recursive=False)]
    if tag.name == "msqrt":
        return f"√{_together(''.join(parts))}"
    if len(parts) != 2:
        return " ".join(parts)  # a formula that is not well made
    first, second = parts
    if tag.name == "mfrac":
        return f"{_together(first)}/{_together(second)}"
    sign, table = ("^", _UP) if tag.name == "msup" else ("_", _DOWN)
    small = second.translate(table)
    changed = all(old != new for old, new in zip(second, small, strict=True))
    return f"{first}{small}" if second and changed else f"{first}{sign}{_together(second)}"


def _together(text: str) -> str:
    return text if text.replace(".", "").replace(",", "").isalnum() else f"({text})"

"""Raised figures: which of them can be an exponent, whatever notes a document has."""

import re

# A unit, or a letter that stands for a number.
_UNIT = re.compile(
    r"(?:^|[\d\s/(])(?:[kcmµ]?m|ft|in|yd|s|[nrxyz]|(?:kilo|centi|milli)?met(?:re|er)s?|feet|foot|"
    r"inch(?:es)?|yards?|miles?)$"
)
_POWER = re.compile(r"[×x·]\s*10$")
_LONGEST = 12  # characters of a unit, with what stands before it


def is_exponent(figure: str, before: str) -> bool:
    """Say whether a raised figure is an exponent for certain: "90 m²", "2 × 10⁶".

    :param before: the words in front of it.
    """
    end = before[-_LONGEST:]
    if _POWER.search(end):
        return True
    return figure != "1" and _UNIT.search(end) is not None  # nobody writes "90 m¹"

"""Personal data in guidance that is about to be published.

Guidance names people in public office, school years, numbers of schools and salaries; a message's
rules would stop at each. Here it counts when somebody's name stands with a way to reach them, when
an address is made of a name, and when a number belongs to one person for life.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.messages.personal_data import NAME, find_personal_data

_NHS = re.compile(r"(?<![\d-])(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?![\d-])")
_NHS_WORD = re.compile(r"\bNHS\b", re.IGNORECASE)
_FOR_LIFE = frozenset({"national_insurance", "upn", "date_of_birth", "teacher_number"})
_WAYS = frozenset({"phone", "email"})
_OWN_ADDRESS = re.compile(r"[a-z]{2,}[._-][a-z]{2,}\d*@|[a-z]\.[a-z]{2,}@", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:info|enquir|admin|office|contact|help|support|press|advice|service|team|member|hr|no.?repl"
    r"|complaint|data|privacy|school|mail)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class InGuidance:
    """Something in a line that may be somebody's own.

    :param kind: `named` for a name with a way to reach it, `email` for an address made of a name,
        `nhs_number`, or a kind of `personal_data.yml`.
    :param text: the piece itself; of a name with a way, both.
    """

    kind: str
    text: str


def find_in_guidance(text: str, nlp: Any) -> tuple[InGuidance, ...]:
    """Find what may be personal data in a passage, line by line.

    :param nlp: what `personal_data.load_nlp` gave.
    """
    return tuple(dict.fromkeys(found for line in text.split("\n") for found in _in(line, nlp)))


def _in(line: str, nlp: Any) -> Iterator[InGuidance]:
    for match in _NHS.finditer(line):
        if is_nhs_number("".join(match.groups())) and _is_of_health(line, match):
            yield InGuidance("nhs_number", match[0])
    if not any(sign.isdigit() or sign == "@" for sign in line):
        return  # a name alone is no personal data here, and finding names takes long
    found = find_personal_data(line, nlp)
    ways = [each for each in found if each.kind in _WAYS]
    names = [each for each in found if each.kind == NAME]
    for each in found:
        if each.kind in _FOR_LIFE:
            yield InGuidance(each.kind, each.text)
    for way in ways:
        if names:
            nearest = min(names, key=lambda name: abs(name.start - way.start))
            yield InGuidance("named", f"{nearest.text}, {way.text}")
        elif way.kind == "email" and _OWN_ADDRESS.match(way.text) and not _OFFICE.match(way.text):
            yield InGuidance("email", way.text)


def _is_of_health(line: str, match: re.Match[str]) -> bool:
    """Say whether ten digits are a number of the NHS, and not a telephone number."""
    return bool(_NHS_WORD.search(line)) or (match[0][3:4] in (" ", "-") and match[0][0] != "0")


def is_nhs_number(digits: str) -> bool:
    """Say whether ten digits have the check digit of an NHS number."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    check = (11 - total % 11) % 11
    return len(digits) == 10 and check != 10 and check == int(digits[9])

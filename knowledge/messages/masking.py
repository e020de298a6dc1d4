"""Questions without the personal data in them, as staff may read them later.

Much more is taken out than a member is warned of before sending: there a false alarm would stop
somebody, here it costs a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.language.rule_files import field, read_rules
from knowledge.messages.personal_data import (
    NAME,
    PersonalData,
    find_personal_data,
    is_public,
    people_in,
)

_RULES = Path(__file__).with_name("rules") / "masking.yml"
_SCHOOL, _NUMBER = "school", "number"
# Words that begin with a capital, one after the other: "St Mary's C of E Primary School".
_NAMED = re.compile(
    r"\b[A-Z][\w'’.&-]*(?: (?:[A-Z][\w'’.&-]*|of|and|the|&))* [A-Z][\w'’-]*|\b[A-Z][\w'’-]*"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST_NAME = 3  # letters: "Al" is also a beginning of many words


@dataclass(frozen=True)
class _Mask:
    """What stands in the place of one kind: for staff, and for the bot."""

    shown: str
    read: str


@dataclass(frozen=True)
class _Rules:
    """The rules of masking.yml."""

    masks: dict[str, _Mask]
    number: re.Pattern[str]
    years: re.Pattern[str]
    school_words: frozenset[str]
    no_school: frozenset[str]
    saints: re.Pattern[str]


def mask(text: str, nlp: Any) -> str:
    """Give a text with what could tell who it is about taken out: "[name]" stands there instead.

    :param nlp: what `personal_data.load_nlp` gave.
    """
    rules, read = _read(_RULES), nlp(text)

    def once(_: str) -> Any:
        return read

    found = [
        *_schools(text, once, rules),
        *find_personal_data(text, once),
        *people_in(text, once),
        *_numbers(text, rules),
    ]
    names = {word for item in found if item.kind == NAME for word in _WORD.findall(item.text)}
    found += _again(text, names)
    masked, end = [], 0
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if item.start >= end:
            masked += [text[end : item.start], rules.masks[item.kind].shown]
        end = max(end, item.end)
    return "".join([*masked, text[end:]])


def readable(masked: str) -> str:
    """Give a masked question as the bot can be asked it again."""
    for kind in _read(_RULES).masks.values():
        masked = masked.replace(kind.shown, kind.read)
    return " ".join(masked.split())


def _numbers(text: str, rules: _Rules) -> Iterator[PersonalData]:
    for match in rules.number.finditer(text):
        if not rules.years.fullmatch(match[0]) and not is_public(match[0]):
            yield PersonalData(_NUMBER, match[0], *match.span())


def _schools(text: str, nlp: Any, rules: _Rules) -> Iterator[PersonalData]:
    for match in rules.saints.finditer(text):
        yield PersonalData(_SCHOOL, match[0], *match.span())
    spans = [match.span() for match in _NAMED.finditer(text)]
    spans += [(one.start_char, one.end_char) for one in nlp(text).ents if one.label_ == "ORG"]
    for start, end in spans:
        words = [(match[0].lower(), match.start()) for match in _WORD.finditer(text, start, end)]
        # A name ends with such a word: "School Teachers' Pay" is a document's.
        if not words or words[-1][0] not in rules.school_words:
            continue
        # "Is Oakfield Academy …": what stands before the name stays.
        own = [at for word, at in words if word not in rules.school_words | rules.no_school]
        if own:
            yield PersonalData(_SCHOOL, text[own[0] : end], own[0], end)


def _again(text: str, names: set[str]) -> list[PersonalData]:
    """Find the names once more, wherever else they stand, also without a capital."""
    letters = [re.escape(name) for name in names if len(name) >= _SHORTEST_NAME]
    if not letters:
        return []
    pattern = re.compile(rf"\b(?:{'|'.join(letters)})\b", re.IGNORECASE)
    return [PersonalData(NAME, match[0], *match.span()) for match in pattern.finditer(text)]


@lru_cache(maxsize=1)
def _read(path: Path) -> _Rules:
    rules = read_rules(path)
    return _Rules(
        masks={
            kind: _Mask(field(each, path, "shown"), field(each, path, "read"))
            for kind, each in field(rules, path, "masks").items()
        },
        number=re.compile(field(rules, path, "number")),
        years=re.compile(field(rules, path, "years")),
        school_words=frozenset(field(rules, path, "school_words").split()),
        no_school=frozenset(field(rules, path, "no_school").split()),
        saints=re.compile(field(rules, path, "saints"), re.IGNORECASE),
    )

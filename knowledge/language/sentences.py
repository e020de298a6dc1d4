"""The sentences of a passage, as exact spans of its text.

Rules of our own rather than a language model: British guidance is written in short, well-marked
sentences, and a rule never cuts one at "No.", "s.10" or a phone number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

ITEM_MARKS = ("• ", "◦ ")  # a list item, and an item of a list inside a list
SENTENCE_ENDS = (".", "!", "?", "…")

_CLOSERS = "\"'”’»)]"
_END = re.compile(rf"[.!?…]+[{re.escape(_CLOSERS)}]*\s+")
_LINE = re.compile(r"[^\n]+")
_LAST_WORD = re.compile(r"(?:^|[\s(\[“‘\"'])([^\s(\[“‘\"']+)$")
_LIST_NUMBER = re.compile(r"\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.)]?")

_TITLES = frozenset("mr mrs ms miss mx dr prof rev sir st fr hon messrs".split())
_JOINING = frozenset("e.g eg i.e ie cf viz vs v approx incl c ca".split())
_BEFORE_NUMBERS = frozenset(
    "no nos s ss sec sect para paras art arts sch reg regs p pp ch cl fig vol ext tel".split()
)
_CLOCK = frozenset({"a.m", "p.m"})


@dataclass(frozen=True)
class Sentence:
    """One sentence or list item of a passage.

    :param text: verbatim, `passage_text[start:end]`; the mark of a list item is left out.
    :param lead_in: the index of the sentence that introduces this item's list, if there is one.
    """

    text: str
    start: int
    end: int
    kind: Literal["sentence", "item"]
    lead_in: int | None = None


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Split a passage into its sentences, in order; a list item is one sentence however long."""
    sentences: list[Sentence] = []
    lead_ins: dict[str, int | None] = {}
    for line in _LINE.finditer(text):
        start, end = _trim(text, line.start(), line.end())
        if start == end:
            continue
        mark = next((mark for mark in ITEM_MARKS if text.startswith(mark, start, end)), None)
        if mark is None:
            for span in _spans(text, start, end):
                sentences.append(Sentence(text[slice(*span)], *span, "sentence"))
            last = len(sentences) - 1
            lead_ins = {ITEM_MARKS[0]: last if introduces(sentences[last].text) else None}
            continue
        start, end = _trim(text, start + len(mark), end)
        lead_in = lead_ins.get(mark)
        if mark == ITEM_MARKS[0]:
            lead_ins[ITEM_MARKS[1]] = len(sentences)
        sentences.append(Sentence(text[start:end], start, end, "item", lead_in))
    return tuple(sentences)


def introduces(sentence: str) -> bool:
    """Say whether a sentence leads into what follows it: it ends with a colon or without a stop."""
    return not sentence.rstrip(_CLOSERS).endswith(SENTENCE_ENDS)


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _END.finditer(text, start, end):
        if match.end() < end and _ends_a_sentence(text, start, match):
            yield _trim(text, start, match.end())
            start = match.end()
    yield _trim(text, start, end)


def _ends_a_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Say whether the punctuation of the match ends the sentence that begins at `start`."""
    following = text[match.end()]
    if following.islower():
        return False
    if match.group().strip() != ".":
        return True
    before = text[start : match.start()]
    if _LIST_NUMBER.fullmatch(before):
        return False
    found = _LAST_WORD.search(before)
    word = found.group(1) if found else ""
    name = word.casefold()
    if name in _TITLES or name in _JOINING:
        return False
    if name in _BEFORE_NUMBERS or name in _CLOCK:
        return not following.isdigit()
    initial = len(word) == 1 and word.isalpha() and word.isupper()
    dotted = "." in word and all(len(part) == 1 for part in word.split("."))  # "U.K", not "GOV.UK"
    return not (initial or dotted)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Narrow a span so that it neither starts nor ends with white space."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end

"""Runs put together into text, and the hyphens and note marks in it settled at the end."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from knowledge.documents.readers.pdf.runs import HYPHEN, LINE_END, Run
from knowledge.documents.readers.plain import normal
from knowledge.documents.readers.raised import is_exponent

# Unicode keeps these two for a program's own use: they stand in no text.
_MARK_START, _MARK_END = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_MARK_START}([^{_MARK_END}]*){_MARK_END}")
_NOTE_START = re.compile(r"(\d{1,3}|[ivx]{1,5}|[*†‡§]{1,3})[.)]?\s+(?=\S)|\[(\d{1,3})\]\s*")
_RAISED = str.maketrans("0123456789ivx", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣ")
_LINE_END_HYPHEN = re.compile(rf"(?<=[^\W\d_])-{LINE_END}+(?=[^\W\d_])")
_BROKEN_WORD = re.compile(rf"(?<![\w/-])([^\W\d_]+){HYPHEN}\s*([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CLOSING = tuple(".,;:!?)]}’”»")
_GAP = 0.2  # of the font's size; a smaller gap within a line is no space
_SAME_LINE = 0.75  # of the font's size, so that raised marks are on the line


def text_of(runs: Iterable[Run]) -> str:
    """Give the text of runs in the order of reading, with hyphens and note marks unsettled."""
    text = ""
    before: Run | None = None
    for run in runs:
        words = note_mark(run.text.strip()) if run.raised else run.text
        if before is not None:
            on_line = abs(run.base - before.base) < _SAME_LINE * before.size
            adjacent = on_line and run.left - before.right < _GAP * before.size
            if run.raised or (on_line and (adjacent or words.startswith(_CLOSING))):
                # PDFium sees the end of a line before what is raised, or drawn later.
                text = text.rstrip(LINE_END)
            if run.raised or (words.startswith(_CLOSING) and not words[1:2].isdigit()):
                text = text.rstrip()
            elif not adjacent and not text.endswith((" ", LINE_END, HYPHEN)):
                text += " " if on_line else LINE_END
        text += words
        before = run
    return normal(_LINE_END_HYPHEN.sub(HYPHEN, text))


def note_mark(mark: str) -> str:
    """Give the mark of a note in a form that no text can be mistaken for."""
    return f"{_MARK_START}{mark.strip('[]')}{_MARK_END} "


def marks_in(text: str) -> list[str]:
    """Give the marks of notes in an unsettled text."""
    return [each for mark in _MARK.findall(text) for each in mark.split(",") if each]


def without_marks(text: str) -> str:
    """Give an unsettled text without the marks of notes."""
    return _MARK.sub("", text).strip()


def is_note_start(text: str) -> bool:
    """Say whether an unsettled text begins with a raised mark, as a note does."""
    return text.startswith(_MARK_START)


def split_note(text: str) -> tuple[str, str]:
    """Take the mark off a note's unsettled text; it is empty if there is none."""
    raised = _MARK.search(text)
    if match := None if is_note_start(text) else _NOTE_START.match(text):
        return match[1] or match[2], text[match.end() :]
    if raised:
        return raised[1], normal(f"{text[: raised.start()]} {text[raised.end() :]}")
    return "", text


def joined(text: str, following: str) -> str:
    """Join two parts of one paragraph that a page or column ended between."""
    if text.endswith("-") and text[-2:-1].isalpha() and following[:1].isalpha():
        return f"{text[:-1]}{HYPHEN}{following}"
    return text + following if text.endswith(HYPHEN) else f"{text} {following}"


class Settler:
    """Settles what only the whole document can tell about a text.

    A hyphen at the end of a line stays if the document writes the word with it elsewhere, and goes
    if the document writes the word in one elsewhere. What occurs only once is decided by what the
    document did with the others.

    :param texts: all texts of the document.
    :param notes: the marks of all notes that it has.
    """

    def __init__(self, texts: Sequence[str], notes: Collection[str]) -> None:
        self.notes = frozenset(notes)
        self.words = Counter(
            word.casefold() for text in texts for word in _WORD.findall(_BROKEN_WORD.sub(" ", text))
        )
        known = [
            self._known(match[1], match[2])
            for text in texts
            for match in _BROKEN_WORD.finditer(text)
        ]
        self.breaks_words = known.count("") > known.count("-")

    def settle(self, text: str) -> str:
        """Give the text with its hyphens settled and without the marks of notes.

        What is raised and no mark of a note stays raised: "m²" is never read as "m2".
        """
        mended = _BROKEN_WORD.sub(self._mended, text).replace(HYPHEN, "-")
        return normal(_without_space_before_closing(_MARK.sub(self._mark, mended)))

    def _mark(self, match: re.Match[str]) -> str:
        marks = [mark for mark in match[1].split(",") if mark]
        is_note = set(marks) <= self.notes
        if is_note and not is_exponent(match[1], match.string[: match.start()]):
            return ""
        return match[1].translate(_RAISED)

    def _mended(self, match: re.Match[str]) -> str:
        known = self._known(match[1], match[2])
        if known is None:
            known = "" if self.breaks_words else "-"
        return f"{match[1]}{known}{match[2]}"

    def _known(self, left: str, right: str) -> str | None:
        """Say what joins the halves of a word: a hyphen, nothing, or None if it is not known."""
        if not right[:1].islower():
            return "-"
        one, two = self.words[f"{left}{right}".casefold()], self.words[f"{left}-{right}".casefold()]
        if one or two:
            return "" if one > two else "-"
        if self.words[left.casefold()] and self.words[right.casefold()]:
            return "-"
        return None


def _without_space_before_closing(text: str) -> str:
    return re.sub(r"\s+(?=[.,;:!?)](?:\s|$))", "", text)

"""The marks that Word shows before the items of its lists, which its files do not hold."""

import re
from dataclasses import dataclass

from knowledge.documents.readers.word.names import Element, is_on, number, value, w
from knowledge.documents.readers.word.styles import Styles, left_of

_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_WITHOUT_NUMBER = ("bullet", "none")


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered.

    :param form: Word's name of the number's form, such as "lowerLetter".
    :param text: what is shown, with "%2" for the number of the second level.
    :param restart: the level from 1 after which it begins anew; 0 for never, None for any above.
    :param plain: whether the numbers of the levels above are shown as 1, 2, 3.
    :param style: the paragraph style that this level belongs to.
    """

    form: str
    text: str
    start: int
    restart: int | None
    plain: bool
    style: str | None
    indent: int | None


class Numbering:
    """Counts through the lists of one document, in the order of reading.

    :param root: the part with the lists; None when the file has none.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        lists = [] if root is None else root.findall(w("abstractNum"))
        self._lists = {each.get(w("abstractNumId"), ""): each for each in lists}
        self._uses = {
            each.get(w("numId"), ""): each
            for each in ([] if root is None else root.findall(w("num")))
        }
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def place(self, paragraph: Element) -> tuple[str, int] | None:
        """Give the list that a paragraph is an item of, and its level from 0; None without."""
        found = self._styles.numbering(paragraph)
        if found is None or found[0] not in self._uses:
            return None
        use, level = found
        style = self._styles.of(paragraph)
        levels = self._of(use)
        by_style = next((i for i, each in levels.items() if style and each.style == style), None)
        if paragraph.find(f"{w('pPr')}/{w('numPr')}/{w('ilvl')}") is None and by_style is not None:
            level = by_style
        level = min(level or 0, _LEVELS - 1)
        return (use, level) if level in levels else None

    def indent(self, use: str, level: int) -> int | None:
        """Give how far the items of a level stand from the margin, as `Styles.indent`."""
        return self._of(use)[level].indent

    def list_of(self, use: str) -> str:
        """Give what two uses of one list have in common: they count on together."""
        return self._abstract(use)

    def next_mark(self, use: str, level: int) -> str:
        """Count one item further, and give its mark as Word shows it; empty for a bullet."""
        levels = self._of(use)
        counts = self._counts.setdefault(self._abstract(use), {})
        start = self._start_anew(use, level)
        if start is not None and (use, level) not in self._begun:
            counts[level] = start
        else:
            counts[level] = counts.get(level, levels[level].start - 1) + 1
        self._begun.add((use, level))
        for deeper in [each for each in counts if each > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                del counts[deeper]
        return self._shown(levels, level, counts)

    def _shown(self, levels: dict[int, Level], level: int, counts: dict[int, int]) -> str:
        own = levels[level]
        if own.form in _WITHOUT_NUMBER:
            return ""

        def shown(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            if other not in levels:
                return ""
            form = "decimal" if own.plain else levels[other].form
            return in_form(counts.get(other, levels[other].start), form)

        return re.sub(r"%([1-9])", shown, own.text).strip()

    def _abstract(self, use: str) -> str:
        """Give the list behind a use of it, and behind the list style that it may name."""
        found = value(self._uses[use], "abstractNumId") or ""
        style = value(self._lists.get(found), "numStyleLink")
        linked = self._styles.of_list(style) if style else None
        if linked in self._uses and linked != use:
            return value(self._uses[linked], "abstractNumId") or ""
        return found

    def _of(self, use: str) -> dict[int, Level]:
        if use not in self._levels:
            levels: dict[int, Level] = {}
            shared = self._lists.get(self._abstract(use))
            own = self._uses[use].findall(f"{w('lvlOverride')}/{w('lvl')}")
            for level in [*([] if shared is None else shared.findall(w("lvl"))), *own]:
                levels[number(level.get(w("ilvl"))) or 0] = _level(level)
            self._levels[use] = levels
        return self._levels[use]

    def _start_anew(self, use: str, level: int) -> int | None:
        for override in self._uses[use].findall(w("lvlOverride")):
            if number(override.get(w("ilvl"))) == level:
                return number(value(override, "startOverride"))
        return None


def _level(element: Element) -> Level:
    start = number(value(element, "start"))
    return Level(
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        start=0 if start is None else start,
        restart=number(value(element, "lvlRestart")),
        plain=bool(is_on(element, "isLgl")),
        style=value(element, "pStyle"),
        indent=left_of(element),
    )


def in_form(count: int, form: str) -> str:
    """Write a number in one of Word's forms; one that we do not know as 1, 2, 3."""
    if form == "decimalZero":
        return f"{count:02}"
    if form == "ordinal":
        teens = count // 10 % 10 == 1
        return f"{count}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"
    if form in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and count > 0:
        text, rest = "", count
        for worth, sign in _ROMAN:
            text += sign * (rest // worth)
            rest %= worth
        return text if form == "lowerRoman" else text.upper()
    return str(count)

"""Runs: the pieces of text on one page, with their place, font and tag."""

import ctypes
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

HYPHEN = "\x02"  # PDFium's sign for a hyphen at the end of a line
LINE_END = "\n"
_WIDE_GAP = 1.0  # of the font's size, between two words of one run: the next cell or column begins
_TINY = 2.0  # points; nobody can read smaller text
_ONE_LINE = 0.2  # of the font's size
_RAISED = (0.15, 0.75)  # of the size of the text around it
_SMALLER = 0.88  # the same
_OUTLINED, _INVISIBLE = 2, 3  # ways of drawing text in the PDF standard; the first is for bold
_ASLANT = 0.1  # quarter turns
_NEW_LINE = 10
_SPACES = frozenset((9, 10, 11, 12, 13, 32, 0xA0))
NOTE_MARK = re.compile(r"[\d*†‡§,]{1,4}|[ivx]{1,4}|\[\d{1,3}\]")
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip
_PLAIN = str.maketrans({"\ufffe": HYPHEN, "\xad": "", **_LIGATURES})


@dataclass(slots=True)
class Run:
    """Some characters in one font that follow each other on one line.

    Places are in points from the lower left corner of the page as it is read, whichever way it is
    turned. White space at the end of the text is what PDFium saw between this run and the next.

    :param base: the height of the line that the letters stand on.
    :param tag: the number of the marked content it belongs to, -1 for none.
    :param raised: whether it is smaller and higher than what it follows, as the mark of a note is.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    tag: int
    raised: bool = False


@dataclass
class PageText:
    """All text of one page.

    :param number: from 1.
    :param hidden: text that is on the page but cannot be seen.
    :param aslant: text that runs in another direction than the rest, such as a watermark.
    """

    number: int
    left: float
    right: float
    bottom: float
    top: float
    runs: list[Run] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    aslant: list[str] = field(default_factory=list)

    @property
    def height(self) -> float:
        """The height of the page in points."""
        return self.top - self.bottom


@dataclass(slots=True)
class _Font:
    """What is the same for all characters of one text object.

    :param turn: which way it runs, in quarter turns; None for another angle.
    """

    tag: int
    size: float
    bold: bool
    turn: int | None
    invisible: bool


@dataclass(slots=True)
class _Piece:
    """A run before it is known which way the page is turned."""

    text: str
    start: tuple[float, float]
    last: tuple[float, float, float, float]  # left, right, bottom and top of its last character
    font: _Font


def read_page(page: pdfium.PdfPage, number: int) -> PageText:
    """Read the text of a page, in the order in which the file draws it."""
    text = page.get_textpage()
    try:
        pieces = list(_pieces(text))
    finally:
        text.close()
    turns = Counter[int]()
    for piece in pieces:
        if piece.font.turn is not None:
            turns[piece.font.turn] += len(piece.text)
    turn = max(turns, key=lambda each: turns[each], default=0)
    visible = any(not piece.font.invisible for piece in pieces)
    left, bottom, right, top = page.get_cropbox()
    corners = (_turned(left, bottom, turn), _turned(right, top, turn))
    (left, right), (bottom, top) = (sorted(pair) for pair in zip(*corners, strict=True))
    result = PageText(number, left, right, bottom, top)
    for piece in pieces:
        font = piece.font
        if font.turn != turn:
            result.aslant.append(piece.text.strip())
            continue
        start_x, base = _turned(*piece.start, turn)
        end_x = _box_turned(piece.last, turn)[1]
        outside = not (left <= start_x <= right and bottom <= base <= top)
        # A scan with the words that a program saw in it has nothing but invisible text.
        if (font.invisible and visible) or outside or font.size < _TINY:
            result.hidden.append(piece.text.strip())
            continue
        result.runs.append(Run(piece.text, start_x, end_x, base, font.size, font.bold, font.tag))
    _mark_raised(result.runs)
    return result


def _pieces(text: pdfium.PdfTextPage) -> Iterator[_Piece]:
    fonts: dict[int, _Font] = {}
    font: _Font | None = None
    current: int | None = None  # the text object that the last character belongs to
    characters: list[int] = []
    first = last = 0
    waiting = False  # white space has come: the next character may be far away

    def finished() -> _Piece:
        assert font is not None  # there are no characters before there is a font
        units = b"".join(code.to_bytes(2, "little") for code in characters)
        word = units.decode("utf-16-le", "replace").translate(_PLAIN)
        return _Piece(word, _origin(text, first), _box(text, last), font)

    for place in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, place) & 0xFFFF
        found = raw.FPDFText_GetTextObject(text, place)
        key = ctypes.cast(found, ctypes.c_void_p).value
        if key is None or code in _SPACES:
            # What PDFium makes up for a gap or the end of a line belongs to what comes before it.
            if characters and code:
                characters.append(_NEW_LINE if code in (10, 13) else 32)
            waiting = True
            continue
        if key not in fonts:
            fonts[key] = _font(text, place, found)
        if characters and (
            fonts[key] != font
            or characters[-1] == _NEW_LINE
            or ((waiting or key != current) and _is_far(text, last, place, fonts[key]))
        ):
            yield finished()
            characters = []
        if not characters:
            font, first = fonts[key], place
        current = key
        if code:
            characters.append(code)
        last, waiting = place, False
    if characters:
        yield finished()


def _font(text: pdfium.PdfTextPage, place: int, found: Any) -> _Font:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, place, matrix)
    scale = math.hypot(matrix.c, matrix.d)
    quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    name = ctypes.create_string_buffer(256)
    raw.FPDFText_GetFontInfo(text, place, name, len(name), ctypes.c_int())
    mode = raw.FPDFTextObj_GetTextRenderMode(found)
    return _Font(
        tag=raw.FPDFPageObj_GetMarkedContentID(found),
        size=raw.FPDFText_GetFontSize(text, place) * scale,
        bold=mode == _OUTLINED
        or _BOLD.search(name.value.decode("latin-1")) is not None
        or raw.FPDFText_GetFontWeight(text, place) >= _BOLD_WEIGHT,
        turn=round(quarters) % 4 if abs(quarters - round(quarters)) < _ASLANT else None,
        invisible=mode == _INVISIBLE,
    )


def _origin(text: pdfium.PdfTextPage, place: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, place, x, y)
    return x.value, y.value


def _box(text: pdfium.PdfTextPage, place: int) -> tuple[float, float, float, float]:
    box = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(text, place, *box)
    left, right, bottom, top = (side.value for side in box)
    return left, right, bottom, top


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """Turn a point back by so many quarter turns."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def _box_turned(
    box: tuple[float, float, float, float], turn: int
) -> tuple[float, float, float, float]:
    left, right, bottom, top = box
    corners = (_turned(left, bottom, turn), _turned(right, top, turn))
    (left, right), (bottom, top) = (sorted(pair) for pair in zip(*corners, strict=True))
    return left, right, bottom, top


def _is_far(text: pdfium.PdfTextPage, last: int, place: int, font: _Font) -> bool:
    """Say whether a character begins a new line, cell or column rather than the next word."""
    turn = font.turn or 0
    before, after = (_box_turned(_box(text, each), turn) for each in (last, place))
    line_before, line_after = (_turned(*_origin(text, each), turn)[1] for each in (last, place))
    if abs(line_before - line_after) > _ONE_LINE * font.size:
        return True
    return not -font.size < after[0] - before[1] < _WIDE_GAP * font.size


def _mark_raised(runs: list[Run]) -> None:
    """Find the marks of notes: after a word, and before the note itself."""
    for before, run in itertools.pairwise(runs):
        if before.raised and NOTE_MARK.fullmatch(run.text.strip()):
            gap = run.left - before.right
            run.raised = abs(run.base - before.base) < 1 and 0 <= gap < run.size
        elif _is_raised(run, before):
            run.raised = True
        elif not before.raised and _is_raised(before, run):
            before.raised = True


def _is_raised(run: Run, beside: Run) -> bool:
    gap = run.left - beside.right if run.left > beside.left else beside.left - run.right
    return (
        run.size < _SMALLER * beside.size
        and _RAISED[0] < (run.base - beside.base) / beside.size < _RAISED[1]
        and -1 < gap < beside.size
        and NOTE_MARK.fullmatch(run.text.strip()) is not None
    )

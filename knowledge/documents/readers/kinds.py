"""What kind of file it is, by its ending, its first bytes, and what is inside."""

import re
from pathlib import PurePath

from knowledge.documents.readers.archive import member_names
from knowledge.documents.readers.plain import is_text
from knowledge.errors import ReaderError

PDF, WORD, HTML, TEXT = "a PDF file", "a Word file", "a web page", "a text file"
_UNKNOWN = "nothing that we know"
# What the endings that we read promise.
KINDS = {
    ".md": TEXT,
    ".markdown": TEXT,
    ".html": HTML,
    ".htm": HTML,
    ".txt": TEXT,
    ".pdf": PDF,
    ".docx": WORD,
}
_ENDING_OF = {PDF: ".pdf", WORD: ".docx", HTML: ".html", TEXT: ".txt"}

# What word processors write besides, and how to make of it what we read.
OTHER_TEXTS = (".doc", ".docm", ".dot", ".dotm", ".dotx", ".odt", ".ott", ".rtf", ".pages")
SAVE_AS_WORD = (
    "please open it in Word, choose File > Save As and the kind 'Word Document (*.docx)', and add "
    "that file"
)

_START = 1024  # bytes in which a file shows what it is
_STARTS = (
    (b"%PDF-", PDF),
    (b"{\\rtf", "a rich text file (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"Rar!", "an archive of several files"),
    (b"7z\xbc\xaf", "an archive of several files"),
    (b"\x1f\x8b", "an archive of several files"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ZIPPED = (
    ("word/document.xml", WORD),
    ("xl/workbook.xml", "an Excel file"),
    ("ppt/presentation.xml", "a PowerPoint file"),
    ("content.xml", "a LibreOffice file"),
)
_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_ARCHIVED_PAGE = re.compile(
    rb"(?:from|mime-version|subject|snapshot-content-location):[^\n]*\n", re.I
)


def check_kind(data: bytes, name: str) -> str:
    """Give the kind of a file whose content is what its ending promises.

    :param name: of the file, with its ending.
    :raises ReaderError: if it is of another kind than its ending says, or of none that we read.
    """
    ending = PurePath(name).suffix.lower()
    promised = KINDS.get(ending)
    if ending in OTHER_TEXTS:
        raise ReaderError(name, f"ends in {ending}, which we do not read: {SAVE_AS_WORD}")
    if promised is None:
        raise ReaderError(
            name,
            f"we read files that end in {', '.join(KINDS)}: please save it as one of these",
        )
    found = _kind(data, name)
    if not data and promised in (PDF, WORD):
        raise ReaderError(name, "is empty: please download or save it again and add the copy")
    if found == promised or (promised == HTML and found == TEXT):
        return promised  # a page need not begin as pages do
    if found in _ENDING_OF:
        raise ReaderError(
            name,
            f"ends in {ending}, but is {found}: please rename it so that it ends in "
            f"{_ENDING_OF[found]}",
        )
    if found == _UNKNOWN:
        raise ReaderError(
            name,
            f"is not {promised}, though it ends in {ending}, nor any other that we read: it may be "
            "damaged; please download or save it again and add the copy",
        )
    if promised == WORD:
        raise ReaderError(
            name, f"ends in {ending}, but is {found}, which we do not read: {SAVE_AS_WORD}"
        )
    raise ReaderError(
        name, f"ends in {ending}, but is {found}, which we do not read: please save it as a PDF, "
        "Word, HTML or text file"
    )  # fmt: skip


def _kind(data: bytes, name: str) -> str:
    start = data[:_START]
    for first, kind in _STARTS:
        if start.startswith(first):
            return kind
    if start.startswith(_OLD_OFFICE):
        if _LOCKED in data:
            raise ReaderError(name, "has a password: please save a copy without one and add that")
        return "an old Word, Excel or PowerPoint file"
    if start.startswith(b"PK"):
        inside = member_names(data, name)
        return next((kind for member, kind in _ZIPPED if member in inside), "a zip file")
    if b"%PDF-" in start:
        return PDF  # some programs put a line of their own before it
    if _ARCHIVED_PAGE.match(start) and b"multipart/related" in data[: 8 * _START]:
        return "a web page with its pictures in one file (.mht)"
    if _WEB_PAGE.match(start.removeprefix(b"\xef\xbb\xbf")):
        return HTML
    return TEXT if is_text(data) else _UNKNOWN

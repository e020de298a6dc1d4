"""Plain pieces of text: white space made normal, identifiers, encodings."""

import re
import unicodedata
from typing import NamedTuple

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 1024  # bytes
_UNSHOWN = 0.05  # of them; a hyphen copied out of a PDF file is one, of random bytes a tenth are
_LONGEST_ID = 80  # characters; cut between words
# Letters that a printer joined, such as "ﬁ". Nothing else is folded: "½" and "²" are numbers.
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_LIGATURES_APART = str.maketrans(_LIGATURES)
_UNSEEN = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", "") | _LIGATURES)


class SourceLine(NamedTuple):
    """A line of a source, or several that were joined, with the number of the first, from 1."""

    text: str
    number: int


def normal(text: str) -> str:
    """Give the text with every run of white space as one space and without unseen characters.

    Letters joined into one, as printers do, are parted again.
    """
    return " ".join(text.translate(_UNSEEN).split())


def unjoined(text: str) -> str:
    """Part letters that a printer joined into one, and leave all else as it is."""
    return text.translate(_LIGATURES_APART)


def slug(text: str) -> str:
    """Turn a title into an identifier of a-z, 0-9 and hyphens; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    if len(name) <= _LONGEST_ID:
        return name
    return name[: _LONGEST_ID + 1].rpartition("-")[0] or name[:_LONGEST_ID]


def is_text(content: bytes) -> bool:
    """Say whether bytes are text: they have no zeros, and hardly a sign that cannot be shown."""
    if content.startswith(_UTF_16):
        return True
    start = content[:_LOOKED_AT]
    unshown = sum(byte < 32 and byte not in b"\t\n\v\f\r" for byte in start)
    return b"\0" not in content and unshown <= _UNSHOWN * len(start)


def decode(content: bytes) -> str:
    """Read text as Windows, Mac or Linux wrote it; its lines end as Linux's do."""
    return _decoded(content).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")

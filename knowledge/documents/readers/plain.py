"""Plain pieces of text: white space made normal, identifiers, encodings."""

import re
import unicodedata

_LONGEST_ID = 80  # characters; cut between words
# Letters that a printer joined, such as "ﬁ". Nothing else is folded: "½" and "²" are numbers.
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_LIGATURES_APART = str.maketrans(_LIGATURES)
_UNSEEN = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", "") | _LIGATURES)


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


def decode(content: bytes) -> str | None:
    """Read text as Windows, Mac or Linux wrote it; None when it is not text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")

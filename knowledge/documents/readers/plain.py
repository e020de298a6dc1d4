"""Plain pieces of text: white space made normal, identifiers, encodings."""

import re
import unicodedata

_LONGEST_ID = 80  # characters; cut between words
_UNSEEN = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad")


def normal(text: str) -> str:
    """Give the text with every run of white space as one space and without unseen characters."""
    return " ".join(text.translate(_UNSEEN).split())


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

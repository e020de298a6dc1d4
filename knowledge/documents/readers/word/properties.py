"""What a Word file says about itself: title, company, language, when it was saved."""

import datetime as dt
import re
from dataclasses import dataclass

from lxml import etree

from knowledge.documents.readers.dates import read_date
from knowledge.documents.readers.plain import normal
from knowledge.documents.readers.word.names import w
from knowledge.documents.readers.word.package import Package

_FILE_NAME = re.compile(r"microsoft word\b.*|.*\.(?:docx?|dotx?|rtf|pdf)|word document", re.I)


@dataclass(frozen=True)
class Properties:
    """What the file's properties state; empty texts and None where they do not.

    :param language: as Word writes it, such as "en-GB".
    """

    title: str
    author: str
    company: str
    language: str
    saved: dt.date | None


def read_properties(package: Package) -> Properties:
    """Read the properties of a Word file.

    :raises ReaderError: if they are damaged.
    """
    said = {**_texts(package, "docProps/core.xml"), **_texts(package, "docProps/app.xml")}
    title = said.get("title", "")
    styles = package.related("styles")
    default = None if styles is None else styles.find(f".//{w('rPrDefault')}//{w('lang')}")
    return Properties(
        title="" if _FILE_NAME.fullmatch(title) else title,
        author=said.get("creator", ""),
        company=said.get("Company", ""),
        language=said.get("language") or ("" if default is None else default.get(w("val"), "")),
        saved=read_date(said.get("modified") or said.get("created") or ""),
    )


def _texts(package: Package, name: str) -> dict[str, str]:
    root = package.part(name)
    return {
        etree.QName(part).localname: normal(part.text or "")
        for part in (() if root is None else root)
        if normal(part.text or "")
    }

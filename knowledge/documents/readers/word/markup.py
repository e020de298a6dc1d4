"""A simplified Word document as HTML, written by mammoth."""

import html
import io
import re
import zipfile

import mammoth
from lxml import etree

from knowledge.documents.readers.html.places import MARK as PLACE
from knowledge.documents.readers.word.drawn import PICTURE
from knowledge.documents.readers.word.names import Element, w, words
from knowledge.documents.readers.word.places import number_of
from knowledge.documents.readers.word.simplify import (
    DEEPEST,
    MARK_BEGINS,
    MARK_ENDS,
    NUMBER_BEGINS,
    NUMBER_ENDS,
    begin,
)
from knowledge.errors import ReaderError

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/></Types>'
)
_RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{}" Target="{}"/></Relationships>'
)
_NOTE = "aside[role='doc-footnote']:fresh > p:fresh"
_NUMBER = re.compile(rf"(<[a-z]\w*(?:\s[^<>]*)?)>{NUMBER_BEGINS}(\d+){NUMBER_ENDS}")
_MARK = re.compile(rf"<li((?:\s[^<>]*)?)>{MARK_BEGINS}([^{MARK_ENDS}]*){MARK_ENDS}")
_CAPTION_ABOVE = re.compile(r'<p class="caption"([^>]*)>((?:(?!</p>).)*)</p><table>', re.DOTALL)
_CAPTION_BELOW = re.compile(
    r"<table>((?:(?!<table>|<caption|</table>).)*)</table>"
    r'<p class="caption"([^>]*)>((?:(?!</p>).)*)</p>', re.DOTALL,
)  # fmt: skip


def to_html(document: Element, deeper: bool, where: str) -> str:
    """Write a simplified document as the body of a page.

    A list item's mark is its `data-word-mark`; what a paragraph becomes says which one it was; a
    caption is inside its table.

    :param deeper: whether the headings are one level deeper than Word has them, below a title.
    :param where: what the file is called, for errors.
    :raises ReaderError: if its tables or lists are nested too deep.
    """
    for paragraph in document.iter(w("p")):
        if (number := number_of(paragraph)) and words(paragraph):
            begin(paragraph, f"{NUMBER_BEGINS}{number}{NUMBER_ENDS}")
    try:
        written = mammoth.convert_to_html(
            io.BytesIO(_packed(document)),
            style_map=_style_map(deeper),
            include_default_style_map=False,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        )
    except RecursionError:
        raise ReaderError(where, "has tables inside tables too deep: please simplify it") from None
    body = _NUMBER.sub(rf'\1 {PLACE}="\2">', written.value)
    body = _MARK.sub(lambda mark: f'<li{mark[1]} data-word-mark="{_quoted(mark[2])}">', body)
    body = _CAPTION_ABOVE.sub(r"<table><caption\1>\2</caption>", body)
    return _CAPTION_BELOW.sub(r"<table><caption\2>\3</caption>\1</table>", body)


def _quoted(text: str) -> str:
    return html.escape(html.unescape(text), quote=True)


def _style_map(deeper: bool) -> str:
    lines = {
        "title": "h1:fresh",
        "text": "p:fresh",
        "caption": "p.caption:fresh",
        "quote": "blockquote:fresh > p:fresh",
        "note": _NOTE,
    }
    for depth in range(1, DEEPEST + 1):
        lines[f"heading{depth}"] = f"h{min(depth + deeper, DEEPEST)}:fresh"
        lines[f"item{depth}"] = " > ".join(["ul > li"] * depth) + ":fresh"
    return "\n".join(f"p.{kind} => {path}" for kind, path in lines.items())


def _packed(document: Element) -> bytes:
    """Pack a document into the smallest file that mammoth takes: nothing of the source but text."""
    styles = etree.Element(w("styles"))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr("_rels/.rels", _RELATIONSHIPS.format("d", "officeDocument", "word/d.xml"))
        packed.writestr("word/_rels/d.xml.rels", _RELATIONSHIPS.format(PICTURE, "image", "p.png"))
        packed.writestr("word/styles.xml", etree.tostring(styles))
        packed.writestr("word/d.xml", etree.tostring(document))
    return target.getvalue()

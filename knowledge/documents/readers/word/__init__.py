"""Word files (.docx)."""

import html
from dataclasses import replace

from knowledge.documents.blocks import Draft, LeftOut, left
from knowledge.documents.readers.html import read_html
from knowledge.documents.readers.word.changes import Changes
from knowledge.documents.readers.word.drawn import choose_alternatives, write_out
from knowledge.documents.readers.word.markup import to_html
from knowledge.documents.readers.word.names import Element, w, words
from knowledge.documents.readers.word.numbering import Numbering
from knowledge.documents.readers.word.package import Package
from knowledge.documents.readers.word.places import number_paragraphs
from knowledge.documents.readers.word.properties import Properties, read_properties
from knowledge.documents.readers.word.simplify import Simplifier
from knowledge.documents.readers.word.styles import Styles
from knowledge.documents.readers.word.titles import mark_title
from knowledge.errors import ReaderError

_NOTES = (
    ("footnotes", "footnote", "footnoteReference"),
    ("endnotes", "endnote", "endnoteReference"),
)
_MACROS = ("vbaProject.bin", "activeX")


def read_word(data: bytes, name: str) -> tuple[Draft, ...]:
    """Read a Word file as one document.

    Tracked insertions are kept and counted; tracked deletions, what was moved away, hidden and
    struck text, comments, headers and footers are left out. Notes stand after the paragraph, list
    or table that they belong to. Macros and embedded objects are never opened.

    :param name: the file's name without its ending, for a document without a title.
    :raises ReaderError: if it is no Word file, an old one, locked, damaged or too large.
    """
    package = Package(data, name)
    styles = Styles(package.related("styles"))
    changes = Changes(styles)
    body = package.document.find(w("body"))
    if body is None:
        raise ReaderError(name, "is damaged: please save it again in Word")
    notes = [root for kind, _, _ in _NOTES if (root := package.related(kind)) is not None]
    for root in (body, *notes):
        choose_alternatives(root)
    number_paragraphs(body)
    for root in (body, *notes):
        changes.settle(root)
        write_out(root, changes)
    by_number = _by_number(notes)
    numbering = Numbering(package.related("numbering"), styles)
    Simplifier(styles, numbering, changes).simplify(body, by_number)
    # A note without a mark in the text: its mark was deleted or hidden.
    without_mark = [" ".join(map(words, note)) for note in by_number.values()]
    said = read_properties(package)
    deeper = mark_title(body, styles.size())
    page = _page(to_html(package.document, deeper, name), said)
    aside = (
        *left("hidden", filter(None, without_mark)),
        *_beside(package),
    )
    return tuple(
        replace(
            draft,
            left_out=(*changes.left_out, *aside, *draft.left_out),
            kept=(*changes.kept, *draft.kept),
            saved=said.saved,
        )
        for draft in read_html(page, name, marked="paragraph")
    )


def _by_number(roots: list[Element]) -> dict[tuple[str, str], list[Element]]:
    """Give the paragraphs of each note by the name of its reference and its number."""
    return {
        (reference, note.get(w("id"), "")): [p for p in note.iter(w("p")) if words(p)]
        for root in roots
        for _, name, reference in _NOTES
        for note in root.iter(w(name))
        if note.get(w("type"), "normal") == "normal"
    }


def _beside(package: Package) -> tuple[LeftOut, ...]:
    """Give what lies in parts of the file that are never shown as its text."""
    comments = [words(each) for root in package.all_related("comments") for each in root]
    running = [words(root) for kind in ("header", "footer") for root in package.all_related(kind)]
    drawn = [
        " ".join(part.text for part in root.iter("{*}t") if part.text)
        for kind in ("diagramData", "chart")
        for root in package.all_related(kind)
    ]
    macros = sorted(each for each in package.names if any(mark in each for mark in _MACROS))
    return (
        *left("comment", filter(None, comments)),
        *left("running header", dict.fromkeys(filter(None, running))),
        *left("picture", filter(None, drawn)),
        *left("macro", macros),
    )


def _page(body: str, said: Properties) -> str:
    head = f"<title>{html.escape(said.title)}</title>"
    if said.company:
        head += f'<meta name="dcterms.publisher" content="{html.escape(said.company)}">'
    language = html.escape(said.language)
    return f'<html lang="{language}"><head>{head}</head><body><main>{body}</main></body></html>'

"""PDF files: by their tags where they have them, else by the size and weight of their letters."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from knowledge.documents.blocks import Draft, LeftOut
from knowledge.documents.readers.pdf.about import metadata_of, without_dates
from knowledge.documents.readers.pdf.flow import blocks_of, join_pages
from knowledge.documents.readers.pdf.lines import lines_of
from knowledge.documents.readers.pdf.margins import take_out_margins
from knowledge.documents.readers.pdf.outline import mark_bookmarked
from knowledge.documents.readers.pdf.parts import PageParts
from knowledge.documents.readers.pdf.rules import rules_of
from knowledge.documents.readers.pdf.runs import PageText, read_page
from knowledge.documents.readers.pdf.styles import find_styles, measure, parts_of_page
from knowledge.documents.readers.pdf.tags import TaggedPage
from knowledge.documents.readers.pdf.tree import Node, read_tree
from knowledge.documents.readers.plain import normal, slug
from knowledge.errors import ReaderError

_FEWEST_TAGGED = 0.6  # of a page's letters; with fewer its tags are not worth following
_PAGES_WITHOUT_HEADING = 2  # a longer file whose tags name no heading is badly tagged
_FEWEST_WORDS = 10  # a page; a file with fewer, on the average, is pictures of pages
_MOST_PAGES = 3_000
_SCAN = (
    "is a scan: its pages are pictures without text. Ask whoever published it for the original, or "
    "have a program recognise its text (OCR), check that, and add the copy"
)
_BROKEN = "is damaged and cannot be opened: please download or save it again and add the copy"
_PROBLEMS = {
    raw.FPDF_ERR_PASSWORD: "has a password: please save a copy without one and add that",
    raw.FPDF_ERR_SECURITY: "is protected in a way that we cannot open: please save a copy without "
    "protection and add that",
}


def read_pdf(
    data: bytes, name: str, pages_done: Callable[[int, int], object] | None = None
) -> tuple[Draft, ...]:
    """Read a PDF file as one document.

    PDFium, which reads it, must not be called by two threads of a process at the same time.

    :param name: the file's name without its ending; it becomes the identifier without a title.
    :param pages_done: called with the number of pages read, and of all pages.
    :raises ReaderError: if the file is broken, has a password or no text.
    """
    with _opened(data, name) as document:
        count = len(document)
        if count > _MOST_PAGES:
            raise ReaderError(name, f"has more than {_MOST_PAGES} pages: please split it")
        texts, trees, rules = [], [], []
        for number in range(1, count + 1):
            try:
                page = document[number - 1]
            except pdfium.PdfiumError as problem:
                raise ReaderError(name, f"{_BROKEN} (page {number})") from problem
            texts.append(read_page(page, number))
            trees.append(read_tree(page))
            rules.append(rules_of(page))
            page.close()
            if pages_done is not None:
                pages_done(number, count)
        words = sum(len(run.text.split()) for text in texts for run in text.runs)
        alternatives = any(node.says_something() for tree in trees for node in tree)
        if words < _FEWEST_WORDS * count and not alternatives and _has_pictures(document):
            raise ReaderError(name, _SCAN)
        if not words and not alternatives:
            raise ReaderError(name, "has no text at all: please check that it is the right file")
        info = document.get_metadata_dict()
        language = _language(document)
        pages = _pages(document, texts, trees, rules, pages_done)
    blocks, left_out = blocks_of(join_pages(pages))
    metadata = metadata_of(info, blocks, left_out)
    blocks, about = without_dates(blocks)
    identifier = slug(metadata.get("title", "")) or slug(name)
    return (Draft(identifier, metadata, blocks, (*left_out, *about), language=language),)


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as problem:
        code = getattr(problem, "err_code", None)
        raise ReaderError(name, _PROBLEMS.get(code, _BROKEN)) from problem
    try:
        yield document
    finally:
        document.close()


def _pages(
    document: pdfium.PdfDocument,
    texts: Sequence[PageText],
    trees: Sequence[Sequence[Node]],
    rules: Sequence[Sequence[float]],
    pages_done: Callable[[int, int], object] | None,
) -> list[PageParts]:
    """Give the parts of every page, with headings."""
    margins = take_out_margins(texts)
    pages: list[PageParts] = []
    has_tags = _names_headings(trees) or len(texts) <= _PAGES_WITHOUT_HEADING
    lines = [lines_of(text.runs) for text in texts]
    type_ = measure(lines)
    by_style = []
    for number, text in enumerate(texts):
        tagged = TaggedPage(text, trees[number], pages[-1] if pages else None)
        if has_tags and tagged.share() >= _FEWEST_TAGGED:
            page = tagged.read()
        else:
            page = parts_of_page(text.number, lines[number], type_, rules[number])
            by_style.append(page)
        page.left_out += margins[number]
        page.left_out += [LeftOut("hidden", each, text.number) for each in text.hidden]
        page.left_out += [LeftOut("running header", each, text.number) for each in text.aslant]
        pages.append(page)
        if pages_done is not None:
            pages_done(len(texts), len(texts))  # whoever waits hears that it goes on
    found = find_styles(type_.size, by_style).mark(by_style)
    if by_style and not found and len(by_style) == len(pages):
        mark_bookmarked(document, pages)
    return pages


def _language(document: pdfium.PdfDocument) -> str:
    """Give the language that the file states for all of its text; empty if it states none."""
    size = raw.FPDFCatalog_GetLanguage(document, None, 0)  # in bytes, with the zero at the end
    stated = ctypes.create_string_buffer(size)
    raw.FPDFCatalog_GetLanguage(document, ctypes.cast(stated, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return normal(stated.raw.decode("utf-16-le", "replace").rstrip("\0"))


def _names_headings(trees: Sequence[Sequence[Node]]) -> bool:
    return any(node.names_heading() for tree in trees for node in tree)


def _has_pictures(document: pdfium.PdfDocument) -> bool:
    found = document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    return next(iter(found), None) is not None

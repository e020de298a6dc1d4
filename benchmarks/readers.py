"""Our readers beside trafilatura, markitdown and mammoth, on a folder of real files.

    python -m benchmarks.readers --data folder [--peer trafilatura|markitdown|mammoth]

Without `--peer` our own reader is measured. Each prints one line of JSON a file: seconds, words,
words lost, headings and rows of tables. A peer is run with the interpreter of `make
setup-benchmark`. Words lost are words of the source's main part (of a PDF: of PDFium's plain text;
of a Word file: of its paragraphs), by their number, that the reader does not give; a row repeats
the names of its columns, so words given twice are no fault here.
"""

import argparse
import json
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from lxml import etree
from markdown_it import MarkdownIt

ENDINGS = (".html", ".htm", ".md", ".pdf", ".docx")
_WORD_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_ROW = re.compile(r"^\|.*\|\s*$", re.MULTILINE)
_RULE = re.compile(r"^\|[\s:|-]+\|\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Read:
    """What a reader gave of a file.

    :param text: its words.
    :param headings: how many headings it found.
    :param rows: how many rows of tables, without their headers where the reader parts them.
    """

    text: str
    headings: int
    rows: int


@dataclass(frozen=True)
class Line:
    """A line of the report; `lost` counts words, `seconds` is the better of two runs."""

    reader: str
    file: str
    seconds: float
    words: int
    lost: int
    headings: int
    headings_in_source: int | None
    rows: int


def ours(path: Path) -> Read:
    """Read a file as `advice add` does."""
    from knowledge.documents.readers import read

    blocks = [block for draft in read(path) for block in draft.blocks]
    return Read(
        "\n".join(f"{block.mark} {block.text}" for block in blocks),
        sum(block.kind == "heading" and bool(block.text) for block in blocks),
        sum(block.kind == "row" for block in blocks),
    )


def trafilatura(path: Path) -> Read:
    """Read a page with trafilatura, which takes HTML only, for recall and with its tables."""
    import trafilatura as peer

    html = _as_html(path)
    text = peer.extract(html, output_format="markdown", include_tables=True, favor_recall=True)
    return _read_markdown(text or "")


def markitdown(path: Path) -> Read:
    """Turn a file into Markdown with markitdown; Markdown itself it gives back as it is."""
    from markitdown import MarkItDown

    return _read_markdown(MarkItDown().convert(str(path)).text_content)


def mammoth(path: Path) -> Read:
    """Turn a Word file into HTML with mammoth."""
    import mammoth as peer

    with path.open("rb") as file:
        page = BeautifulSoup(peer.convert_to_html(file).value, "lxml")
    headings = page.find_all(re.compile(r"h[1-6]"))
    return Read(page.get_text(" "), len(headings), len(page.find_all("tr")))


READERS: dict[str, Callable[[Path], Read]] = {
    "ours": ours,
    "trafilatura": trafilatura,
    "markitdown": markitdown,
    "mammoth": mammoth,
}
_TAKES = {"trafilatura": (".html", ".htm", ".md"), "mammoth": (".docx",)}


def measure(reader: str, folder: Path) -> Iterator[Line]:
    """Measure a reader on every file of a folder that it may read."""
    for path in sorted(folder.iterdir()):
        if (
            path.suffix not in _TAKES.get(reader, ENDINGS) or path.stem.isupper()
        ):  # notes about the files
            continue
        taken = []
        for _ in range(2):  # the first run also loads the reader's own data
            start = time.perf_counter()
            read = READERS[reader](path)
            taken.append(time.perf_counter() - start)
        wanted, headings = _source(path)
        given = Counter(map(str.casefold, _WORD.findall(read.text)))
        lost = sum((wanted - given).values())
        total = sum(wanted.values())
        yield Line(
            reader, path.name, round(min(taken), 2), total, lost, read.headings, headings, read.rows
        )


def _source(path: Path) -> tuple[Counter[str], int | None]:
    """Give the words of a file's main part and the number of its headings, where that is known."""
    if path.suffix in (".pdf", ".docx"):
        text = _pdf_text(path) if path.suffix == ".pdf" else _word_text(path)
        return Counter(map(str.casefold, _WORD.findall(text))), None
    page = BeautifulSoup(_as_html(path), "lxml")
    main = page.find("main") or page.body or page
    for tag in main.find_all(["script", "style", "noscript", "nav", "svg", "button"]):
        tag.decompose()
    words = Counter(map(str.casefold, _WORD.findall(main.get_text(" "))))
    return words, len(main.find_all(re.compile(r"h[1-6]")))


def _pdf_text(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def _word_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        page = etree.fromstring(archive.read("word/document.xml"))
    return " ".join(text.text or "" for text in page.iter(_WORD_TEXT))


def _as_html(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".md":
        return text
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return f"<html><body><main>{parser.render(body)}</main></body></html>"


def _read_markdown(text: str) -> Read:
    tables = len(_RULE.findall(text))
    rows = len(_ROW.findall(text)) - 2 * tables
    return Read(text, len(_HEADING.findall(text)), max(rows, 0))


def main() -> None:
    """Print a line of JSON for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder of files")
    parser.add_argument("--peer", choices=[name for name in READERS if name != "ours"])
    options = parser.parse_args()
    for line in measure(options.peer or "ours", options.data):
        print(json.dumps(asdict(line)))


if __name__ == "__main__":
    main()

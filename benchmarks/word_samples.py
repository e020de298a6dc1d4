"""Word files to measure readers on: nobody else's lay at hand, so these are ours.

    python -m benchmarks.word_samples FOLDER

`handbook.docx` is the bundled guidance as one long document: headings, paragraphs, lists inside
lists. `policy.docx` is a page of it as it looks while people still work on it: tracked changes,
comments, hidden and struck text, footnotes, a header, a table of contents, a captioned table with
merged cells and a text box.
"""

import sys
from html import escape
from pathlib import Path

from knowledge.documents.blocks import Block
from knowledge.documents.readers import read
from knowledge.settings import GUIDANCE_FOLDER
from tests.knowledge.documents.readers.word_files import (
    DECIMAL,
    LETTERS,
    item,
    lists,
    note,
    paragraph,
    refer,
    row,
    run,
    text_box,
    word_file,
)

_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.title().replace(" ", "")}">'
    f'<w:name w:val="{name}"/>{properties}</w:style>'
    for name, properties in [
        ("Title", ""),
        ("caption", ""),
        ("toc 1", ""),
        ("Quote", ""),
        *(
            (f"heading {depth}", f'<w:pPr><w:outlineLvl w:val="{depth - 1}"/></w:pPr>')
            for depth in range(1, 7)
        ),
    ]
)


def handbook() -> bytes:
    """Give the bundled guidance as one Word file."""
    body = [paragraph("Handbook for members", "Title")]
    for path in sorted(GUIDANCE_FOLDER.glob("*.md")):
        for draft in read(path):
            body += [_paragraph(block) for block in draft.blocks if block.text]
    return word_file(*body, styles=_STYLES, numbering=lists(DECIMAL, LETTERS))


def _paragraph(block: Block) -> str:
    text = escape(block.text)
    if block.kind == "heading":
        return paragraph(text, f"Heading{block.level}")
    if block.kind == "item":
        return item(text, block.level - 1)
    return paragraph(text, "Quote" if block.kind == "quote" else "")


def policy() -> bytes:
    """Give a policy on which people still work."""
    merged = (
        '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + paragraph("Head teacher") + "</w:tc>"
    )
    below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + paragraph("") + "</w:tc>"
    return word_file(
        paragraph("Leave for school leaders", "Title"),
        paragraph("Who this is for 2", "Toc1"),
        paragraph("How much leave there is 3", "Toc1"),
        paragraph("Who this is for", "Heading1"),
        paragraph(
            run("This policy is for heads, deputies ")
            + _inserted("and business leaders ")
            + _deleted("and governors ")
            + run("who work in a maintained school or an academy.")
        ),
        paragraph(run("Note to self: ask the lawyers.", "<w:vanish/>")),
        paragraph(
            run("Ask the chair of governors at least ")
            + _deleted("28")
            + _inserted("21")
            + run(" days before you go")
            + refer(2)
            + run(", in writing.")
        ),
        paragraph("How much leave there is", "Heading1"),
        paragraph("Days of leave in a year", "Caption"),
        "<w:tbl>"
        + row("Role", "Term", "Days", properties="<w:tblHeader/>")
        + row(merged, "Autumn", "5")
        + row(below, "Spring", "6")
        + row("Deputy head", "Autumn", "4")
        + "</w:tbl>",
        paragraph("How to ask", "Heading2"),
        item("Write to the chair."),
        item("Say when, and who will stand in:", 1),
        item("Keep a copy.", 1),
        item("Wait for an answer before you book."),
        paragraph(
            run("Leave is never paid out. ", "<w:strike/>") + run("Leave can be carried over.")
        ),
        paragraph(text_box("Call the advice line on 0300 555 0100.")),
        paragraph(
            '<w:commentRangeStart w:id="1"/>'
            + run("Grievances are heard within ten school days.")
            + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
        ),
        styles=_STYLES,
        numbering=lists(DECIMAL, LETTERS),
        footnotes=note(2, "School days, not calendar days."),
        comments=f'<w:comment w:id="1">{paragraph("Is it ten or five?")}</w:comment>',
        header=paragraph("DRAFT 3, not for publication"),
    )


def _inserted(text: str) -> str:
    return f'<w:ins w:id="7" w:author="A" w:date="2026-05-01T00:00:00Z">{run(text)}</w:ins>'


def _deleted(text: str) -> str:
    words = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="8" w:author="A" w:date="2026-05-01T00:00:00Z">{words}</w:del>'


def main() -> None:
    """Write the files into a folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "handbook.docx").write_bytes(handbook())
    (folder / "policy.docx").write_bytes(policy())


if __name__ == "__main__":
    main()

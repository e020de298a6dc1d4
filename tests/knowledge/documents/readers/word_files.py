"""Word files made by the tests: the XML is ours, and as small as Word would still open it."""

import io
import zipfile
from collections.abc import Mapping

from knowledge.documents.blocks import Draft
from knowledge.documents.readers.word import read_word

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = ("styles", "numbering", "footnotes", "endnotes", "comments", "header", "footer")
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Part"><w:name w:val="Part of the policy"/>
  <w:basedOn w:val="Heading1"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/>
  <w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="ListNumber"><w:name w:val="List Number"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """Give a paragraph; plain text becomes one run."""
    inner = content if content.lstrip().startswith("<") else run(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Give a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, level: int = 0, use: int = 1, indent: str = "") -> str:
    """Give an item of a list."""
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{use}"/></w:numPr>'
    return paragraph(text, properties=numbers + indent)


def level(number: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    """Give a level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{720 * (number + 1)}"/></w:pPr></w:lvl>'
    )


def lists(*levels: str, more: str = "") -> str:
    """Give one list, used as number 1, and more after it."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


def row(*cells: str, properties: str = "") -> str:
    """Give a row of a table; a cell is its text, or its whole XML."""
    inner = (c if c.startswith("<w:tc>") else f"<w:tc>{paragraph(c)}</w:tc>" for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(inner)}</w:tr>"


def word_file(
    *body: str,
    main: str = MAIN,
    members: Mapping[str, str | bytes] | None = None,
    **parts: str,
) -> bytes:
    """Pack a Word file.

    :param body: the blocks.
    :param parts: what stands in the other parts, such as `styles` and `footnotes`.
    :param members: further files inside, or other content for those that are there.
    """
    content = {"styles": STYLES, **parts}
    roots = {"header": "hdr", "footer": "ftr"}
    related = "".join(
        f'<Relationship Id="{name}" Type="{_KINDS}/{name}" Target="{name}.xml"/>'
        for name in content
        if name in _RELATED
    )
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006/{}"'
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f"<Types {space.format('content-types')}>"
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships {space.format("relationships")}><Relationship Id="r" '
        f'Type="{_KINDS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"<Relationships {space.format('relationships')}>"
        f"{related}</Relationships>",
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{''.join(body)}<w:sectPr/>"
        "</w:body></w:document>",
    }
    for name, inner in content.items():
        root = roots.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {_NAMESPACES}>{inner}</w:{root}>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in {**files, **(members or {})}.items():
            archive.writestr(name, inner)
    return packed.getvalue()


def properties(
    title: str = "", company: str = "", saved: str = "", language: str = ""
) -> dict[str, str | bytes]:
    """Give the parts in which a file says something about itself."""
    return {
        "docProps/core.xml": '<c:coreProperties xmlns:c="urn:core" xmlns:dc="urn:dc">'
        f"<dc:title>{title}</dc:title><c:modified>{saved}</c:modified>"
        f"<dc:language>{language}</dc:language></c:coreProperties>",
        "docProps/app.xml": f'<p xmlns="urn:app"><Company>{company}</Company></p>',
    }


DECIMAL = level(0, "decimal", "%1.")
LETTERS = level(1, "lowerLetter", "(%2)")


def read(*body: str, **parts: str) -> Draft:
    """Read a file made of these blocks."""
    (draft,) = read_word(word_file(*body, **parts), "file")
    return draft


def lines(draft: Draft) -> list[str]:
    """Give the blocks of a draft, each with its mark."""
    return [f"{b.mark} {b.text}".strip() for b in draft.blocks]


def left_out(draft: Draft) -> list[tuple[str, str]]:
    """Give what a draft left out."""
    return [(each.kind, each.text) for each in draft.left_out]


def note(number: int, text: str) -> str:
    """Give a footnote."""
    inner = f"<w:p><w:r><w:footnoteRef/></w:r>{run(text)}</w:p>"
    return f'<w:footnote w:id="{number}">{inner}</w:footnote>'


def refer(number: int, kind: str = "footnote") -> str:
    """Give the mark of a note."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def text_box(text: str) -> str:
    """Give a text box as Word writes it, for itself and for older programs."""
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

"""Small PDF files, with tags or without, made of words at places."""

from dataclasses import dataclass, field
from typing import Any

WIDTH, HEIGHT = 595, 842  # points; A4
LEFT, TOP, LINE = 57, 770, 14


@dataclass
class Tag:
    """An element of the tree of tags; its kids are elements and what `Page.text` gives."""

    kind: str
    kids: tuple[Any, ...] = ()
    alternative: str = ""
    spans: dict[str, int] = field(default_factory=dict)


def tag(kind: str, *kids: Any, alternative: str = "", **spans: int) -> Tag:
    return Tag(kind, kids, alternative, spans)


@dataclass
class Page:
    turned: int = 0  # degrees, as /Rotate says it
    drawn: list[str] = field(default_factory=list)
    contents: int = 0

    def text(
        self, x: float, y: float, words: str, size: float = 12, bold: bool = False,
        mode: int = 0, matrix: str = "1 0 0 1", tagged: bool = True,
    ) -> tuple["Page", int]:  # fmt: skip
        """Draw words; give what a tag can hold of them."""
        escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown = (
            f"BT /{'B' if bold else 'R'} {size} Tf {mode} Tr {matrix} {x} {y} Tm ({escaped}) Tj ET"
        )
        if not tagged:
            self.drawn.append(f"/Artifact BMC {shown} EMC")
            return self, -1
        self.drawn.append(f"/P <</MCID {self.contents}>> BDC {shown} EMC")
        self.contents += 1
        return self, self.contents - 1

    def lines(
        self, y: float, *lines: str, x: float = LEFT, size: float = 12, bold: bool = False
    ) -> list[tuple["Page", int]]:
        """Draw lines below each other."""
        distance = size * LINE / 12
        return [
            self.text(x, y - number * distance, line, size, bold)
            for number, line in enumerate(lines)
        ]

    def rule(self, y: float, left: float = LEFT, right: float = WIDTH - LEFT) -> None:
        self.drawn.append(f"{left} {y} {right - left} 0.5 re f")

    def picture(self) -> None:
        self.drawn.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q")


def make(
    *pages: Page, tags: Tag | None = None, locked: bool = False, language: str = "", **info: str
) -> bytes:
    """Give the bytes of a PDF file.

    :param locked: whether it claims to be encrypted with a password that nobody knows.
    :param language: what the file states as the language of its text.
    :param info: the title, author and so on, as the file's information has them.
    """
    objects: list[str] = []

    def add(text: str = "") -> int:
        objects.append(text)
        return len(objects)

    catalogue, tree, root = add(), add(), add()
    regular, bold = (
        add(f"<</Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding>>")
        for name in ("Helvetica", "Helvetica-Bold")
    )
    numbers = {}
    for place, page in enumerate(pages):
        drawn = "\n".join(page.drawn)
        stream = add(f"<</Length {len(drawn.encode('cp1252'))}>>\nstream\n{drawn}\nendstream")
        numbers[id(page)] = add(
            f"<</Type /Page /Parent {tree} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
            f"/Rotate {page.turned} /Contents {stream} 0 R /StructParents {place} "
            f"/Resources <</Font <</R {regular} 0 R /B {bold} 0 R>>>>>>"
        )
    kids = " ".join(f"{number} 0 R" for number in numbers.values())
    objects[tree - 1] = f"<</Type /Pages /Kids [{kids}] /Count {len(pages)}>>"
    parents: dict[int, dict[int, int]] = {id(page): {} for page in pages}

    def element(each: Tag, parent: int) -> int:
        number = add()
        inside = []
        for kid in each.kids:
            if isinstance(kid, Tag):
                inside.append(f"{element(kid, number)} 0 R")
            else:
                page, content = kid
                parents[id(page)][content] = number
                inside.append(f"<</Type /MCR /Pg {numbers[id(page)]} 0 R /MCID {content}>>")
        spans = " ".join(f"/{name} {count}" for name, count in each.spans.items())
        objects[number - 1] = (
            f"<</Type /StructElem /S /{each.kind} /P {parent} 0 R /K [{' '.join(inside)}]"
            + (f" /Alt ({each.alternative})" if each.alternative else "")
            + (f" /A <</O /Table {spans}>>" if spans else "")
            + ">>"
        )
        return number

    marked = ""
    if tags is not None:
        top = element(tags, root)
        rows = []
        for place, page in enumerate(pages):
            known = parents[id(page)]
            refs = (f"{known.get(each, top)} 0 R" for each in range(page.contents))
            rows.append(f"{place} [{' '.join(refs)}]")
        objects[root - 1] = (
            f"<</Type /StructTreeRoot /K [{top} 0 R] /ParentTree <</Nums [{' '.join(rows)}]>>>>"
        )
        marked = f"/MarkInfo <</Marked true>> /StructTreeRoot {root} 0 R"
    stated = f"/Lang ({language})" if language else ""
    objects[catalogue - 1] = f"<</Type /Catalog /Pages {tree} 0 R {stated} {marked}>>"
    said = add("<<" + " ".join(f"/{name} ({value})" for name, value in info.items()) + ">>")
    lock = add(f"<</Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}>>>")
    return _file(objects, catalogue, said, f"/Encrypt {lock} 0 R /ID [<41> <41>]" if locked else "")


def _file(objects: list[str], catalogue: int, info: int, more: str) -> bytes:
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{text or 'null'}\nendobj\n".encode("cp1252")
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    made += (
        f"trailer <</Size {len(objects) + 1} /Root {catalogue} 0 R /Info {info} 0 R {more}>>\n"
        f"startxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(made)

"""What Word draws among the text: text boxes, pictures, symbols, formulas and breaks."""

from lxml import etree
from mammoth.docx.dingbats import dingbats

from knowledge.documents.readers.plain import normal
from knowledge.documents.readers.word.changes import Changes
from knowledge.documents.readers.word.names import Element, m, mc, remove, unwrap, w

PICTURE = "picture"  # the one relationship of the simple document: no picture is ever opened
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHOWN = frozenset(("blip", "imagedata", "chart", "relIds"))  # what makes a drawing a picture
_PRIVATE = range(0xE000, 0xF900)  # where symbol fonts have their own signs
_GENERATED = "Description automatically generated"  # Word guessed what a picture shows


def choose_alternatives(root: Element) -> None:
    """Keep what today's Word shows of what is there in two forms, so that it comes once."""
    for both in list(root.iter(mc("AlternateContent"))):
        chosen = both.find(mc("Choice"))
        if chosen is None:
            chosen = both.find(mc("Fallback"))
        both[:] = [] if chosen is None else list(chosen)
        unwrap(both)


def write_out(root: Element, changes: Changes) -> None:
    """Turn drawn things into text, pictures with a description, or something left out."""
    for drawing in list(root.iter(w("drawing"), w("pict"))):
        if root in drawing.iterancestors():  # not inside another one that is gone
            _drawing(drawing, changes)
    for formula in list(root.iter(m("oMathPara"), m("oMath"))):
        _replace(formula, _formula(formula), run=True)
    for symbol in list(root.iter(w("sym"))):
        _symbol(symbol, changes)
    for part in list(root.iter(w("cr"), w("ptab"), w("noBreakHyphen"), w("br"))):
        if part.tag == w("noBreakHyphen"):
            _replace(part, "-")
        elif part.tag == w("ptab") or part.get(w("type")) in ("page", "column"):
            _replace(part, " ")
        elif part.tag == w("cr"):
            part.tag = w("br")


def _drawing(drawing: Element, changes: Changes) -> None:
    paragraph = next(drawing.iterancestors(w("p")), None)
    boxes = [b for b in drawing.iter(w("txbxContent")) if not any(b.iterancestors(b.tag))]
    after = paragraph
    for box in boxes:
        for block in list(box):
            if after is not None:
                after.addnext(block)
                after = block
    described = [
        _description(part) for part in drawing.iter() if _local(part) in ("docPr", "shape")
    ]
    text = next(filter(None, described), "")
    is_picture = any(_local(part) in _SHOWN for part in drawing.iter())
    if text and not boxes:
        drawing.addprevious(_picture(text))
    elif is_picture:
        changes.leave_out("picture", text or "a picture without a description", drawing)
    remove(drawing)


def _description(part: Element) -> str:
    text = normal(part.get("descr") or part.get("alt") or "")
    return "" if text.endswith((_GENERATED, f"{_GENERATED}.")) else text


def _local(part: Element) -> str:
    return str(etree.QName(part).localname)


def _picture(text: str) -> Element:
    """Make the smallest drawing in which mammoth sees a picture and its description."""
    drawing = etree.Element(w("drawing"))
    inline = etree.SubElement(drawing, f"{{{_WP}}}inline")
    etree.SubElement(inline, f"{{{_WP}}}docPr").set("descr", text)
    inner = inline
    for space, name in ((_A, "graphic"), (_A, "graphicData"), (_PIC, "pic"), (_PIC, "blipFill")):
        inner = etree.SubElement(inner, f"{{{space}}}{name}")
    etree.SubElement(inner, f"{{{_A}}}blip").set(f"{{{_R}}}embed", PICTURE)
    return drawing


def _formula(part: Element) -> str:
    """Write a formula on one line: fractions with a slash, powers with a caret."""
    name = _local(part)
    if name == "t":
        return part.text or ""
    inner = [_formula(child) for child in part]
    if name == "f":
        return "/".join(_in_brackets(text) for text in inner if text)
    if name in ("sSup", "sSub"):
        return ("^" if name == "sSup" else "_").join(text for text in inner if text)
    return "".join(inner)


def _in_brackets(text: str) -> str:
    return text if text.replace(".", "").isalnum() else f"({text})"


def _symbol(symbol: Element, changes: Changes) -> None:
    font, code = symbol.get(w("font"), ""), int(symbol.get(w("char"), "0"), 16)
    known = dingbats.get((font, code)) or dingbats.get((font, code & 0xFF))
    if known is not None or code not in _PRIVATE:
        _replace(symbol, chr(known or code))
    else:
        changes.leave_out("picture", f"a sign of the font {font}", symbol)
        remove(symbol)


def _replace(part: Element, text: str, run: bool = False) -> None:
    """Put text in the place of an element, in a run of its own where it stood among runs."""
    new = etree.Element(w("t"))
    new.text = text
    if run:
        inside = etree.Element(w("r"))
        inside.append(new)
        new = inside
    parent = part.getparent()
    if parent is not None:
        parent.replace(part, new)

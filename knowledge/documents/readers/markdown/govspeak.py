"""Govspeak, the Markdown of GOV.UK, and marks of kramdown: turned into Markdown or taken off."""

import re

# Lines that open and close a box; an address keeps its lines.
_BOX = re.compile(r"\$(CTA|EndCTA|EndKeyPoint|KeyPoint|[ACDEIP]|AI|!)[ \t]*")
_LINES_KEPT = ("A", "C")
_CALLOUT = re.compile(r"([\^%@])(?!\1)(\S.*?)\1?[ \t]*")
_STEP = re.compile(r"[sS](\d{1,2})\.[ \t]+(\S.*)")
_SHORT_FORM = re.compile(r"\*\[([^\]\n]{1,60})\]:[ \t]*(\S.*)")
_EXTENSION = re.compile(r"\{::?/?(?:[\w-]+)?[^{}\n]*/?\}|\{:/[\w-]*\}")
_BUTTON = re.compile(r"\{/?(?:button(?: start)?|stat-headline|inset|barchart[^{}\n]*|table)\}")
_ATTRIBUTES = re.compile(
    r"[ \t]*\{:?[ \t]*(?:[#.][\w:-]+[ \t]*|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[\w-]+)[ \t]*)+\}"
)
_CONTENTS = re.compile(r"\[(?:\[_?TOC_?\]|TOC)\][ \t]*", re.IGNORECASE)
_IMPORT = re.compile(r"(?:import|export)\s.*(?:from\s+)?['\"{].*['\"}];?[ \t]*")
_EMBED = re.compile(
    r"\[(?:Attachment|InlineAttachment|Image|Contact|embed)\b:[^\]\n]*\]\s*|!@\d+\s*"
)
_FENCE = re.compile(r" {0,3}(```+|~~~+)")


def without_govspeak(text: str) -> tuple[str, dict[str, str]]:
    """Turn the marks of govspeak and kramdown into Markdown, line by line.

    :return: the Markdown, and the short forms with what they stand for.
    """
    lines: list[str] = []
    short_forms: dict[str, str] = {}
    open_boxes: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if fence or mark:
            lines.append(line)
        elif box := _BOX.fullmatch(line):
            lines += _box(box[1], open_boxes)
        elif found := _SHORT_FORM.fullmatch(line):
            short_forms[found[1].strip()] = found[2].strip()
        elif found := _CALLOUT.fullmatch(line):
            lines += ['<div role="note">', "", _plain(found[2]), "", "</div>", ""]
        elif found := _STEP.fullmatch(line):
            lines.append(f"{found[1]}. {_plain(found[2])}")
        elif _CONTENTS.fullmatch(line) or _IMPORT.fullmatch(line) or _EMBED.fullmatch(line):
            lines.append("")
        else:
            keeps = bool(open_boxes) and open_boxes[-1] in _LINES_KEPT and bool(line.strip())
            lines.append(_plain(line) + ("  " if keeps else ""))
    return "\n".join(lines), short_forms


def _box(name: str, open_boxes: list[str]) -> list[str]:
    """Open or close a box; an address is no remark but lines of text."""
    plain = name.removeprefix("End")
    tag = "address" if plain in _LINES_KEPT else "div"
    if plain in open_boxes:
        del open_boxes[open_boxes.index(plain) :]
        return ["", f"</{tag}>", ""]
    open_boxes.append(plain)
    return ["", "<address>" if tag == "address" else '<div role="note">', ""]


def _plain(line: str) -> str:
    """Take marks off a line that say only how it looks."""
    if "{" not in line:
        return line
    return _BUTTON.sub("", _EXTENSION.sub("", _ATTRIBUTES.sub("", line)))

"""Marks in Markdown that a site's generator fills in: Jinja, Liquid, Hugo, GitBook, MkDocs macros.

What a mark would put into the page is unknown here. A mark on a line of its own goes; a pair of
marks around text goes and the text stays, under the title that the mark gives; a mark inside a
sentence leaves a hole, and a sentence with a hole cannot be quoted.
"""

import html
import re

HOLE = "\ue000"  # from the private use area: no text has it
_MARK = re.compile(r"\{\{[<%]?.*?[>%]?\}\}|\{%-?.*?-?%\}|\{#.*?#\}|<%.*?%>|<\?.*?\?>", re.DOTALL)
_LONGEST = 500  # characters of a mark; what is longer is no mark
_INSIDE = re.compile(r"^\{\{[<%]?|[>%]?\}\}$|^\{%-?|-?%\}$|^<%=?|%>$")
_NAME = re.compile(r"\s*(/?)\s*([\w-]+)\s*(.*)", re.DOTALL)
_TITLE = re.compile(
    r"\b(?:title|summary|header|heading|name|label)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
)
_QUOTED = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)')")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)", re.MULTILINE)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


def without_templates(text: str) -> tuple[str, list[str]]:
    """Take the marks of templates out of a text.

    :return: the text, with `HOLE` where a mark stood in a sentence, and the marks.
    """
    marks: list[str] = []
    pieces = []
    for piece, is_code in _by_code(text):
        pieces.append(piece if is_code else _replaced(piece, marks))
    return "".join(pieces), marks


def _replaced(text: str, marks: list[str]) -> str:
    pairs = _paired(text)

    def instead(found: re.Match[str]) -> str:
        if len(found[0]) > _LONGEST:
            return found[0]
        marks.append(" ".join(found[0].split()))
        if found.start() in pairs:
            return pairs[found.start()]
        before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        after = text[found.end() :].split("\n", 1)[0]
        alone = not _MARK.sub("", before + after).strip(" \t>*-")
        is_output = found[0].startswith(("{{", "<%=")) and not found[0].startswith(("{{<", "{{%"))
        return HOLE if is_output and not alone else ""

    return _MARK.sub(instead, text)


def _paired(text: str) -> dict[int, str]:
    """Give what stands for the marks that open and close a part, by where they begin."""
    opened: list[tuple[str, int, str]] = []
    instead: dict[int, str] = {}
    for found in _MARK.finditer(text):
        name = _NAME.match(_INSIDE.sub("", found[0]))
        if name is None:
            continue
        closes = bool(name[1]) or name[2].startswith("end")
        plain = name[2].removeprefix("end") if closes and not name[1] else name[2]
        if not closes:
            opened.append((plain, found.start(), _title(name[3])))
            continue
        place = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == plain), None)
        if place is None:
            continue
        _, start, title = opened[place]
        del opened[place:]
        is_box = not found[0].startswith("{%") or bool(title)  # "{% if %}" is no box
        summary = f"<summary>{html.escape(title)}</summary>" if title else ""
        tag = "details" if title else "div"
        instead[start] = f"\n\n<{tag}>{summary}\n\n" if is_box else "\n\n"
        instead[found.start()] = f"\n\n</{tag}>\n\n" if is_box else "\n\n"
    return instead


def _title(arguments: str) -> str:
    found = _TITLE.search(arguments) or _QUOTED.match(arguments)
    return (found[1] or found[2] or "").strip() if found else ""


def _by_code(text: str) -> list[tuple[str, bool]]:
    """Part fenced code and code in a line, in which marks are no marks, from the rest."""
    pieces: list[tuple[str, bool]] = []
    lines: list[str] = []
    fence = ""

    def finish(is_code: bool) -> None:
        piece = "".join(lines)
        if is_code:
            pieces.append((piece, True))
        else:
            end = 0
            for found in _CODE.finditer(piece):
                pieces.extend([(piece[end : found.start()], False), (found[0], True)])
                end = found.end()
            pieces.append((piece[end:], False))
        lines.clear()

    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if fence:
            lines.append(line)
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                finish(True)
                fence = ""
        elif mark:
            finish(False)
            lines.append(line)
            fence = mark[1]
        else:
            lines.append(line)
    finish(bool(fence))
    return pieces

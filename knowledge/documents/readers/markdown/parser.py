"""Markdown to HTML, with what the tools that publish Markdown add to it."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from knowledge.documents.readers.html.places import MARK

_OPENING = re.compile(r"^(\s*<[A-Za-z][\w-]*)(?=[\s>])")
_CALLOUT = re.compile(r"\{?\.?([\w-]+)\}?\s*(?:\[(.*)\]|\{.*?title=\"(.*?)\".*\}|(.*))")
_ALERT = re.compile(r"\[!([A-Za-z]+)\][+-]?[ \t]*(.*)")
_TAB = re.compile(r"(\s*)===[!+]*\s+[\"“](.+?)[\"”]\s*")


def to_html(text: str, numbers: Sequence[int]) -> str:
    """Turn Markdown into HTML.

    Read are tables, footnotes, definition lists, struck text, MkDocs's admonitions, GitHub's and
    Obsidian's alerts, and the ":::" callouts of Docusaurus, VuePress and Pandoc.

    :param numbers: of each line of the text, the number of the line of the file that it comes from.
    """
    parser = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .use(admon_plugin)
        .use(footnote_plugin)
        .use(deflist_plugin)
        .use(tasklists_plugin)
        .use(container_plugin, "callout", validate=_is_callout, render=_callout)
    )
    parser.core.ruler.before("inline", "alerts", _alerts)
    environment: dict[str, Any] = {}
    tokens = parser.parse(text, environment)
    for token in tokens:
        if token.map and token.map[0] < len(numbers):
            _mark(token, numbers[token.map[0]])
    return str(parser.renderer.render(tokens, parser.options, environment))


def _mark(token: Token, number: int) -> None:
    """Say in the tag that a token opens on which line of the file it stands."""
    if token.type == "html_block":
        token.content = _OPENING.sub(rf'\1 {MARK}="{number}"', token.content, count=1)
    elif token.nesting >= 0:
        token.attrSet(MARK, str(number))


def _is_callout(parameters: str, *_: Any) -> bool:
    return bool(_CALLOUT.fullmatch(parameters.strip()))


def _callout(
    _renderer: RendererProtocol, tokens: Sequence[Token], at: int, _options: Any, _env: Any
) -> str:
    token = tokens[at]
    if token.nesting < 0:
        return "</div>\n"
    found = _CALLOUT.fullmatch(token.info.strip())
    title = next(filter(None, found.groups()[1:]), "") if found else ""
    # A callout without a title of its own shows its kind: "Warning".
    shown = title.strip(" {}") or (found[1].replace("-", " ").capitalize() if found else "")
    return _titled(shown)


def _titled(title: str) -> str:
    return f'<div class="admonition">\n<p class="admonition-title">{escape(title)}</p>\n'


def _alerts(state: StateCore) -> None:
    """Turn quotations that begin with "[!NOTE]" into boxes with a title."""
    tokens = state.tokens
    for at in range(len(tokens) - 2):
        opening, _, inline = tokens[at : at + 3]
        found = _ALERT.match(inline.content)
        if opening.type != "blockquote_open" or inline.type != "inline" or found is None:
            continue
        inline.content = inline.content[found.end() :].lstrip("\n")
        opening.type, opening.content = "html_block", _titled(found[2] or found[1].capitalize())
        depth = 1
        for token in tokens[at + 1 :]:
            depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
            if depth == 0:
                token.type, token.content = "html_block", "</div>\n"
                break


def tabs_opened(text: str) -> str:
    """Turn MkDocs's tabs, "=== "Wales"" with indented text below, into parts with a label."""
    lines: list[str] = []
    open_at: list[int] = []  # how far each open tab is indented
    for line in text.split("\n"):
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        while open_at and line.strip() and indent < open_at[-1] + 4:
            open_at.pop()
            lines += ["", "</details>", ""]
        inside = line.expandtabs(4)[4 * len(open_at) :] if open_at else line
        if found := _TAB.fullmatch(line):
            open_at.append(indent)
            lines += ["", f"<details><summary>{escape(found[2])}</summary>", ""]
        else:
            lines.append(inside)
    return "\n".join(lines + ["", "</details>"] * len(open_at))

"""The widget's script as it is sent: without the comments and indents that its authors need."""

import re
from pathlib import Path

WIDGET_FILE = Path(__file__).parent / "static" / "widget.js"
_COMMENT_LINE = re.compile(r"^ *(//.*|/\*\*.*\*/)\n", re.MULTILINE)

_INDENT = re.compile(r"^ +", re.MULTILINE)


def load_script() -> str:
    """Read the widget, less its lines that hold a comment and nothing else, and its indents.

    Its one text over several lines is its style sheet, to which indents are nothing either.
    """
    return _INDENT.sub("", _COMMENT_LINE.sub("", WIDGET_FILE.read_text(encoding="utf-8")))

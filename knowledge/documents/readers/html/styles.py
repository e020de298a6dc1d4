"""What a page's style sheets and style attributes say about a tag, as far as it changes the words.

Only rules for one element, class or identifier are followed, as word processors write them; a rule
that depends on where a tag stands, or on the screen, is a matter of looks.
"""

import re
from typing import Literal

from bs4 import BeautifulSoup, Tag

from knowledge.documents.readers.html.markers import classes

Effect = Literal["struck", "hidden", "shown", "raised", "bold", "plain"]

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{};]*)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SIMPLE = re.compile(r"[a-z][a-z0-9]*|(?:[a-z][a-z0-9]*)?[.#][\w-]+")
_LONGEST = 2_000_000  # characters of style sheets that are read; a page's own rules come first
_EFFECTS: tuple[tuple[Effect, re.Pattern[str]], ...] = (
    ("struck", re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)),
    (
        "hidden",
        re.compile(
            r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
            r"|mso-hide\s*:\s*all)",
            re.IGNORECASE,
        ),
    ),
    ("shown", re.compile(r"(?:^|[;\s])display\s*:\s*(?!none)[a-z]", re.IGNORECASE)),
    ("raised", re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)),
    ("bold", re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)),
    ("plain", re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)),
)


class Styles:
    """Looks up what the style of a tag does to its words."""

    def __init__(self, page: BeautifulSoup) -> None:
        self._effects: dict[str, set[Effect]] = {}
        for style in page.find_all("style"):
            self._read(style.get_text()[:_LONGEST])

    def has(self, tag: Tag, effect: Effect) -> bool:
        """Say whether the tag's own attribute, or else a rule for it, has an effect."""
        own = _effects_of(str(tag.get("style") or ""))
        if effect in own:
            return True
        found = set[Effect]().union(*(self._effects.get(key, ()) for key in _keys(tag)))
        if effect == "hidden":  # what some rule shows again is shown to somebody
            return "hidden" in found and "shown" not in found | own
        return effect in found and not (effect == "bold" and "plain" in own)

    def _read(self, sheet: str) -> None:
        sheet = _AT_RULE.sub("", _COMMENT.sub("", sheet))
        for selectors, body in _RULE.findall(sheet):
            effects = _effects_of(body)
            for selector in selectors.split(",") if effects else ():
                name = selector.strip()
                if _SIMPLE.fullmatch(name):
                    self._effects.setdefault(name, set()).update(effects)
                elif "shown" in effects:
                    for part in re.findall(r"[.#][\w-]+", name):
                        self._effects.setdefault(part, set()).add("shown")


def _effects_of(style: str) -> set[Effect]:
    return {effect for effect, pattern in _EFFECTS if style and pattern.search(style)}


def _keys(tag: Tag) -> list[str]:
    keys = [tag.name]
    for name in classes(tag):
        keys += [f".{name}", f"{tag.name}.{name}"]
    if name := str(tag.get("id") or ""):
        keys += [f"#{name}", f"{tag.name}#{name}"]
    return keys

"""The widget and the pages say only what the wording file holds, and use all of it."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[4]
WORDING = ROOT / "knowledge/answers/wording"
ENGLISH = yaml.safe_load((WORDING / "en.yml").read_text(encoding="utf-8"))


def source(folder: str, pattern: str) -> str:
    paths = sorted((ROOT / "web" / "member" / folder).glob(pattern))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_every_wording_of_the_widget_and_the_pages_is_used() -> None:
    widget, pages = source("static", "widget.js"), source("templates", "*.html")
    unused = [key for key in ENGLISH["widget"] if f'"{key}"' not in widget]
    assert [
        key for key in unused if not re.match(r"urgency_|case_(new|taken|closed|gone)$", key)
    ] == []
    assert [key for key in ENGLISH["pages"] if f"wording.{key}" not in pages] == []


def test_every_wording_that_is_asked_for_exists() -> None:
    asked = set(re.findall(r'\bt\("(\w+[a-z])"', source("static", "widget.js")))
    assert asked - set(ENGLISH["widget"]) == set()
    asked = set(re.findall(r"\bwording\.(\w+)", source("templates", "*.html")))
    assert asked - set(ENGLISH["widget"]) - set(ENGLISH["pages"]) - {"months"} == set()


@pytest.mark.parametrize("section", ["widget", "pages"])
def test_every_wording_has_a_slot_for_welsh(section: str) -> None:
    welsh = yaml.safe_load((WORDING / "cy.yml").read_text(encoding="utf-8"))
    assert welsh[section].keys() == ENGLISH[section].keys()

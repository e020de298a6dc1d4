"""The same guidance, saved from the tools with which our editors' sources are made."""

from pathlib import Path

import pytest

from knowledge.documents.readers import Draft, read
from knowledge.documents.readers.loss import lost_share

PAGES = Path(__file__).parent / "pages"
GUIDANCE = [
    "Leave for interviews",
    "Who can ask",
    "Heads and deputies can ask for one day of leave for each interview.",
    "Part-time leaders too.",
    "How to ask",
    "Send these to your governors:",
    "a letter",
    "the dates",
]
# The furniture that each tool puts around it; a word of each piece.
FURNITURE = {
    "govuk": "additional Skip Topics Running Department Contents Related useful? Licence.",
    "wordpress": "Skip Join Sam Share Posted older refused Strike powered",
    "sharepoint": "Browse Newsfeed Computers Like",
    "drupal": "Skip cookies Governors Home Edit jo Log account Powered",
    "google_docs": "two [1]",
    "word_filtered": "two [1]",
    "mkdocs": "Skip handbook bands Made 3",
    "sphinx": "index Source search Copyright",
}


def saved(tool: str) -> Draft:
    (draft,) = read(PAGES / f"{tool}.html")
    return draft


@pytest.mark.parametrize("tool", FURNITURE)
def test_a_saved_page_gives_its_guidance_and_nothing_else(tool: str) -> None:
    assert [block.text for block in saved(tool).blocks] == GUIDANCE


@pytest.mark.parametrize("tool", FURNITURE)
def test_the_kinds_of_blocks_are_the_same_whatever_made_the_page(tool: str) -> None:
    assert [block.kind for block in saved(tool).blocks] == [
        "heading", "heading", "paragraph", "note", "heading", "paragraph", "item", "item",
    ]  # fmt: skip


@pytest.mark.parametrize("tool", FURNITURE)
def test_the_furniture_of_a_saved_page_is_listed(tool: str) -> None:
    words = {word for each in saved(tool).left_out for word in each.text.split()}
    assert set(FURNITURE[tool].split()) <= words


@pytest.mark.parametrize("tool", FURNITURE)
def test_no_saved_page_loses_words_without_a_known_reason(tool: str) -> None:
    assert lost_share(saved(tool)) < 0.1


@pytest.mark.parametrize("tool", ["govuk", "wordpress", "drupal"])
def test_the_date_on_a_saved_page_is_its_date(tool: str) -> None:
    assert saved(tool).metadata["published"] == "2024-05-03"

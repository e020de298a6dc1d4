"""Guidance in Welsh is known by its words."""

import pytest

from knowledge.documents.readers.language import language_of

WELSH = "Mae gan eich ysgol bolisi, ac mae rhaid i chi ofyn i'r bwrdd cyn cymryd yr amser hwn."
ENGLISH = "Your school has a policy, and you must ask the board before you take the time."


@pytest.mark.parametrize("stated", ["", "en", "en-GB"])
def test_welsh_text_is_welsh_whatever_its_template_says(stated: str) -> None:
    assert language_of([WELSH], stated) == "cy"


def test_english_text_is_english_whatever_its_template_says() -> None:
    assert language_of([ENGLISH], "cy") == "en"


@pytest.mark.parametrize(
    ("stated", "language"), [("cy-GB", "cy"), ("cy", "cy"), ("fr", "en"), ("", "en")]
)
def test_a_text_whose_words_do_not_decide_has_the_language_that_its_file_says(
    stated: str, language: str
) -> None:
    assert language_of(["Ffôn 01234 567890"], stated) == language
    assert language_of([WELSH, ENGLISH], stated) == language

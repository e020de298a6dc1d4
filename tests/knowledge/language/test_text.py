"""Messages made ready for the rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.patterns import Patterns
from knowledge.language.text import Words, clean, sentences
from tests.reading import read_message

WORDS = Words.load()


def test_curly_apostrophes_and_wide_letters_become_plain() -> None:
    assert clean("I\u2019ve  \uff50\uff50\uff41\u200b") == "I've ppa"


def test_what_cannot_be_encoded_is_dropped() -> None:
    assert clean("PPA\ud800\x00?") == "PPA?"


def test_a_message_is_cut_into_its_sentences() -> None:
    assert sentences("Hi. I need help! Can I?\nThanks") == (
        "Hi.",
        "I need help!",
        "Can I?",
        "Thanks",
    )


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("I’ve been supsended", " i have been suspended "),
        ("Ive been dismised!", " i have been dismissed . "),
        ("tribunel", " tribunal "),
        ("im beign arested", " i am beign arrested "),
        ("i cant cope", " i can not cope "),
    ],
)
def test_misspelt_words_that_matter_are_made_plain(typed: str, plain: str) -> None:
    assert read_message(typed).plain == plain


@pytest.mark.parametrize("word", ["building", "suspected", "situation", "police", "treated"])
def test_a_real_word_is_not_taken_for_a_misspelling(word: str) -> None:
    assert read_message(word).plain == f" {word} "


def test_a_pattern_matches_words_lists_endings_and_gaps() -> None:
    patterns = Patterns(["{me} .. suspend*|let_go"], {"me": ["i", "my deputy"]})
    assert patterns.find(" my deputy was just suspended . ") == "my deputy was just suspended"
    assert patterns.find(" i was let go ") == "i was let go"
    assert patterns.find(" you were suspended ") is None


def test_a_pattern_does_not_reach_into_the_next_sentence() -> None:
    assert Patterns(["i .. suspended"], {}).find(" here am i . suspended ceilings ") is None


def test_a_pattern_can_ask_for_a_whole_sentence() -> None:
    patterns = Patterns(["^ agent please? $"], {})
    assert patterns.find(" hello . agent please . ") == "agent please"
    assert patterns.find(" an agent called . ") is None


def test_a_pattern_with_an_unknown_list_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        Patterns(["{nobody} left"], {})


@given(st.text())
def test_any_text_can_be_made_plain(text: str) -> None:
    plain = WORDS.plain(clean(text))
    assert plain == plain.lower()
    assert clean(clean(text)) == clean(text)
    assert all(sentence.strip() for sentence in sentences(clean(text)))

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.spelling import Spelling
from knowledge.search.models import everyday_words
from knowledge.tuning import load_tuning

SLIPS = load_tuning().spelling
GUIDANCE = {"maternity": 9, "education": 20, "support": 12, "leaders": 30, "dismissal": 4}


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(GUIDANCE, everyday_words(), SLIPS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("matternity pay", "maternity pay"),
        ("edcation suport", "education support"),
        ("Unfair DISMISAL?", "Unfair dismissal?"),
    ],
)
def test_a_misspelt_word_becomes_the_guidances(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.mend(typed) == meant


@pytest.mark.parametrize("text", ["two leavers", "a readers' group", "the paternity rules"])
def test_a_real_word_that_looks_like_one_of_the_guidances_stays(
    spelling: Spelling, text: str
) -> None:
    assert spelling.mend(text) == text


def test_a_short_word_stays(spelling: Spelling) -> None:
    assert spelling.mend("ledrs") == "ledrs"


def test_a_word_that_resembles_nothing_stays(spelling: Spelling) -> None:
    assert spelling.mend("xkcdjqwv") == "xkcdjqwv"


def test_of_two_near_words_the_more_frequent_is_meant() -> None:
    assert (
        Spelling({"hearings": 1, "hearinga": 5}, frozenset(), SLIPS).mend("hearingx") == "hearinga"
    )


@given(st.text())
def test_only_words_change(text: str) -> None:
    mended = Spelling(GUIDANCE, frozenset(), SLIPS).mend(text)
    assert [c for c in mended if not c.isalpha()] == [c for c in text if not c.isalpha()]

"""What is no message at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.messages.nonsense import Nonsense
from knowledge.tuning import load_tuning
from tests.reading import read_message


@pytest.fixture(scope="module")
def rules() -> Nonsense:
    return Nonsense.load(load_tuning().letters)


def test_markup_is_no_question(rules: Nonsense) -> None:
    assert rules.find(read_message("<img src=x onerror=alert(1)>")) == "markup"


@pytest.mark.parametrize(
    "message",
    ["qwrtpl zxcvbn", "jkjkjk hghghg", "!!!!", "...", "🎈🎈", "[;'[;'/.,l", "sdkfjhsdkjfh"],
)
def test_keys_pressed_at_random_are_gibberish(rules: Nonsense, message: str) -> None:
    assert rules.find(read_message(message)) == "gibberish"


@pytest.mark.parametrize(
    "message",
    [
        "PPA?",
        "TLR",
        "KCSIE",
        "NQT",
        "SENDCo pay",
        "UPS3",
        "ysgol gynradd",
        "ymddiswyddo pennaeth",
        "sut mae ymuno",
        "how much notice does a head give",
        "does TUPE apply to cooks",
        "hello",
        "thanks, bye",
        "my school has mould in the walls, who do I tell",
    ],
)
def test_a_short_or_unusual_question_is_a_message(rules: Nonsense, message: str) -> None:
    assert rules.find(read_message(message)) is None


@given(text=st.text())
def test_any_text_can_be_checked(rules: Nonsense, text: str) -> None:
    assert rules.find(read_message(text)) in ("markup", "gibberish", None)

"""What the bot is for, what it is not for, and what is no message at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.messages.scope import ScopeRules
from knowledge.search.embedding import Embedder
from knowledge.tuning import load_tuning
from tests.reading import read_message


@pytest.fixture(scope="module")
def rules(embedder: Embedder, home: Path) -> ScopeRules:
    return ScopeRules.load(embedder, load_tuning().scope, keep=home / "examples")


@pytest.mark.parametrize(
    "message",
    [
        "will it snow in leeds this weekend",
        "compose a limerick about my cat",
        "got any good jokes",
        "which phone should I buy",
        "how do I cook a lasagne",
        "who scored for liverpool yesterday",
    ],
)
def test_what_the_bot_is_not_for_is_out_of_scope(rules: ScopeRules, message: str) -> None:
    assert rules.check(read_message(message)).value == "out_of_scope"


def test_markup_is_no_question(rules: ScopeRules) -> None:
    assert rules.check(read_message("<img src=x onerror=alert(1)>")).value == "out_of_scope"


@pytest.mark.parametrize(
    "message",
    ["qwrtpl zxcvbn", "jkjkjk hghghg", "!!!!", "...", "🎈🎈", "[;'[;'/.,l", "sdkfjhsdkjfh"],
)
def test_keys_pressed_at_random_are_gibberish(rules: ScopeRules, message: str) -> None:
    assert rules.check(read_message(message)).value == "gibberish"


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
def test_a_short_or_unusual_question_stays_in_scope(rules: ScopeRules, message: str) -> None:
    assert rules.check(read_message(message)).value == "in_scope"


def test_the_margin_is_higher_for_what_the_bot_is_for(rules: ScopeRules) -> None:
    ours = rules.check(read_message("how long is maternity leave for teachers")).margin
    assert ours > 0 > rules.check(read_message("how long do I boil an egg")).margin


@given(text=st.text())
def test_any_text_can_be_checked(rules: ScopeRules, text: str) -> None:
    assert -2 <= rules.check(read_message(text)).margin <= 2

"""Personal data is taken out of a question before it is kept."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.messages.masking import mask, readable
from knowledge.messages.personal_data import load_nlp


@pytest.fixture(scope="module")
def nlp() -> Any:
    return load_nlp()


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("Is Sarah allowed to leave?", "Is [name] allowed to leave?"),
        ("Mr Patel hit mr patel's desk", "[name] hit [name] desk"),
        ("Jayden Smith is off. can jayden come back", "[name] is off. can [name] come back"),
        ("ring me on 07700 900123 or j.bloggs@example.org", "ring me on [phone] or [email]"),
        ("my NHS number is 943 476 5919", "my NHS number is [number]"),
        ("my NI number is AB123456C", "my NI number is [number]"),
        ("our URN 123456 is wrong", "our URN [number] is wrong"),
        ("Is Oakfield Primary School in scope?", "Is [school] in scope?"),
        ("ppa at st mary's school", "ppa at [school] school"),
        ("Highfields Academy says no", "[school] says no"),
    ],
)
def test_what_could_tell_who_it_is_about_is_taken_out(nlp: Any, typed: str, masked: str) -> None:
    assert mask(typed, nlp) == masked


@pytest.mark.parametrize(
    "typed",
    [
        "How many days of PPA in 2024-2025?",
        "Is £120,000 the top of the range, or 25% more?",
        "Does the School Teachers' Pay and Conditions Document cover part time heads?",
        "What is a Multi Academy Trust?",
        "What does Ofsted say about the Burgundy Book?",
        "ring 0300 30 30 333",
        "can my primary school do this",
    ],
)
def test_what_is_about_nobody_stays(nlp: Any, typed: str) -> None:
    assert mask(typed, nlp) == typed


def test_a_masked_question_can_be_asked_again() -> None:
    assert readable("Is [name] at [school] owed [number] pay?") == "Is someone at school owed pay?"


@given(before=st.text(), after=st.text())
def test_a_number_is_taken_out_of_any_text(nlp: Any, before: str, after: str) -> None:
    assert "07700 900123" not in mask(f"{before} 07700 900123 {after}", nlp)

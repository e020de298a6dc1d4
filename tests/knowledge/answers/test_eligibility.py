import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answers.eligibility import EligibilityRules
from tests.reading import read_message

RULES = EligibilityRules.load()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Can a SENCO join?", "SENCO"),
        ("im a sendco can i join", "SENCO"),
        ("ALENCO", "ALENCO"),
        ("i lead a phase, years 3 and 4", "phase leader"),
        ("I'm head of maths", "subject leader"),
        ("can teaching assistants join", "teaching assistant"),
        ("I am a deputy", "deputy head"),
        ("can I join?", None),
    ],
)
def test_the_role_in_a_message_is_found(text: str, role: str | None) -> None:
    assert RULES.named(read_message(text)) == role


def test_only_the_roles_that_the_union_names_are_listed() -> None:
    assert RULES.is_listed("SENCO")
    assert not RULES.is_listed("teacher")
    assert not RULES.is_listed("Librarian")


def test_a_short_reply_is_taken_as_a_role_even_when_it_is_unknown() -> None:
    assert RULES.role(read_message("school librarian")) == "school librarian"
    assert RULES.role(read_message("I'm the senco")) == "SENCO"


@pytest.mark.parametrize(
    "text",
    [
        "what does it cost?",
        "well it is a long story, last year my school joined a trust and now they want me to go",
    ],
)
def test_a_question_or_a_story_is_no_reply_about_the_role(text: str) -> None:
    assert RULES.role(read_message(text)) is None


def test_a_question_about_oneself_is_told_from_one_about_others() -> None:
    assert RULES.about_self(read_message("can i join"))
    assert not RULES.about_self(read_message("who is eligible for membership"))


def test_the_question_to_search_for_names_the_role() -> None:
    assert "school librarian" in RULES.question("school librarian")
    assert "{" not in RULES.question("school librarian")


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert RULES.named(read_message(f"{text}. I am the SENCO.")) is not None
    role = RULES.role(read_message(text))
    if role is not None:
        assert role in RULES.question(role)

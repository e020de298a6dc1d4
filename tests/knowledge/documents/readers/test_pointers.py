import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.readers.pointers import without_pointers


@pytest.mark.parametrize(
    "text",
    [
        "Click here to open the form.",
        "Download our leave planner here.",
        "More details on these courses can be found here",
        "The minutes of the meeting are available at this link.",
        "Watch the recording below.",
        "Read the full story",
        "Follow these links below.",
        "Follow us on LinkedIn!",
        "Share this page with colleagues",
        "Sign up for our weekly newsletter.",
        "Please tell us what you think of this page.",
        "This site uses cookies.",
        "Find out more about the autumn conference",
        "Would you like to write for us? Click this link.",
        "© Example Union 2024. All rights reserved.",
    ],
)
def test_a_text_that_only_points_is_left_out(text: str) -> None:
    assert without_pointers(text) == ("", without_pointers(text)[1])
    assert without_pointers(text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "The adviser is here to help.",
        "Read the full contract before you sign it.",
        "Share this policy with your governors.",
        "You must meet the conditions below:",
        "Schools should follow the guidance on social media.",
        "Visit the school before the hearing.",
        "Find a companion for the meeting.",
        "Tell your employer in writing.",
    ],
)
def test_advice_stays_as_it_is(text: str) -> None:
    assert without_pointers(text) == (text, ())


def test_an_item_may_be_an_instruction_without_a_full_stop() -> None:
    assert without_pointers("read the letter", item=True) == ("read the letter", ())


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        (
            "Ring us on 020 7946 0100, write to us at desk@example.org.uk or click here",
            "Ring us on 020 7946 0100 or write to us at desk@example.org.uk",
        ),
        ("Ask your head, or click this link.", "Ask your head."),
        ("The rate went up in April (see here).", "The rate went up in April."),
        ("Read the policy here, before you reply.", "Read the policy, before you reply."),
        ("Book your place for 3 June here.", "Book your place for 3 June."),
        ("Click here or phone the office.", "Phone the office."),
        ("Leave is paid. Further details can be found below.", "Leave is paid."),
    ],
)
def test_what_a_sentence_says_besides_its_link_stays(text: str, stays: str) -> None:
    kept, dropped = without_pointers(text)
    assert kept == stays
    assert dropped


SENTENCES = [
    "Click here.",
    "Leave is paid.",
    "See below.",
    "Ask your head, or click this link.",
    "@",
]


@given(st.lists(st.sampled_from(SENTENCES) | st.text(), max_size=6).map(" ".join))
def test_any_text_is_either_kept_as_it_is_or_reported(text: str) -> None:
    kept, dropped = without_pointers(text)
    assert (kept == text) is not bool(dropped)

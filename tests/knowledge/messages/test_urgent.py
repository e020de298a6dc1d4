"""Urgent matters are caught, and ordinary questions are not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import RulesError
from knowledge.messages.model import MessageModel
from knowledge.messages.urgent import Urgent, UrgentRules
from knowledge.tuning import load_tuning
from tests.reading import read_message

HAPPENING = [
    ("self_harm", "some days i think the world would be easier without me in it"),
    ("self_harm", "thinking of topping myself tbh"),
    (
        "self_harm",
        "Hi! Quick question on PPA. Actually never mind, I am going to end it all tonight.",
    ),
    ("self_harm", "a teacher in my school tried to hang herself"),
    ("self_harm", "im suisidal"),
    ("child_at_risk", "one of our reception kids has handprint marks on his legs"),
    ("child_at_risk", "a girl in y5 says her mum's boyfriend makes her sleep in the shed"),
    ("child_at_risk", "a pupill has dissclosed abuse"),
    ("child_at_risk", "a year 10 girl says she wants to kill herself"),
    ("child_at_risk", "we've lost a child, he slipped out at break and we can't find him"),
    ("suspension", "I've been supended"),
    ("suspension", "HR have just walked me to my car and I can't go back in"),
    ("dismissal", "i was told today that i have lost my job"),
    ("dismissal", "the governors voted to end my contract"),
    ("allegation", "child says i pulled her hair, it's rubbish"),
    ("allegation", "my deputy head has been reported to the LADO"),
    ("arrest", "two officers came to my house last night and arrested me"),
    ("arrest", "my head of y4 has been arrested"),
    ("assault", "angry father grabbed my arm and wouldnt let go"),
    ("assault", "one of my teachers was bitten by a child so hard it bled"),
    ("tribunal", "a former TA is suing me personally"),
    ("tribunal", "I need to lodge an ET claim"),
    ("settlement_agreement", "they have offered me 20k to leave"),
    ("settlement_agreement", "HR slid a settlement agreement across the table"),
    ("forced_resignation", "they more or less made me resign on the spot"),
]
GENERAL = [
    ("settlement_agreement", "what has to be in a settlement agreement?"),
    ("dismissal", "Which dismissals are automatically unfair?"),
    ("tribunal", "does early conciliation come before a tribunal"),
    ("suspension", "Is suspension of a teacher always on full pay?"),
    ("allegation", "How quickly should allegations be looked into?"),
]
ORDINARY = [
    "I left my keys at school",
    "left my coat at work",
    "locked out of the building",
    "tripped on the step outside the hall, who do I tell",
    "What is a settlement agreement? What is gardening leave?",
    "what does the safeguarding guidance say about online safety",
    "The suspended ceiling in the hall is sagging, who pays?",
    "the inspection nearly killed us, when's the next one",
    "we were just killing time before the governors came",
    "how many days can a pupil be suspended for in a year",
    "is there any guidance on restraining a child",
    "my teacher hurt her back moving a table, what sick pay does she get",
    "a child was hit by a ball at playtime, do we record it",
    "my senco has resigned, when can she leave",
    "i want to quit smoking",
    "a pupil keeps hitting other children, can we do a managed move",
    "hello",
    "",
]


Check = Callable[[str], Urgent | None]


@pytest.fixture(scope="module")
def check(messages: MessageModel) -> Check:
    rules = UrgentRules.load(load_tuning().urgent)

    def check(text: str) -> Urgent | None:
        message = read_message(text)
        return rules.check(message, messages.judge(message.mended))

    return check


@pytest.mark.parametrize(("kind", "message"), HAPPENING)
def test_what_happens_to_somebody_is_caught(check: Check, kind: str, message: str) -> None:
    found = check(message)
    assert found is not None
    assert (found.kind, found.happening) == (kind, True)


@pytest.mark.parametrize(("kind", "message"), GENERAL)
def test_a_question_about_the_subject_is_not_happening(
    check: Check, kind: str, message: str
) -> None:
    found = check(message)
    assert found is not None
    assert (found.kind, found.happening) == (kind, False)


@pytest.mark.parametrize("message", ["???", "blue", "where was it done", "the cat sat", "zzz"])
def test_a_text_that_is_like_no_example_is_not_urgent(check: Check, message: str) -> None:
    assert check(message) is None


@pytest.mark.parametrize("message", ORDINARY)
def test_an_ordinary_message_is_no_alarm(check: Check, message: str) -> None:
    found = check(message)
    assert found is None or not found.happening


@pytest.mark.parametrize(
    ("message", "contacts"),
    [
        ("I want to end my life", ("samaritans", "emergency")),
        ("a child told me her dad beats her", ("emergency", "nspcc")),
        ("I've been suspended", ("advice_line",)),
        ("a parent hit my deputy yesterday", ("advice_line",)),
        ("a parent is attacking my deputy right now", ("emergency", "advice_line")),
        ("there is a man with a machete outside the school", ("emergency", "advice_line")),
    ],
)
def test_the_right_contact_comes_first(
    check: Check, message: str, contacts: tuple[str, ...]
) -> None:
    found = check(message)
    assert found is not None
    assert found.contacts == contacts


def test_an_urgent_sentence_is_found_in_a_long_friendly_story(check: Check) -> None:
    story = (
        "Good evening and thanks for all you did last term. We had a lovely harvest festival and "
        "the choir sang. I was going to ask about flexible working for a phase leader. By the way, "
        "they have taken my keys and suspended me until further notice. Anyway, have a nice week."
    )
    found = check(story)
    assert found is not None
    assert (found.kind, found.happening) == ("suspension", True)


def test_a_missing_file_of_rules_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"urgent\.yml: the file is missing"):
        UrgentRules.load(load_tuning().urgent, tmp_path)


@given(text=st.text() | st.text().map("I want to kill myself. ".__add__))
def test_any_text_can_be_checked(check: Check, text: str) -> None:
    found = check(text)
    if found is not None:
        assert found.contacts

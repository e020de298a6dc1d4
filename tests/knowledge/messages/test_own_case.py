"""What depends on a member's own case, and requests for a person."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.messages.own_case import OwnCaseRules
from knowledge.search.embedding import Embedder
from knowledge.tuning import load_tuning
from tests.reading import read_message


@pytest.fixture(scope="module")
def rules(embedder: Embedder, home: Path) -> OwnCaseRules:
    return OwnCaseRules.load(embedder, load_tuning().own_case, keep=home / "examples")


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("work_out", "can you work out my redundancy pay, i've done 12 years"),
        ("work_out", "I've been off 40 days so far, when do I drop to half pay"),
        ("work_out", "what is my deadline for the appeal"),
        ("have_a_case", "have i got a case against the academy"),
        ("have_a_case", "would I win if I took out a grievance"),
        ("decide", "should I sign the new contract they gave me"),
        ("decide", "what should i write in my grievance"),
        ("contract_or_pay", "please check my payslip, i think i'm underpaid"),
        ("contract_or_pay", "they've got me on the wrong pay point"),
        ("dispute", "my boss is bullying me and I am sick of it"),
        ("not_helped", "you keep giving me the same answer"),
    ],
)
def test_what_depends_on_the_members_own_case_is_told(
    rules: OwnCaseRules, kind: str, message: str
) -> None:
    found = rules.check(read_message(message)).own_case
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "message",
    [
        "how much notice do I have to give as a deputy head?",
        "how much sick pay do I get in my second year",
        "can I ask for flexible working on day one",
        "am I covered by directed time as an assistant head",
        "what is off-rolling",
        "can i take a friend to a grievance hearing",
        "hello",
    ],
)
def test_a_general_question_is_nobodys_own_case(rules: OwnCaseRules, message: str) -> None:
    assert rules.check(read_message(message)).own_case is None


@pytest.mark.parametrize(
    "message",
    [
        "can i speak to somebody",
        "i want a human",
        "please ring me back",
        "adviser please",
        "put me through to your team",
        "isnt there a real person i can chat with",
        "I would sooner talk this through with an adviser",
    ],
)
def test_a_request_for_a_person_is_told_in_any_words(rules: OwnCaseRules, message: str) -> None:
    assert rules.check(read_message(message)).person


@pytest.mark.parametrize(
    "message",
    [
        "am I talking to a real person",
        "are you human?",
        "what is the advice line's number",
        "who can go with me to a hearing",
        "how long is maternity leave",
    ],
)
def test_a_question_is_no_request_for_a_person(rules: OwnCaseRules, message: str) -> None:
    assert not rules.check(read_message(message)).person


@given(text=st.text() | st.text().map("Should I sign the new contract they gave me? ".__add__))
def test_any_text_can_be_checked(rules: OwnCaseRules, text: str) -> None:
    found = rules.check(read_message(text)).own_case
    if found is not None:
        assert found.evidence

"""Personal data in what a member is about to send."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.messages.personal_data import NAME, find_personal_data, load_nlp


@pytest.fixture(scope="module")
def nlp() -> Any:
    return load_nlp()


@pytest.mark.parametrize(
    ("kind", "piece", "message"),
    [
        (NAME, "Sarah Jones", "My colleague Sarah Jones has been off sick"),
        (NAME, "Jayden", "a boy called Jayden in year 4 hit another child"),
        (NAME, "Mr Patel", "Mr Patel, our deputy, has resigned"),
        (NAME, "mrs o'neill", "mrs o'neill is the head"),
        ("phone", "07700 900123", "ring me on 07700 900123 after four"),
        ("email", "j.bloggs@example.org", "my email is j.bloggs@example.org"),
        ("date_of_birth", "12/03/2014", "he was born on 12/03/2014"),
        ("national_insurance", "AB123456C", "her NI number is AB123456C"),
        ("postcode", "SW1A 2AA", "they moved to SW1A 2AA"),
        ("upn", "A123456789012", "the UPN is A123456789012"),
        ("teacher_number", "1234567", "My TRN is 1234567"),
        ("address", "14 Acacia Avenue", "the family lives at 14 Acacia Avenue"),
    ],
)
def test_personal_data_is_found_where_it_stands(
    nlp: Any, kind: str, piece: str, message: str
) -> None:
    found = find_personal_data(message, nlp)
    assert [(item.kind, item.text) for item in found] == [(kind, piece)]
    assert message[found[0].start : found[0].end] == piece


@pytest.mark.parametrize(
    "message",
    [
        "the 2024-2025 school year",
        "our URN 123456 is on the form",
        "What is the Burgundy Book?",
        "is it 0300 30 30 333 or info@naht.org.uk for staff?",
        "Samaritans 116 123 and 08000 562 561",
        "What does Ofsted tell a head teacher about off-rolling?",
        "Who is Steve Rollett?",
        "Acas told my deputy that early conciliation takes twelve weeks",
        "My SENCO and my deputy head want directed time",
        "pupils in Key Stage 2 and the Pupil Premium",
        "since 26 October 2024 employers must prevent harassment",
    ],
)
def test_years_public_numbers_roles_and_organisations_are_not_personal(
    nlp: Any, message: str
) -> None:
    assert find_personal_data(message, nlp) == ()


@given(before=st.text(), after=st.text())
def test_what_is_found_stands_in_any_text_at_its_place(nlp: Any, before: str, after: str) -> None:
    text = f"{before} 07700 900123 {after}"
    found = find_personal_data(text, nlp)
    assert found
    for item in found:
        assert text[item.start : item.end] == item.text

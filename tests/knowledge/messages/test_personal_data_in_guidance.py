"""What of guidance is somebody's own, and what only looks so."""

from typing import Any

import pytest

from knowledge.messages.personal_data import load_nlp
from knowledge.messages.personal_data_in_guidance import find_in_guidance, is_nhs_number


@pytest.fixture(scope="module")
def nlp() -> Any:
    return load_nlp()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ask our colleague Mrs Patel on 07700 900123 about a place.", "named"),
        ("Write to the SENCO, Ms Jane Okafor: jokafor@hillside.example", "named"),
        ("Write to jane.okafor@hillside.example for a form.", "email"),
        ("His NHS number is 943 476 5919.", "nhs_number"),
        ("Quote AB 12 34 56 C on the form.", "national_insurance"),
    ],
)
def test_what_belongs_to_one_person_is_found(text: str, kind: str, nlp: Any) -> None:
    assert [found.kind for found in find_in_guidance(text, nlp)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "This holds in the school year 2024-25 and for 2025/26.",
        "The school with URN 123456 and UKPRN 10012345 is an academy.",
        "Salaries rise from £47,185 to £131,056 on 1 September 2025.",
        "Phone the advice line on 0300 30 30 333 or email info@naht.org.uk.",
        "Paul Whiteman, the general secretary, wrote to the minister.",
        "Write to office@hillside.example or call 020 7946 0000.",
        "Regulation 12.3 of 2014, pages 100-120.",
    ],
)
def test_years_numbers_of_schools_salaries_and_offices_are_nobodys_own(text: str, nlp: Any) -> None:
    assert find_in_guidance(text, nlp) == ()


def test_an_nhs_number_has_its_check_digit() -> None:
    assert is_nhs_number("9434765919")
    assert not is_nhs_number("9434765918")


def test_a_name_in_another_line_does_not_make_a_number_somebodys(nlp: Any) -> None:
    assert find_in_guidance("Mrs Patel wrote this.\nCall 020 7946 0000.", nlp) == ()

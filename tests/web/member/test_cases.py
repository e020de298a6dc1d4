"""Cases and feedback: checked as they come in, kept as they were sent."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from database import open_database
from people.cases import BadCase, Cases, Feedback, read_case, read_feedback

CASE: dict[str, Any] = {
    "question": "Can my governors change my hours?",
    "shown": "Your contract says how your hours can change.",
    "urgency": "this_week",
    "name": "Sam Example",
    "phone": "020 7946 0000",
    "email": None,
    "when": "after four",
    "consent": True,
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[Cases]:
    engine = open_database(f"sqlite:///{tmp_path / 'app.db'}")
    yield Cases(engine)
    engine.dispose()


def test_a_case_is_kept_exactly_as_the_member_reviewed_it(cases: Cases) -> None:
    reference = cases.add(read_case(CASE), "session")
    (kept,) = cases.all()
    assert {name: kept[name] for name in CASE if name != "consent"} == {
        name: value for name, value in CASE.items() if name != "consent"
    }
    assert kept["reference"] == reference


def test_a_reference_can_be_read_out_on_the_phone(cases: Cases) -> None:
    reference = cases.add(read_case(CASE), "session")
    letters, _, digits = reference.partition("-")
    assert (len(letters), len(digits)) == (3, 4)
    assert letters.isalpha()
    assert letters.isupper()
    assert digits.isdigit()
    assert set(letters).isdisjoint("ILOQSZ")


def test_a_conversation_knows_its_own_cases(cases: Cases) -> None:
    reference = cases.add(read_case(CASE), "one")
    cases.add(read_case(CASE), "two")
    assert cases.of_session("one") == [reference]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("consent", None),
        ("consent", "true"),
        ("consent", 1),
        ("question", ""),
        ("question", " \n "),
        ("question", "x" * 4001),
        ("question", ["a list"]),
        ("shown", 7),
        ("urgency", "whenever"),
        ("name", ""),
        ("name", "x" * 201),
        ("phone", "ring me"),
        ("email", "no address"),
        ("email", "a b@school.example"),
        ("when", {"day": "Monday"}),
    ],
)
def test_a_wrong_field_is_named(field: str, value: object) -> None:
    with pytest.raises(BadCase, match=rf"^{field}$"):
        read_case({**CASE, field: value})


def test_a_case_needs_some_way_to_reach_the_member() -> None:
    with pytest.raises(BadCase, match=r"^phone$"):
        read_case({**CASE, "phone": None, "email": ""})


def test_an_email_address_alone_is_enough() -> None:
    case = read_case({**CASE, "phone": None, "email": "sam@school.example"})
    assert (case.phone, case.email) == (None, "sam@school.example")


def test_what_no_database_takes_is_left_out_of_a_case() -> None:
    case = read_case({**CASE, "question": "why\0 \ud800now"})
    assert case.question == "why now"


def test_feedback_is_kept(cases: Cases) -> None:
    cases.add_feedback(
        read_feedback({"passage_ids": ["a#b"], "helpful": False, "comment": "Too long"})
    )
    (kept,) = cases.feedback()
    assert (kept["passages"], kept["helpful"], kept["comment"]) == (["a#b"], False, "Too long")


def test_feedback_needs_no_comment() -> None:
    feedback = read_feedback({"passage_ids": [], "helpful": True, "comment": None})
    assert feedback == Feedback((), True, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("passage_ids", None),
        ("passage_ids", "a#b"),
        ("passage_ids", [1]),
        ("passage_ids", ["x" * 401]),
        ("passage_ids", ["a#b"] * 21),
        ("helpful", None),
        ("helpful", "yes"),
        ("comment", 5),
        ("comment", "x" * 4001),
    ],
)
def test_a_wrong_field_of_feedback_is_named(field: str, value: object) -> None:
    with pytest.raises(BadCase, match=rf"^{field}$"):
        read_feedback({"passage_ids": [], "helpful": True, "comment": None, field: value})


def wrong_field(reading: Callable[[], object]) -> str | None:
    """Give the field that a reading names as wrong; None when it takes everything."""
    try:
        reading()
    except BadCase as problem:
        return str(problem)
    return None


@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(CASE, JSON)),
    st.sets(st.sampled_from([*CASE])),
)
def test_no_values_break_the_reading_of_a_case(values: dict[str, Any], right: set[str]) -> None:
    mixed = {**values, **{name: CASE[name] for name in right}}
    assert wrong_field(lambda: read_case(mixed)) in {None, *CASE}


@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(["passage_ids", "helpful", "comment"], JSON))
)
def test_no_values_break_the_reading_of_feedback(values: dict[str, Any]) -> None:
    fields = {None, "passage_ids", "helpful", "comment"}
    assert wrong_field(lambda: read_feedback(values)) in fields

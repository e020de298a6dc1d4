"""Cases: checked as they come in, kept as they were sent, for their time."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from people.cases import Cases, draw_reference, read_case
from people.fields import BadField
from tests.people.fields import JSON, wrong_field

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


@pytest.fixture
def cases(engine: sa.Engine) -> Cases:
    return Cases(engine, days=30)


def test_a_case_holds_what_the_member_reviewed_and_nothing_else(cases: Cases) -> None:
    reference = cases.add(read_case(CASE), "session")
    (kept,) = cases.all()
    reviewed = {name: value for name, value in CASE.items() if name != "consent"}
    sent = {**reviewed, "reference": reference, "session": "session", "request": None}
    assert {name: kept.pop(name) for name in sent} == sent
    assert kept.pop("asked")
    assert kept.pop("state") == "new"
    assert not any(kept.values())


def test_a_reference_can_be_read_out_on_the_phone() -> None:
    letters, _, digits = draw_reference().partition("-")
    assert (len(letters), len(digits)) == (3, 4)
    assert letters.isalpha()
    assert letters.isupper()
    assert digits.isdigit()
    assert set(letters).isdisjoint("ILOQSZ")


def test_a_reference_that_is_taken_is_drawn_again(engine: sa.Engine) -> None:
    drawn = iter(["AAA-1000", "AAA-1000", "AAA-1000", "BBB-2000"])
    cases = Cases(engine, days=30, draw=lambda: next(drawn))
    assert cases.add(read_case(CASE), "one") == "AAA-1000"
    assert cases.add(read_case(CASE), "two") == "BBB-2000"
    assert len(cases.all()) == 2


def test_a_conversation_knows_its_own_cases(cases: Cases) -> None:
    reference = cases.add(read_case(CASE), "one")
    cases.add(read_case(CASE), "two")
    assert cases.of_session("one") == {reference: "new"}


def test_a_case_that_is_sent_again_is_stored_once(cases: Cases) -> None:
    case = read_case({**CASE, "request": "r-1"})
    assert cases.add(case, "one") == cases.add(case, "one")
    assert len(cases.all()) == 1


def test_a_case_that_is_sent_again_holds_what_was_reviewed_last(cases: Cases) -> None:
    cases.add(read_case({**CASE, "request": "r-1"}), "one")
    cases.add(read_case({**CASE, "request": "r-1", "phone": "01632 960123"}), "one")
    assert [kept["phone"] for kept in cases.all()] == ["01632 960123"]


def test_the_same_request_at_the_same_time_is_one_case(cases: Cases) -> None:
    case = read_case({**CASE, "request": "r-1"})
    with ThreadPoolExecutor(8) as pool:
        references = set(pool.map(lambda _: cases.add(case, "one"), range(16)))
    assert len(references) == len(cases.all()) == 1


def test_another_conversation_cannot_learn_a_reference_by_its_request(cases: Cases) -> None:
    case = read_case({**CASE, "request": "r-1"})
    cases.add(case, "one")
    with pytest.raises(BadField, match=r"^request$"):
        cases.add(case, "two")


def test_a_case_is_deleted_when_its_time_is_up(cases: Cases) -> None:
    cases.add(read_case(CASE), "one")
    now = dt.datetime.now(dt.UTC)
    assert cases.delete_expired() == 0
    assert cases.delete_expired(now + dt.timedelta(days=29)) == 0
    assert cases.delete_expired(now + dt.timedelta(days=31)) == 1
    assert cases.all() == []


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
        ("request", "x" * 65),
        ("request", 5),
    ],
)
def test_a_wrong_field_is_named(field: str, value: object) -> None:
    with pytest.raises(BadField, match=rf"^{field}$"):
        read_case({**CASE, field: value})


def test_a_case_needs_some_way_to_reach_the_member() -> None:
    with pytest.raises(BadField, match=r"^phone$"):
        read_case({**CASE, "phone": None, "email": ""})


def test_an_email_address_alone_is_enough() -> None:
    case = read_case({**CASE, "phone": None, "email": "sam@school.example"})
    assert (case.phone, case.email) == (None, "sam@school.example")


def test_what_no_database_takes_is_left_out_of_a_case() -> None:
    case = read_case({**CASE, "question": "why\0 \ud800now"})
    assert case.question == "why now"


@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(CASE, JSON)),
    st.sets(st.sampled_from([*CASE])),
)
def test_no_values_break_the_reading_of_a_case(values: dict[str, Any], right: set[str]) -> None:
    mixed = {**values, **{name: CASE[name] for name in right}}
    assert wrong_field(lambda: read_case(mixed)) in {None, *CASE}


def test_a_member_deletes_their_own_case_and_nobody_elses(cases: Cases) -> None:
    reference = cases.add(read_case(CASE), "one")
    assert not cases.delete(reference, "two")
    assert cases.delete(reference, "one")
    assert cases.all() == []


def test_a_new_case_is_told_of_once(engine: sa.Engine) -> None:
    told: list[tuple[str, str]] = []
    cases = Cases(engine, days=30, tell=lambda _, *case: told.append(case))
    reference = cases.add(read_case({**CASE, "request": "r-1"}), "one")
    cases.add(read_case({**CASE, "request": "r-1"}), "one")
    assert told == [(reference, "this_week")]
    cases.add(read_case({**CASE, "request": "r-1", "urgency": "today"}), "one")
    assert told[1:] == [(reference, "today")]


def test_a_case_that_nobody_can_be_told_of_is_not_stored(engine: sa.Engine) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Cases(engine, days=30, tell=fail).add(read_case(CASE), "one")
    assert Cases(engine, days=30).all() == []

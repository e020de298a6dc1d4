"""Feedback: checked as it comes in, kept as it was given, for its time."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from database import open_database
from people.feedback import Feedback, FeedbackBox, read_feedback
from people.fields import BadField
from tests.people.fields import JSON, wrong_field


@pytest.fixture
def box(tmp_path: Path) -> Iterator[FeedbackBox]:
    engine = open_database(f"sqlite:///{tmp_path / 'app.db'}")
    yield FeedbackBox(engine, days=30)
    engine.dispose()


def test_feedback_is_kept(box: FeedbackBox) -> None:
    box.add(read_feedback({"passage_ids": ["a#b"], "helpful": False, "comment": "Too long"}))
    (kept,) = box.all()
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
    with pytest.raises(BadField, match=rf"^{field}$"):
        read_feedback({"passage_ids": [], "helpful": True, "comment": None, field: value})


def test_feedback_is_deleted_when_its_time_is_up(box: FeedbackBox) -> None:
    box.add(Feedback(("a#b",), True, None))
    now = dt.datetime.now(dt.UTC)
    assert box.delete_expired() == 0
    assert box.delete_expired(now + dt.timedelta(days=29)) == 0
    assert box.delete_expired(now + dt.timedelta(days=31)) == 1
    assert box.all() == []


@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(["passage_ids", "helpful", "comment"], JSON))
)
def test_no_values_break_the_reading_of_feedback(values: dict[str, Any]) -> None:
    fields = {None, "passage_ids", "helpful", "comment"}
    assert wrong_field(lambda: read_feedback(values)) in fields

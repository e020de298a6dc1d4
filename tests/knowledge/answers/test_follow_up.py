from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answers.follow_up import FOLLOW_UP_FILE, FollowUps
from knowledge.errors import RulesError
from knowledge.tuning import load_tuning

RULES = FollowUps.load(load_tuning().follow_ups)


@pytest.mark.parametrize(
    "question",
    [
        "and my deputy?",
        "what about SENCOs",
        "when did they start?",
        "does that cover deputies too?",
        "how long is it",
        "and in Wales?",
        "no, not that one",
        "is it on then?",
    ],
)
def test_a_question_without_a_subject_of_its_own_leans(question: str) -> None:
    assert RULES.leans(question)
    assert RULES.may_lean(question)


@pytest.mark.parametrize(
    "question",
    [
        "How long is maternity leave?",
        "what does a settlement agreement need to be valid",
        "What happens in an area SEND inspection when the team arrives?",
    ],
)
def test_a_question_with_a_subject_does_not_lean(question: str) -> None:
    assert not RULES.leans(question)


def test_a_long_question_cannot_lean() -> None:
    assert not RULES.may_lean("Which schools can ask for help from the behaviour hubs programme?")


def test_a_follow_up_is_made_whole_with_the_question_before() -> None:
    whole = RULES.whole("When did the interim visits end?", "and when did they start?")
    assert whole == "When did the interim visits end: and when did they start?"


def test_a_new_role_takes_the_place_of_the_old_one() -> None:
    assert RULES.whole("When must a head resign?", "and deputies?") == (
        "When must a resign: and deputies?"
    )


def test_without_a_question_before_a_follow_up_stays_as_it_is() -> None:
    assert RULES.whole("", "and deputies?") == "and deputies?"


@given(st.text(), st.text())
def test_any_text_is_taken(before: str, question: str) -> None:
    RULES.leans(question)
    RULES.may_lean(question)
    assert RULES.whole(before, question).endswith(question)


def test_an_unquoted_yes_or_no_in_the_word_lists_is_refused(tmp_path: Path) -> None:
    text = FOLLOW_UP_FILE.read_text(encoding="utf-8")
    path = tmp_path / FOLLOW_UP_FILE.name
    path.write_text(text.replace('"no"', "no"), encoding="utf-8")
    with pytest.raises(RulesError, match=r"follow_up\.yml.*fillers.*quotation marks"):
        FollowUps.load(load_tuning().follow_ups, path)


def test_a_missing_field_is_refused(tmp_path: Path) -> None:
    path = tmp_path / FOLLOW_UP_FILE.name
    path.write_text("openings: [and]\npointers: [it]\nroles: []\n")
    with pytest.raises(RulesError, match="'fillers' is missing"):
        FollowUps.load(load_tuning().follow_ups, path)

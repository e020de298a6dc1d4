"""Gaps are ranked by conversations, and changed by one person at a time."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from people.asked import Asked
from people.audit import Actor, Audit, Filters
from people.gaps import Ending, GapChanged, Gaps, NoEnding, Retest, UnknownGap
from people.grouping import Grouping
from tests.people.asking import ANSWERED, UNANSWERED, asked_by
from tests.people.clock import Clock

ANN, BEN = Actor("ann", "editor"), Actor("ben", "editor")


def test_what_most_conversations_ask_comes_first(
    asked: Asked, gaps: Gaps, grouping: Grouping, clock: Clock
) -> None:
    begin = clock()
    for conversation, wording in (
        ("one", "lunch breaks"), ("one", "lunch again"), ("one", "lunch once more"),
        ("one", "parking here"), ("two", "parking there"),
    ):  # fmt: skip
        asked.add(asked_by(conversation, wording))
    asked.add(replace(ANSWERED, wording="parking is answered for this one"))
    grouping.run()
    listed = gaps.listed(begin)
    assert [(one.wording, one.conversations) for one in listed] == [
        ("parking here", 2),
        ("lunch breaks", 1),
    ]
    assert listed[0].lacks == {"not_covered": 2}


def test_a_period_counts_what_was_asked_in_it(
    asked: Asked, gaps: Gaps, grouping: Grouping, clock: Clock
) -> None:
    asked.add(asked_by("one"))
    clock.later(days=20)
    since = clock()
    asked.add(asked_by("two"))
    grouping.run()
    (one,) = gaps.listed(since)
    assert (one.conversations, one.wording) == (1, UNANSWERED.wording)
    assert gaps.conversations(one.gap.number, since) == 1
    clock.later(days=1)
    assert gaps.listed(clock()) == []


def test_a_gap_can_be_found_by_its_state_and_by_whom_it_is_assigned_to(
    asked: Asked, gaps: Gaps, grouping: Grouping, clock: Clock
) -> None:
    begin = clock()
    asked.add(asked_by("one"))
    grouping.run()
    gaps.assign(1, 1, "ben", ANN)
    assert [one.gap.assigned for one in gaps.listed(begin, "open", "ben")] == ["ben"]
    assert gaps.listed(begin, "open", "") == []
    assert gaps.listed(begin, "covered") == []


def test_of_two_who_end_a_gap_the_second_is_told(
    asked: Asked, gaps: Gaps, grouping: Grouping, engine: sa.Engine
) -> None:
    asked.add(asked_by("one"))
    grouping.run()
    seen = gaps.find(1)
    gaps.end(1, seen.version, Ending("covered", answer="keys"), 1, ANN)
    with pytest.raises(GapChanged, match="'ann' changed gap 1"):
        gaps.end(1, seen.version, Ending("out_of_scope", "not ours"), 1, BEN)
    assert (gaps.find(1).state, gaps.find(1).answer) == ("covered", "keys")
    (act,) = [row.act for row in Audit(engine).every(Filters())]
    assert (act.action, act.subject, act.reason) == ("gap_covered", "gap 1", "keys")


@pytest.mark.parametrize(
    "ending", [Ending("out_of_scope", " "), Ending("covered"), Ending("draft", "x" * 1001)]
)
def test_a_gap_does_not_end_without_saying_why(
    asked: Asked, gaps: Gaps, grouping: Grouping, engine: sa.Engine, ending: Ending
) -> None:
    asked.add(asked_by("one"))
    grouping.run()
    with pytest.raises(NoEnding):
        gaps.end(1, 1, ending, 1, ANN)
    assert gaps.find(1).state == "open"
    assert list(Audit(engine).every(Filters())) == []


def test_a_gap_is_put_to_each_newer_edition_once(
    asked: Asked, gaps: Gaps, grouping: Grouping
) -> None:
    asked.add(asked_by("one"))  # of edition 1
    grouping.run()
    assert list(gaps.untested(1)) == []
    assert list(gaps.untested(2)) == [1]
    gaps.save(1, Retest(2, tested=1, answered=1))
    gaps.save(1, Retest(1, tested=1, answered=0))  # a slower one that began earlier
    assert gaps.find(1).retest == Retest(2, 1, 1)
    assert list(gaps.untested(2)) == []
    assert list(gaps.untested(3)) == [1]


def test_a_gap_goes_with_its_last_question_and_its_number_is_not_used_again(
    asked: Asked, gaps: Gaps, grouping: Grouping
) -> None:
    asked.add(asked_by("one"))
    grouping.run()
    asked.forget("one")
    assert gaps.delete_empty() == 1
    with pytest.raises(UnknownGap):
        gaps.find(1)
    asked.add(asked_by("two"))
    grouping.run()
    assert gaps.find(2).state == "open"

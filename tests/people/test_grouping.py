"""Questions find the gap that means what they mean, and stay there."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
import yaml

from knowledge.search.embedding import Embedder
from people.asked import Asked, asked_table
from people.audit import Actor, Audit, Filters
from people.gaps import FEW, Ending, Gaps, State
from people.grouping import Grouping, Places
from tests.people.asking import ANSWERED, asked_by
from tests.people.clock import Clock
from tests.people.meanings import by_first_word

ANN = Actor("ann", "editor")
WORDINGS = Path(__file__).with_name("wordings.yml")


def gap_of(engine: sa.Engine, conversation: str) -> int | None:
    with engine.connect() as connection:
        number: int | None = connection.scalar(
            sa.select(asked_table.c.gap).where(asked_table.c.conversation == conversation)
        )
    return number


def test_a_gap_stays_the_same_while_questions_come_and_go(
    asked: Asked, grouping: Grouping, engine: sa.Engine
) -> None:
    asked.add(asked_by("one", "lunch breaks"))
    asked.add(asked_by("two", "parking at school"))
    assert grouping.run() == 2
    before = gap_of(engine, "two")
    asked.forget("one")
    asked.add(asked_by("three", "parking for visitors"))
    assert grouping.run() == 1
    assert grouping.run() == 0
    assert gap_of(engine, "two") == gap_of(engine, "three") == before


def test_a_wording_is_embedded_once(asked: Asked, engine: sa.Engine, clock: Clock) -> None:
    embedded: list[str] = []

    def embed(wordings: list[str]) -> np.ndarray:  # type: ignore[type-arg]
        embedded.extend(wordings)
        return by_first_word(wordings)

    grouping = Grouping(engine, embed, clock)  # type: ignore[arg-type]
    asked.add(asked_by("one", "lunch breaks"))
    grouping.run()
    asked.add(asked_by("two", "lunch again"))
    grouping.run()
    assert embedded == ["lunch breaks", "lunch again"]


def test_answered_questions_and_outages_are_in_no_gap(
    asked: Asked, grouping: Grouping, gaps: Gaps, clock: Clock
) -> None:
    begin = clock()
    asked.add(ANSWERED)
    asked.add(replace(ANSWERED, status="unavailable", wording=None))
    assert grouping.run() == 0
    assert gaps.listed(begin) == []


@pytest.mark.parametrize(("state", "needed"), [("covered", 1), ("out_of_scope", FEW), ("draft", 1)])
def test_a_gap_that_has_ended_opens_again_when_new_conversations_ask_it(
    asked: Asked,
    grouping: Grouping,
    gaps: Gaps,
    engine: sa.Engine,
    clock: Clock,
    state: State,
    needed: int,
) -> None:
    asked.add(asked_by("one"))
    grouping.run()
    clock.later(days=1)
    gaps.end(1, 1, Ending(state, "because", "keys"), edition=1, by=ANN)
    clock.later(days=1)
    asked.add(asked_by("one"))  # the same one again is no news
    grouping.run()
    assert gaps.find(1).state == state
    for number in range(needed):
        assert gaps.find(1).state == state
        asked.add(replace(asked_by(f"new {number}"), edition=2))
        grouping.run()
    gap = gaps.find(1)
    assert (gap.state, gap.reopened) == ("open", needed)
    newest = next(iter(Audit(engine).every(Filters())))
    assert (newest.actor.name, newest.act.action) == ("the bot", "gap_reopened")
    assert f"ended as {state}" in newest.act.reason


def test_a_gap_that_is_drafted_does_not_open_before_something_is_published(
    asked: Asked, grouping: Grouping, gaps: Gaps, clock: Clock
) -> None:
    asked.add(asked_by("one"))
    grouping.run()
    gaps.end(1, 1, Ending("draft"), edition=1, by=ANN)
    clock.later(days=1)
    asked.add(asked_by("two"))  # of edition 1
    grouping.run()
    assert gaps.find(1).state == "draft"


def test_what_means_the_same_is_mostly_together_and_what_does_not_is_not(
    embedder: Embedder,
) -> None:
    matters = yaml.safe_load(WORDINGS.read_text(encoding="utf-8"))
    # One wording of each matter after the other, as members would ask them.
    asked = [(of, texts[n]) for n in range(4) for of, texts in matters.items()]
    vectors = embedder.encode_many([text for _, text in asked])
    places, found = Places(), []
    for number, vector in enumerate(vectors):
        place = places.nearest(vector)
        found.append(number if place is None else place)
        places.put(found[-1], vector)
    pairs = [
        (one[0] == other[0], a == b)
        for (one, a), (other, b) in combinations(zip(asked, found, strict=True), 2)
    ]
    together = [same for same, joined in pairs if joined]
    same = [joined for same, joined in pairs if same]
    assert sum(together) / len(together) >= 0.9
    assert sum(same) / len(same) >= 0.5

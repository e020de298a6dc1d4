"""Pinned answers through the engine, with the real models, over three small documents."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from knowledge.answers.conversation import Conversation
from knowledge.answers.engine import Answer
from knowledge.editions.pinned import NewPin, approve_pin, end_pin, propose_pin
from knowledge.editions.switches import Switch, turn_off
from knowledge.service import Service
from tests.small import KEYS, LEAVE, SmallService

NOW = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
LAST = dt.date(2027, 5, 31)
QUESTION = "Where are the building keys at the weekend?"


@pytest.fixture
def guidance(small: SmallService, folder: Path) -> SmallService:
    small.now = lambda: NOW
    small.library.add([folder])
    return small


Pinning = Callable[..., int]


@pytest.fixture
def pin(guidance: SmallService) -> Pinning:
    """Pin a passage for a question, and approve it."""

    def pin(
        question: str = QUESTION, passage: str = "", approved: bool = True, whole: bool = False
    ) -> int:
        digests = {
            stored.passage.id: stored.digest
            for version in guidance.edition().versions
            for stored in version.passages
        }
        name = passage or next(name for name in digests if name.startswith("keys#"))
        new = NewPin(question, name, digests[name], LAST, whole)
        with guidance.store.engine.begin() as connection:
            number = propose_pin(connection, new, "cat", NOW)
            if approved:
                assert approve_pin(connection, number, "ann", NOW)
        return number

    return pin


def ask(service: Service, question: str, before: Conversation | None = None) -> Answer:
    engine = service.dialogue().engine
    return engine.answer(engine.check(question), before)


def test_the_pinned_passage_answers_its_question(guidance: SmallService, pin: Pinning) -> None:
    assert ask(guidance, QUESTION).step != "pinned"
    number = pin()
    answer = ask(guidance, QUESTION)
    assert (answer.status, answer.reason, answer.step) == ("answered", "pinned", "pinned")
    assert answer.pinned == number
    (quote,) = answer.quotes
    assert quote.hit.document.id == "keys"
    assert quote.text in quote.hit.passage.text
    assert answer.decided.passages == (quote.hit.passage.id,)


@pytest.mark.parametrize(
    "asked",
    [
        "where are the building keys at the weekend",
        "Where are the biulding keys at the weekend??",
        "WHERE ARE  THE BUILDING KEYS AT THE WEEKEND",
    ],
)
def test_other_spellings_of_the_question_count_too(
    guidance: SmallService, pin: Pinning, asked: str
) -> None:
    pin()
    assert ask(guidance, asked).step == "pinned"


def test_other_small_words_count_when_the_reader_agrees(
    guidance: SmallService, pin: Pinning
) -> None:
    pin("Who keeps the keys of a building?")
    assert ask(guidance, "Who keeps keys of the building?").step == "pinned"


@pytest.mark.parametrize(
    "asked",
    [
        "Where are the building bells at the weekend?",  # another word that tells
        "When are the building keys at the weekend?",  # another question word
        "Where are the building keys?",
        "Where are no building keys at the weekend?",
    ],
)
def test_a_question_near_to_the_pinned_one_is_another_question(
    guidance: SmallService, pin: Pinning, asked: str
) -> None:
    pin()
    assert ask(guidance, asked).step != "pinned"


def test_the_same_small_change_is_not_enough_when_the_reader_does_not_agree(
    guidance: SmallService, pin: Pinning
) -> None:
    bells = next(
        stored.passage.id
        for version in guidance.edition().versions
        if version.document.id == "bells"
        for stored in version.passages
    )
    pin("Who keeps the keys of a building?", bells)
    assert ask(guidance, "Who keeps the keys of a building").step == "pinned"  # an editor said so
    assert ask(guidance, "Who keeps keys of the building?").step != "pinned"


def test_urgent_messages_requests_for_a_person_and_own_cases_come_first(
    guidance: SmallService, pin: Pinning
) -> None:
    urgent = "I have been suspended this morning, what do I do?"
    person = "Can I talk to a person please?"
    case = (
        "My governors refused my travel leave in writing and I think they treat me unfairly, "
        "what should I do in my case?"
    )
    for question in (urgent, person, case):
        pin(question)
    assert ask(guidance, urgent).status == "urgent"
    assert ask(guidance, person).reason == "asked"
    answer = ask(guidance, case)
    assert (answer.status, answer.step) == ("handoff", "coverage")


def test_a_proposal_does_not_answer_before_it_is_approved(
    guidance: SmallService, pin: Pinning
) -> None:
    number = pin(approved=False)
    assert ask(guidance, QUESTION).step != "pinned"
    with guidance.store.engine.begin() as connection:
        approve_pin(connection, number, "ann", NOW)
    assert ask(guidance, QUESTION).step == "pinned"


def test_a_pin_that_is_ended_answers_no_more_in_any_process(
    guidance: SmallService, pin: Pinning, service: Service
) -> None:
    other = SmallService(guidance.settings.home, service, lambda: NOW)
    number = pin()
    assert ask(other, QUESTION).step == "pinned"
    with guidance.store.engine.begin() as connection:
        end_pin(connection, number, "ann", NOW, "wrong")
    assert ask(other, QUESTION).step != "pinned"
    other.close()


def test_a_pin_ends_by_itself_when_its_last_day_is_over(
    guidance: SmallService, pin: Pinning
) -> None:
    pin()
    assert ask(guidance, QUESTION).step == "pinned"
    guidance.now = lambda: dt.datetime(2027, 6, 1, 9, tzinfo=dt.UTC)
    assert ask(guidance, QUESTION).step != "pinned"


def test_a_pin_whose_passage_says_something_else_by_now_does_not_answer(
    guidance: SmallService, pin: Pinning, folder: Path
) -> None:
    pin()
    assert ask(guidance, QUESTION).step == "pinned"
    (folder / "keys.md").write_text(KEYS.replace("writes down", "does not write down"), "utf-8")
    guidance.library.add([folder])
    assert ask(guidance, QUESTION).step != "pinned"


def test_a_pin_holds_in_the_next_edition_while_its_passage_stays(
    guidance: SmallService, pin: Pinning, folder: Path
) -> None:
    pin()
    (folder / "leave.md").write_text(LEAVE.replace("two days", "three days"), "utf-8")
    guidance.library.add([folder])
    answer = ask(guidance, QUESTION)
    assert answer.step == "pinned"
    assert guidance.edition().number == 2


def test_a_pin_does_not_show_what_is_switched_off_or_past_its_review(
    guidance: SmallService, pin: Pinning
) -> None:
    pin()
    with guidance.store.engine.begin() as connection:
        turn_off(connection, Switch("document", "keys", "wrong", "ann", NOW))
    assert ask(guidance, QUESTION).step != "pinned"


def test_a_question_that_leans_on_the_one_before_it_is_not_a_pinned_one(
    guidance: SmallService, pin: Pinning
) -> None:
    pin("What about keys?")
    before = Conversation(question="How long is travel leave?")
    assert ask(guidance, "What about keys?").step == "pinned"
    assert ask(guidance, "What about keys?", before).step != "pinned"


def test_the_whole_passage_is_quoted_when_an_editor_chose_so(
    guidance: SmallService, pin: Pinning
) -> None:
    pin(whole=True)
    (quote,) = ask(guidance, QUESTION).quotes
    assert quote.text == quote.hit.passage.text


def test_a_turn_still_asks_the_store_one_question(guidance: SmallService, pin: Pinning) -> None:
    pin()
    ask(guidance, QUESTION)
    asked: list[str] = []
    sa.event.listen(
        guidance.store.engine, "before_cursor_execute", lambda *call: asked.append(call[2])
    )
    ask(guidance, QUESTION)
    assert len(asked) == 1


def test_when_pins_cannot_be_read_members_are_answered_without_them(
    guidance: SmallService, pin: Pinning, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin()

    def broken(*_: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("disk I/O error"))

    monkeypatch.setattr("knowledge.service.approved_pins", broken)
    assert ask(guidance, QUESTION).step != "pinned"
    monkeypatch.undo()
    assert ask(guidance, QUESTION).step == "pinned"

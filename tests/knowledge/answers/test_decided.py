"""What decided on a turn says whether the message was a question of its own."""

from knowledge.answers.conversation import Conversation
from knowledge.answers.dialogue import Dialogue
from knowledge.answers.engine import Decided
from tests.small import say


def decided(dialogue: Dialogue, *messages: str) -> Decided:
    first = say(dialogue, *messages).replies[0].decided
    assert first
    return first


def test_a_question_of_its_own(dialogue: Dialogue) -> None:
    assert decided(dialogue, "How much notice does a head give?").asks == "own"


def test_a_question_that_goes_on_from_the_one_before_it(dialogue: Dialogue) -> None:
    found = decided(dialogue, "How much notice does a head give?", "and a deputy?")
    assert found.asks == "follow_up"


def test_a_choice_is_about_the_question_that_waited_for_it(dialogue: Dialogue) -> None:
    asked = dialogue.can_join(dialogue.check("Can I join?"), Conversation())
    turn = dialogue.answer(dialogue.check("business manager"), asked.conversation)
    assert turn.replies[0].decided
    assert turn.replies[0].decided.asks == "earlier"


def test_when_people_take_over_what_was_looked_up_is_still_said(dialogue: Dialogue) -> None:
    asked = "do we need a licence for a raffle at the summer fair"
    first, second = decided(dialogue, asked), decided(dialogue, asked, asked)
    assert (second.status, second.reason) == ("handoff", "not_helped")
    assert (second.step, second.probability) == (first.step, first.probability)
    assert second.passages == first.passages

"""Several questions in one message, over the bundled guidance."""

import pytest

from knowledge.answers.conversation import Conversation
from knowledge.answers.dialogue import Dialogue
from knowledge.answers.several import questions_in
from knowledge.search.searcher import Searcher

NOTICE = "How much notice must a head give to leave in the summer term?"
AREA = "How often are area SEND inspections?"
SENCO = "Can a SENCO join the union?"
UNKNOWN = "Which paint is best for a garden fence?"


@pytest.mark.parametrize(
    "text",
    [
        "Can a SENCO join the union?",
        "Really? Why?",
        "What is off-rolling? Is it against the law?",
        "I am a head in Wales. Can I be dismissed? Why?",
        "I asked the governors what to do? They did not know.",
    ],
)
def test_a_message_that_asks_one_thing_is_left_whole(dialogue: Dialogue, text: str) -> None:
    assert questions_in(text, dialogue.engine.rules.follow_ups.leans) == ()


def test_a_question_that_leans_goes_with_what_stands_before_it(dialogue: Dialogue) -> None:
    text = "What is off-rolling? Why? Can a SENCO join the union?"
    leans = dialogue.engine.rules.follow_ups.leans
    assert questions_in(text, leans) == (
        "What is off-rolling? Why?",
        "Can a SENCO join the union?",
    )


def test_each_covered_question_of_a_message_is_answered_in_its_order(dialogue: Dialogue) -> None:
    turn = dialogue.answer(dialogue.check(f"{AREA} {SENCO}"), Conversation())
    assert [reply.status for reply in turn.replies] == ["answered", "answered"]
    alone = [
        dialogue.answer(dialogue.check(text), Conversation()).replies[0] for text in (AREA, SENCO)
    ]
    assert [reply.text for reply in turn.replies] == [reply.text for reply in alone]
    first, second = (str(reply.notice) for reply in turn.replies)
    assert "the first question" in first
    assert "the second question" in second


def test_the_reply_says_which_question_has_no_answer(dialogue: Dialogue) -> None:
    turn = dialogue.answer(dialogue.check(f"{UNKNOWN} {AREA}"), Conversation())
    assert [reply.status for reply in turn.replies] == ["answered", "not_covered"]
    assert "the second question" in str(turn.replies[0].notice)
    assert "the first question" in turn.replies[1].text
    contact = turn.replies[1].contact
    assert contact is not None
    assert contact["id"] == "advice_line"


def test_at_most_three_questions_are_looked_up(
    dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched = []
    search = Searcher.search

    def count(self: Searcher, query: str, *rest: object) -> object:
        searched.append(query)
        return search(self, query, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Searcher, "search", count)
    turn = dialogue.answer(dialogue.check(f"{AREA} {SENCO} {NOTICE} {UNKNOWN}"), Conversation())
    assert "three questions" in turn.replies[-1].text
    assert len(set(searched)) <= 3


def test_the_last_answered_question_is_remembered(dialogue: Dialogue) -> None:
    turn = dialogue.answer(dialogue.check(f"{AREA} {SENCO}"), Conversation())
    alone = dialogue.answer(dialogue.check(SENCO), Conversation())
    assert turn.conversation == alone.conversation


def test_questions_without_any_answer_get_the_reply_to_the_whole(dialogue: Dialogue) -> None:
    turn = dialogue.answer(dialogue.check(f"{UNKNOWN} Who will win the cup final?"), Conversation())
    assert len(turn.replies) == 1
    assert turn.replies[0].status in ("not_covered", "out_of_scope")

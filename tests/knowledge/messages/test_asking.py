"""What a message asks, told from what stands around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.messages.asking import asking_part
from knowledge.messages.kinds import CHAT, KINDS, MATTERS, ORDINARY, REMARK
from knowledge.messages.model import Judged, MessageModel

QUESTION = "How much notice must a deputy head give?"


@pytest.mark.parametrize(
    "message",
    [
        f"Hello there! {QUESTION}",
        f"{QUESTION} Thanks so much.",
        f"Lovely assembly this morning, the infants sang like larks. {QUESTION} Ta!",
    ],
)
def test_what_is_said_around_a_question_is_left_out(messages: MessageModel, message: str) -> None:
    assert asking_part(message, messages.judge, 0.6) == QUESTION


@pytest.mark.parametrize("message", ["Hello there! Lovely day.", QUESTION, "", "Hi"])
def test_a_message_that_has_one_part_or_asks_nothing_stays_whole(
    messages: MessageModel, message: str
) -> None:
    assert asking_part(message, messages.judge, 0.6) == message


def test_two_questions_both_stay(messages: MessageModel) -> None:
    both = f"{QUESTION} Is PPA time in the pay document?"
    assert asking_part(both, messages.judge, 0.6) == both


def judged(kind: str) -> Judged:
    return Judged({name: float(name == kind) for name in KINDS}, dict.fromkeys(MATTERS, 0.0))


@given(st.lists(st.sampled_from(["Ask me?", "Told you.", "Bye!"]), min_size=1, max_size=6))
def test_what_is_left_are_sentences_of_the_message_in_their_order(told: list[str]) -> None:
    kinds = {"Ask me?": ORDINARY, "Told you.": REMARK, "Bye!": CHAT}
    left = asking_part(" ".join(told), lambda text: judged(kinds[text]), 0.6)
    asking = [sentence for sentence in told if sentence == "Ask me?"]
    assert left == " ".join(asking or told)

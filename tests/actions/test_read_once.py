"""How often a message is read on its way from an action to the answer."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from actions.base import MemberAction
from actions.member import ActionAnswer, ActionChat, ActionFeedback
from knowledge.language.spelling import Spelling
from knowledge.language.text import Words
from knowledge.messages import message as reading
from knowledge.messages.model import MessageModel
from knowledge.messages.nonsense import Nonsense
from knowledge.messages.urgent import UrgentRules
from knowledge.service import Service
from tests.actions.test_actions import run

QUESTION = "How much notise must a headteecher give? I want to leave at Easter."
ONCE = {
    **dict.fromkeys(("clean", "mend", "plain", "urgent", "nonsense"), 1),
    "judged": 3,  # the whole, and each of its two sentences: does it ask anything?
}


@pytest.fixture
def counts(service: Service, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count every call of what reads or checks a message."""
    service.dialogue()
    counted: Counter[str] = Counter()

    def count(owner: Any, attribute: str, name: str) -> None:
        real: Callable[..., Any] = getattr(owner, attribute)

        def counting(*arguments: Any) -> Any:
            counted[name] += 1
            return real(*arguments)

        monkeypatch.setattr(owner, attribute, counting)

    count(reading, "clean", "clean")
    count(Spelling, "mend", "mend")
    count(Words, "plain", "plain")
    count(UrgentRules, "check", "urgent")
    count(MessageModel, "judge", "judged")
    count(Nonsense, "find", "nonsense")
    return counted


@pytest.mark.parametrize("kind", [ActionAnswer, ActionChat, ActionFeedback])
def test_a_message_is_read_and_checked_once_whatever_the_intent(
    service: Service, counts: Counter[str], kind: type[MemberAction]
) -> None:
    replies, _ = run(kind(service), QUESTION, "greet")
    assert [reply["status"] for reply in replies] == ["answered"]
    assert counts == ONCE


def test_each_text_of_a_message_reaches_the_encoder_once(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = service.embedder()
    model._remembered.clear()  # another test may have asked the same
    reached: list[str] = []
    encode = model._run

    def counting(texts: Sequence[str]) -> Any:
        reached.extend(texts)
        return encode(texts)

    monkeypatch.setattr(model, "_run", counting)
    assert run(ActionAnswer(service), QUESTION, "ask_guidance")[0][0]["status"] == "answered"
    message = service.dialogue().engine.reader.read(QUESTION)
    assert message.mended != message.clean
    assert reached == [message.mended]

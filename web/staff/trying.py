"""Asking an edition a question as a member would, and watching how the answer comes about."""

from dataclasses import dataclass, replace

from knowledge.answers.conversation import Conversation
from knowledge.answers.dialogue import Dialogue, Turn
from knowledge.answers.engine import Trace
from knowledge.answers.replies import Reply
from knowledge.answers.work import Checked


@dataclass(frozen=True)
class Tried:
    """What a member would see, and how it came about.

    :param checked: what the message was taken for.
    :param traces: one for each question that was looked up; none when it did not come to that.
    """

    replies: tuple[Reply, ...]
    checked: Checked
    traces: tuple[Trace, ...]

    @property
    def shown(self) -> tuple[Reply, ...]:
        """The replies as members get them: why they are so is not sent."""
        return tuple(replace(reply, decided=None) for reply in self.replies)


def try_question(dialogue: Dialogue, question: str, earlier: str = "") -> Tried:
    """Ask a question; nothing of it is kept.

    :param earlier: what was asked before it in the same conversation.
    """
    conversation = Conversation()
    if earlier:
        conversation = _say(dialogue, earlier, conversation).conversation
    traces: list[Trace] = []
    watched = dialogue.over(dialogue.engine.watched(traces.append))
    turn = _say(watched, question, conversation)
    return Tried(turn.replies, watched.check(question), tuple(traces))


def _say(dialogue: Dialogue, message: str, conversation: Conversation) -> Turn:
    checked = dialogue.check(message)
    first = dialogue.first(checked, conversation)
    return first or dialogue.answer(checked, conversation)

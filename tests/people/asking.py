"""Questions as the chat would keep them."""

from dataclasses import replace

from people.asked import Question

UNANSWERED = Question(
    conversation="one",
    message=None,
    wording="Can I park at school?",
    status="not_covered",
    reason="not_covered",
    step="coverage",
    edition=1,
    probability=0.1,
    considered=("keys#introduction",),
    lack="not_covered",
)
ANSWERED = replace(
    UNANSWERED,
    wording="Who keeps the keys?",
    status="answered",
    reason="covered",
    step="quote",
    shown=("keys#introduction",),
    lack=None,
)


def asked_by(conversation: str, wording: str = "Can I park at school?") -> Question:
    """Give a question of a conversation that guidance did not answer."""
    return replace(UNANSWERED, conversation=conversation, wording=wording)

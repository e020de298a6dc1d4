"""Three small documents, a service of its own over them, and a way to talk to it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from database import utc_now
from knowledge.answers.conversation import Conversation, read_conversation
from knowledge.answers.dialogue import Dialogue, Turn
from knowledge.answers.judges import Rules
from knowledge.messages.model import MessageModel
from knowledge.reading.reader_model import ReaderModel
from knowledge.search.embedding import Embedder
from knowledge.service import Service
from knowledge.settings import Settings

LEAVE = """---
title: Leave for school trips
publisher: The union
published: 2026-01-10
reviewed: 2026-06-10
review_by: 2027-06-10
owner: Travel team
topics: [employment]
---
# Leave for school trips
Leaders can take two days of travel leave before a school trip abroad.

## How to ask
Ask the governing board for travel leave four weeks before the trip starts.
"""
KEYS = """---
title: Keys to the building
publisher: The union
published: 2026-02-01
---
# Keys to the building
The site manager keeps the keys and writes down who borrows them.

## Lost keys
Tell the site manager about lost keys on the same day, and change the locks.
"""
BELLS = """---
title: School bells
publisher: The union
---
# School bells
The bell rings at the start and the end of every lesson.
"""


class SmallService(Service):
    """A service over a data folder of its own, with the session's model and rules."""

    def __init__(
        self,
        home: Path,
        shared: Service,
        now: Callable[[], dt.datetime] = utc_now,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(settings or Settings(home=home), now)
        self.shared = shared

    def embedder(self) -> Embedder:
        return self.shared.embedder()

    def rules(self) -> Rules:
        return self.shared.rules()

    def messages(self) -> MessageModel:
        return self.shared.messages()

    def reader_model(self) -> ReaderModel:
        return self.shared.reader_model()


def say(dialogue: Dialogue, *messages: str) -> Turn:
    """Hold a conversation, and give its last turn."""
    turn = Turn((), Conversation())
    for message in messages:
        before = read_conversation(turn.conversation.saved())
        checked = dialogue.check(message)
        turn = dialogue.urgent(checked, before) or dialogue.answer(checked, before)
    return turn


def documents(turn: Turn) -> list[str]:
    """Give the documents that a turn cites, in order."""
    return [s.passage_id.partition("#")[0] for reply in turn.replies for s in reply.sources]

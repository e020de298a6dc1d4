"""What the tests of this package share: three small documents, a library and a service of them."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.answer import Rules
from knowledge.conversation import Conversation, read_conversation
from knowledge.dialogue import Dialogue, Turn
from knowledge.embedding import Embedder
from knowledge.publish import Library
from knowledge.service import Service, utc_now
from knowledge.settings import Settings
from knowledge.store import Store

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of three small documents."""
    folder = tmp_path / "guidance"
    folder.mkdir()
    for name, text in (("leave", LEAVE), ("keys", KEYS), ("bells", BELLS)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder) -> Iterator[Library]:
    """Give an empty library with the session's model."""
    store = Store(f"sqlite:///{tmp_path / 'advice.db'}")
    yield Library(store, tmp_path / "index", lambda: embedder)
    store.close()


class SmallService(Service):
    """A service over a data folder of its own, with the session's model and rules."""

    def __init__(
        self, home: Path, shared: Service, now: Callable[[], dt.datetime] = utc_now
    ) -> None:
        super().__init__(Settings(home=home), now)
        self.shared = shared

    def embedder(self) -> Embedder:
        return self.shared.embedder()

    def rules(self) -> Rules:
        return self.shared.rules()


@pytest.fixture
def small(tmp_path: Path, service: Service) -> Iterator[SmallService]:
    """Give a service with nothing published."""
    small = SmallService(tmp_path / "home", service)
    yield small
    small.close()


@pytest.fixture(scope="session")
def dialogue(service: Service) -> Dialogue:
    """Give the dialogue over the bundled guidance."""
    return service.dialogue()


def say(dialogue: Dialogue, *messages: str) -> Turn:
    """Hold a conversation, and give its last turn."""
    turn = Turn((), Conversation())
    for message in messages:
        before = read_conversation(turn.conversation.saved())
        turn = dialogue.urgent(message, before) or dialogue.answer(message, before)
    return turn


def documents(turn: Turn) -> list[str]:
    """Give the documents that a turn cites, in order."""
    return [s.passage_id.partition("#")[0] for reply in turn.replies for s in reply.sources]

"""The two ways to put questions to the bot: the engine alone, and the running system."""

from collections.abc import Callable, Sequence
from typing import Any

import httpx

from knowledge.answers.conversation import Conversation
from knowledge.answers.dialogue import Dialogue
from knowledge.errors import ServiceError

Replies = Sequence[dict[str, Any]]
_SECONDS = 60


class EngineBot:
    """Asks the engine in this process; small talk needs Rasa and is left out.

    :param remembers: whether a question is read with the ones before it.
    """

    def __init__(self, dialogue: Dialogue, remembers: bool = True) -> None:
        self.dialogue, self.remembers = dialogue, remembers

    def takes(self, status: str) -> bool:
        """Say whether questions with this expected status can be put to the engine."""
        return status != "chat"

    def start(self) -> Callable[[str], Replies]:
        """Begin a conversation."""
        conversation = Conversation()

        def ask(message: str) -> Replies:
            nonlocal conversation
            before = conversation if self.remembers else Conversation()
            checked = self.dialogue.check(message)
            turn = self.dialogue.urgent(checked, before) or self.dialogue.answer(checked, before)
            conversation = turn.conversation
            return [reply.to_json() for reply in turn.replies]

        return ask


class ChatBot:
    """Asks a running system over HTTP, as the page does.

    :param address: where it runs, such as http://127.0.0.1:8000.
    """

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, timeout=_SECONDS)

    def takes(self, status: str) -> bool:
        """Every question can be put to the running system."""
        return True

    def start(self) -> Callable[[str], Replies]:
        """Begin a conversation."""
        session: str | None = None

        def ask(message: str) -> Replies:
            nonlocal session
            try:
                response = self.client.post("/chat", json={"message": message, "session": session})
                response.raise_for_status()
            except httpx.HTTPError as error:
                raise ServiceError(f"{self.client.base_url} did not answer: {error}") from None
            values = response.json()
            session = values["session"]
            replies: Replies = values["replies"]
            return replies

        return ask

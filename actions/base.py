"""What every action does: urgent matters first, nothing breaks, the memory is kept."""

import asyncio
import logging
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from knowledge.answers.conversation import Conversation, read_conversation
from knowledge.answers.dialogue import Dialogue, Turn
from knowledge.answers.engine import Decided
from knowledge.answers.replies import Reply
from knowledge.answers.work import Checked
from knowledge.service import Service

logger = logging.getLogger(__name__)

Events = list[dict[str, Any]]


class MemberAction(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """An action that replies to the latest message.

    Subclasses give their name and their turn. The `outcome` slot tells Rasa's rules that the
    action ran; without it Rasa falls back on the contact details.
    """

    action_name = ""

    def __init__(self, service: Service) -> None:
        self.service = service

    def name(self) -> str:
        """Give the name that Rasa knows the action by."""
        return self.action_name

    def turn(
        self, dialogue: Dialogue, checked: Checked, intent: str, conversation: Conversation
    ) -> Turn:
        """Reply to one message."""
        raise NotImplementedError

    def _reply(self, text: str, intent: str, conversation: Conversation) -> Turn:
        edition, dialogue = self.service.answering()
        checked = dialogue.check(text)
        # Before the intent counts: Rasa guesses one for anything, a row of emoji too.
        decided = dialogue.first(checked, conversation)
        turn = decided or self.turn(dialogue, checked, intent, conversation)
        return replace(turn, replies=_decided(turn.replies, self.action_name, edition.number))

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Reply to the latest message; a fault of ours becomes contact details, never silence."""
        message = tracker.latest_message or {}
        text = str(message.get("text") or "")
        intent = str((message.get("intent") or {}).get("name") or "")
        conversation = read_conversation(tracker.get_slot("conversation"))
        try:
            # On a thread: the public app shares this process and its event loop.
            turn = await asyncio.to_thread(self._reply, text, intent, conversation)
        except Exception as error:
            # The text of an error can hold the member's words: only its kind is logged.
            logger.error("%s failed: %s", self.action_name, type(error).__name__)
            replies = _decided((self.service.composer.unavailable(),), self.action_name, None)
            turn = Turn(replies, conversation)
        for reply in turn.replies:
            dispatcher.utter_message(json_message=reply.to_json())
        return [
            SlotSet("conversation", turn.conversation.saved()),
            SlotSet("outcome", "done"),
        ]


def _decided(replies: tuple[Reply, ...], action: str, edition: int | None) -> tuple[Reply, ...]:
    """Say of a turn what decided: a step of the engine, or else the action itself."""
    first, *others = replies
    decided = first.decided or Decided(action, first.status, first.reason)
    return (replace(first, decided=replace(decided, edition=edition)), *others)

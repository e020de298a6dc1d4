"""The actions behind the intents."""

from actions.base import MemberAction
from knowledge.answers.conversation import Conversation
from knowledge.answers.dialogue import Dialogue, Turn
from knowledge.answers.work import Checked
from knowledge.service import Service


class ActionAnswer(MemberAction):
    """Answers a question from the guidance."""

    action_name = "action_answer"

    def turn(
        self, dialogue: Dialogue, checked: Checked, intent: str, conversation: Conversation
    ) -> Turn:
        """Look the question up."""
        return dialogue.answer(checked, conversation)


class ActionEligibility(MemberAction):
    """Says who can join."""

    action_name = "action_eligibility"

    def turn(
        self, dialogue: Dialogue, checked: Checked, intent: str, conversation: Conversation
    ) -> Turn:
        """Answer for the role in the message, or ask for it."""
        return dialogue.can_join(checked, conversation)


class ActionHandOff(MemberAction):
    """Passes the member to people."""

    action_name = "action_hand_off"

    def turn(
        self, dialogue: Dialogue, checked: Checked, intent: str, conversation: Conversation
    ) -> Turn:
        """Give the advice line."""
        return dialogue.hand_off(conversation)


class ActionChat(MemberAction):
    """Makes small talk: greetings, thanks, goodbyes, what the bot is and can do."""

    action_name = "action_chat"

    def turn(
        self, dialogue: Dialogue, checked: Checked, intent: str, conversation: Conversation
    ) -> Turn:
        """Say the wording of the intent."""
        return dialogue.chat(intent, checked, conversation)


class ActionFeedback(MemberAction):
    """Takes a yes or no after an answer."""

    action_name = "action_feedback"

    def turn(
        self, dialogue: Dialogue, checked: Checked, intent: str, conversation: Conversation
    ) -> Turn:
        """Count what did not help."""
        return dialogue.feedback(intent == "feedback_yes", checked, conversation)


def member_actions(service: Service) -> tuple[MemberAction, ...]:
    """Give every action, for the action server."""
    kinds = (ActionAnswer, ActionEligibility, ActionHandOff, ActionChat, ActionFeedback)
    return tuple(kind(service) for kind in kinds)

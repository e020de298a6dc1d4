"""What judges a member's message: the rules over its text, and the models."""

from dataclasses import dataclass

from knowledge.answers.coverage import CoverageModel
from knowledge.answers.follow_up import FollowUps
from knowledge.answers.member import MemberRules
from knowledge.messages.model import MessageModel
from knowledge.messages.nonsense import Nonsense
from knowledge.messages.urgent import UrgentRules


@dataclass(frozen=True)
class Rules:
    """The rules over a member's text."""

    urgent: UrgentRules
    nonsense: Nonsense
    follow_ups: FollowUps
    member: MemberRules


@dataclass(frozen=True)
class Models:
    """The models that judge what a message is, and whether the guidance covers it."""

    messages: MessageModel
    coverage: CoverageModel

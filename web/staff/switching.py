"""Switching the bot, a document or a topic off and on: the setting and its row in the audit."""

from dataclasses import dataclass

from knowledge.documents.document import TOPICS
from knowledge.editions.catalogue import listed
from knowledge.editions.switches import Kind, Switch, standing, switches, turn_off, turn_on
from knowledge.errors import AdviceError, UnknownDocument
from knowledge.service import Service
from people.audit import Act, Actor, record
from web.staff.reasons import checked_reason


class UnknownTopic(AdviceError):
    """There is no such topic."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no topic '{name}'. The topics are: {', '.join(TOPICS)}.")


class NotOff(AdviceError):
    """What should be switched on is not off."""

    def __init__(self) -> None:
        super().__init__("This is not switched off, so nothing was changed.")


@dataclass(frozen=True)
class Target:
    """What is switched.

    :param name: of the document or topic; empty for the bot.
    """

    kind: Kind = "bot"
    name: str = ""

    @property
    def subject(self) -> str:
        """What the audit calls it."""
        return f"{self.kind} {self.name}".strip()


def all_off(service: Service) -> list[Switch]:
    """Give all that is off."""
    with service.store.engine.connect() as connection:
        return switches(connection)


def switch_off(service: Service, target: Target, reason: str, by: Actor) -> None:
    """Switch something off for members; every process leaves it out from its next turn on.

    :raises NoReason: if no reason is given.
    :raises UnknownDocument: if no document of the newest edition has the name.
    :raises UnknownTopic: if there is no such topic.
    """
    reason = checked_reason(reason)
    if target.kind == "document" and not _is_published(service, target.name):
        raise UnknownDocument(target.name)
    if target.kind == "topic" and target.name not in TOPICS:
        raise UnknownTopic(target.name)
    with service.store.engine.begin() as connection:
        turn_off(connection, Switch(target.kind, target.name, reason, by.name, service.now()))
        record(connection, by, Act("switched_off", target.subject, reason))


def _is_published(service: Service, document_id: str) -> bool:
    with service.store.engine.connect() as connection:
        number = standing(connection).number
        found = listed(connection, number, document_id) if number else None
    return found is not None and not found.withdrawn


def switch_on(service: Service, target: Target, by: Actor) -> None:
    """Switch something on again.

    :raises NotOff: if it is not off.
    """
    with service.store.engine.begin() as connection:
        if not turn_on(connection, target.kind, target.name):
            raise NotOff
        record(connection, by, Act("switched_on", target.subject))

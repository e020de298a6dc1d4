"""Changes by name, as the address of a page names what could be done to the guidance."""

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.editions.changes import Change, removal, restoring
from knowledge.editions.drafts.changes import change_of
from knowledge.editions.drafts.drafts import Drafts
from knowledge.errors import AdviceError
from knowledge.service import Service


class UnknownChange(AdviceError):
    """An address names a change that there is not."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no change '{name}': it was published, or taken back.")


@dataclass(frozen=True)
class NamedChange:
    """A change that could be made.

    :param name: such as `withdraw:ID`.
    :param kind: the part before the colon; its words stand under `changes` in the wording.
    :param of: the part behind it: of which document or edition.
    """

    name: str
    kind: str
    of: str
    change: Change


def _restore(service: Service, number: str) -> Change:
    if not _is_number(number):
        raise UnknownChange(f"restore:{number}")
    return restoring(service.store.edition(int(number)))


def _publish(service: Service, number: str) -> Change:
    if not _is_number(number):
        raise UnknownChange(f"draft:{number}")
    return change_of([Drafts(service.store.engine).find(int(number))], "")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


_MAKE: dict[str, Callable[[Service, str], Change]] = {
    "withdraw": lambda _, document_id: removal(document_id),
    "restore": _restore,
    "draft": _publish,
}


def change_named(service: Service, name: str) -> NamedChange:
    """Give the change of a name; applying it may raise `UnknownDocument`.

    :raises UnknownChange: if there is no such kind of change.
    :raises UnknownDraft: if there is no draft of this number.
    :raises NotReady: if something is wrong with the draft itself.
    :raises EditionError: if there is no edition of this number.
    """
    kind, _, of = name.partition(":")
    make = _MAKE.get(kind)
    if make is None or not of:
        raise UnknownChange(name)
    return NamedChange(name, kind, of, make(service, of))

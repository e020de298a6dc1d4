"""The passages of the edition that answers, as staff point at them."""

from dataclasses import dataclass

from knowledge.documents.document import Document
from knowledge.editions.edition import StoredPassage
from knowledge.errors import AdviceError, EditionError
from knowledge.service import Service


class UnknownPassage(AdviceError):
    """No passage of the edition that answers has the name."""

    def __init__(self, passage_id: str) -> None:
        super().__init__(
            f"There is no passage '{passage_id}' in what is published now. "
            f"'advice search' shows the names of passages."
        )


@dataclass(frozen=True)
class Placed:
    """A passage and the document it stands in."""

    document: Document
    stored: StoredPassage

    @property
    def trail(self) -> str:
        """The document's title and the headings down to the passage."""
        return " › ".join((self.document.title, *self.stored.passage.headings))


def placed_passages(service: Service) -> dict[str, Placed]:
    """Give every passage by its name; none before anything is published."""
    try:
        versions = service.edition().versions
    except EditionError:
        return {}
    return {
        stored.passage.id: Placed(version.document, stored)
        for version in versions
        for stored in version.passages
    }


def find_passage(service: Service, passage_id: str) -> Placed:
    """Give a passage.

    :raises UnknownPassage: if there is none of this name.
    """
    found = placed_passages(service).get(passage_id)
    if found is None:
        raise UnknownPassage(passage_id)
    return found

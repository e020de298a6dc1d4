"""A question made ready for search: spelled right, with the guidance's own words beside it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.language.spelling import Spelling
from knowledge.language.synonyms import Synonyms, load_synonyms
from knowledge.language.text import clean
from knowledge.search.index import Entry, Index
from knowledge.search.models import everyday_words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True)
class Query:
    """What is searched for.

    :param text: the question, its misspelt words mended; this is what is embedded.
    :param meanings: what the guidance calls things that the question names otherwise.
    """

    text: str
    meanings: tuple[str, ...] = ()


class QuestionReader:
    """Reads questions with the vocabulary of one edition."""

    def __init__(self, index: Index, synonyms: Synonyms | None = None) -> None:
        self._spelling = Spelling(_written_words(index.entries), everyday_words())
        self._synonyms = synonyms or load_synonyms()

    def read(self, question: str) -> Query:
        """Mend the question's spelling and find what else to look for."""
        text = self._spelling.mend(clean(question))
        return Query(text, self._synonyms.meanings(text))


def _written_words(entries: Iterable[Entry]) -> Counter[str]:
    """Count the words of the guidance, lower case, as written."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts.update(_WORD.findall(entry.passage_text.lower()))
    return counts

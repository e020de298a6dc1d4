"""The guidance's own words, which the spelling of questions is mended with."""

from collections import Counter

from knowledge.language.spelling import WORD, Spelling
from knowledge.search.index import Index
from knowledge.search.models import everyday_words


def guidance_spelling(index: Index) -> Spelling:
    """Make the spelling of one edition: of its words, lower case, as written.

    Apostrophes are straight, as `clean` makes a member's.
    """
    counts: Counter[str] = Counter()
    for entry in index.entries:
        counts.update(WORD.findall(entry.passage_text.lower().replace("’", "'")))
    return Spelling(counts, everyday_words())

"""The words that the spelling of messages is mended with."""

from collections import Counter

from knowledge.language.spelling import WORD, Slips, Spelling
from knowledge.language.text import Words
from knowledge.search.index import Index
from knowledge.search.models import everyday_words


def spelling_of(words: Words, slips: Slips, index: Index | None = None) -> Spelling:
    """Make the spelling of one edition: of its words, lower case, as written.

    Apostrophes are straight, as `clean` makes a member's.

    :param slips: which words are mended.
    :param words: those that are often misspelt are mended too, and those that are real stay.
    :param index: the edition's; None mends only these.
    """
    counts = Counter(words.often_misspelt)
    for entry in index.entries if index else ():
        counts.update(WORD.findall(entry.passage_text.lower().replace("’", "'")))
    return Spelling(counts, everyday_words().union(words.real_words), slips)

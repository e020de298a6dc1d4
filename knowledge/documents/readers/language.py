"""Which of the two languages of our guidance a text is written in: English or Welsh."""

import re
from collections.abc import Iterable

# The commonest words of each language, without those that both have or that are letters: a run of
# twenty words of either holds several.
_ENGLISH = frozenset(
    "the of and to in that for you with be are your must this from by not have will or can they "
    "who which their should when what at it was has".split()
)
_WELSH = frozenset(
    "yn yr ac mae eich gan gyda neu bod sydd wedi hyn dylai rhaid cael nad ond fod oes i'r o'r "
    "chi ni ei eu fel bydd gall gellir mewn dros ar y'r a'r hefyd unrhyw rydych ydych".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FEWEST = 3  # common words that decide; below it the file's own word is taken
_CLEAR = 2  # times as many words of one language as of the other


def language_of(texts: Iterable[str], stated: str = "") -> str:
    """Give the language of a text by its commonest words: "cy" for Welsh, "en" for all else.

    What a file states counts only where the words do not decide: pages of both languages often
    carry the language of the template that they were made with.

    :param stated: what the file says, such as "cy-GB".
    """
    words = [word.lower().replace("’", "'") for text in texts for word in _WORD.findall(text)]
    welsh = sum(word in _WELSH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if max(welsh, english) >= _FEWEST and max(welsh, english) >= _CLEAR * min(welsh, english):
        return "cy" if welsh > english else "en"
    return "cy" if stated.lower().partition("-")[0] == "cy" else "en"

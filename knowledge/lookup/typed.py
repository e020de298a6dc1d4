"""What somebody typed into a search: words, exact phrases, and words that must not be there."""

import re
from dataclasses import dataclass

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'"})
_PART = re.compile(r'(?P<minus>(?<!\S)-(?=["\w]))?(?:"(?P<phrase>[^"]+)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Typed:
    """A search as it was typed.

    :param words: all that is looked for, those of phrases too, without any signs.
    :param loose: the words outside quotation marks: these alone may be spelled otherwise.
    :param phrases: what must stand in a passage exactly, folded.
    :param without: words and phrases that may not stand in it, folded.
    """

    words: str = ""
    loose: str = ""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def allows(self, folded: str) -> bool:
        """Say whether a folded text holds every phrase and nothing that it may not."""
        return all(_holds(folded, phrase) for phrase in self.phrases) and not any(
            _holds(folded, other) for other in self.without
        )


def read_typed(text: str) -> Typed:
    """Take apart what was typed; a quotation mark without its other half counts for nothing."""
    words, loose, phrases, without = [], [], [], []
    for part in _PART.finditer(text.translate(_STRAIGHT)):
        said = " ".join((part["phrase"] or part["word"]).split())
        if not any(map(str.isalnum, said)):
            continue
        if part["minus"]:
            without.append(fold(said))
            continue
        words.append(said)
        if part["phrase"]:
            phrases.append(fold(said))
        else:
            loose.append(said)
    return Typed(" ".join(words), " ".join(loose), tuple(phrases), tuple(without))


def fold(text: str) -> str:
    """Give a text as phrases are compared: small letters, straight marks, single spaces."""
    return " ".join(text.translate(_STRAIGHT).casefold().split())


def _holds(folded: str, phrase: str) -> bool:
    """Say whether a phrase stands in a text as whole words."""
    if phrase not in folded:  # a hundred times as quick as the pattern, and nearly always enough
        return False
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", folded) is not None

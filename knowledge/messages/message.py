"""A member's message, read once: every step and every rule is handed the same."""

from dataclasses import dataclass

from knowledge.language.spelling import Spelling
from knowledge.language.text import Words, clean


@dataclass(frozen=True)
class Message:
    """A message in each form that something looks at.

    :param typed: as it came.
    :param clean: the same without what cannot be seen, see `clean`.
    :param mended: the clean text with misspelt words as the guidance spells them; this is judged,
        embedded and searched for.
    :param plain: the mended text's words, for patterns, see `Words.plain`.
    """

    typed: str
    clean: str
    mended: str
    plain: str


class MessageReader:
    """Reads messages."""

    def __init__(self, words: Words, spelling: Spelling) -> None:
        self._words, self._spelling = words, spelling

    def read(self, typed: str) -> Message:
        """Give a message in all its forms."""
        cleaned = clean(typed)
        mended = self._spelling.mend(cleaned)
        return Message(typed, cleaned, mended, self._words.plain(mended))

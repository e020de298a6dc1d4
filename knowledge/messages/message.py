"""A member's message, read once: every step and every rule is handed the same."""

from dataclasses import dataclass

from knowledge.language.spelling import Spelling
from knowledge.language.text import Speller, clean, parts


@dataclass(frozen=True)
class Message:
    """A message in each form that something looks at.

    :param typed: as it came.
    :param clean: the same without what cannot be seen, see `clean`.
    :param mended: the clean text with misspelt words as the guidance spells them; this is what is
        embedded and searched for.
    :param plain: the mended text's words, for patterns, see `Speller.plain`.
    :param parts: the mended text, and each of its sentences if it has several, see `parts`.
    """

    typed: str
    clean: str
    mended: str
    plain: str
    parts: tuple[str, ...]


class MessageReader:
    """Reads messages.

    :param spelling: the spelling of an edition's guidance; None leaves the words as they are.
    """

    def __init__(self, speller: Speller, spelling: Spelling | None = None) -> None:
        self._speller, self._spelling = speller, spelling

    def read(self, typed: str) -> Message:
        """Give a message in all its forms."""
        cleaned = clean(typed)
        mended = self._spelling.mend(cleaned) if self._spelling else cleaned
        return Message(typed, cleaned, mended, self._speller.plain(mended), parts(mended))

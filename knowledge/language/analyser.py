"""Words for BM25: one analyser for the index and for the question."""

import unicodedata
from dataclasses import asdict, dataclass

import Stemmer

from knowledge.errors import EditionError
from knowledge.language.text import WORD

# Words that carry no subject in a question or a passage. Kept short: "not", "before" and "after"
# change what a passage says, so they stay.
_STOP_WORDS = frozenset(
    """a an and are as at be been by can could do does for from had has have he her his how i if in
    into is it its may me my of on or our she should so that thats the their them there they this to
    us was we were what whats when where which who will with would you your""".split()
)


@dataclass(frozen=True)
class AnalyserSettings:
    """What an analyser does to text; saved with the edition that it indexed."""

    version: int = 1
    stemmer: str = "english"


class Analyser:
    """Splits text into lower-case, stemmed words without stop words."""

    def __init__(self, settings: AnalyserSettings | None = None) -> None:
        self.settings = settings or AnalyserSettings()
        if self.settings.version != AnalyserSettings.version:
            raise EditionError(
                f"The index was built by text analyser {self.settings.version}; this release has "
                f"analyser {AnalyserSettings.version}. Run 'advice rebuild'."
            )
        self._stemmer = Stemmer.Stemmer(self.settings.stemmer)

    def words(self, text: str) -> list[str]:
        """Give the words of a text in order, as the index holds them."""
        plain = text.lower()
        if not plain.isascii():
            plain = unicodedata.normalize("NFKD", plain).replace("\u2019", "'")
            plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
        found = (word.removesuffix("'s") for word in WORD.findall(plain))
        return list(self._stemmer.stemWords([word for word in found if word not in _STOP_WORDS]))

    def saved(self) -> dict[str, int | str]:
        """Give the settings as plain values, to be saved with an edition."""
        return asdict(self.settings)

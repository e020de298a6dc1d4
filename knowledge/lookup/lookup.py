"""Looking something up: what was typed, in the bodies of guidance that were chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.documents.document import Document
from knowledge.language.acronyms import Acronym, Acronyms
from knowledge.lookup.body import Body
from knowledge.lookup.folding import Group, Spotted, fold_alike
from knowledge.lookup.typed import Typed, read_typed
from knowledge.messages.message import MessageReader

SHOWN = 10  # groups
_SEARCHED = 20  # passages, of which some say nearly the same


@dataclass(frozen=True)
class Shelf:
    """A body of guidance, and which of its documents may be found.

    :param withdrawn: whether it holds what was withdrawn.
    """

    body: Body
    keep: Callable[[Document], bool]
    withdrawn: bool = False


@dataclass(frozen=True)
class Found:
    """What was found.

    :param searched: the words that were looked for, spelled as the guidance spells them.
    :param groups: the best first.
    :param acronyms: those that were typed, with what they mean.
    :param read: whether the reader has put them in order, or only the search.
    """

    typed: Typed
    searched: str
    groups: tuple[Group, ...]
    acronyms: tuple[Acronym, ...]
    read: bool

    @property
    def mended(self) -> bool:
        """Whether something else was looked for than what was typed."""
        return self.searched.casefold() != self.typed.words.casefold()


def look_up(
    text: str,
    shelves: Sequence[Shelf],
    reader: MessageReader,
    acronyms: Acronyms,
    read: bool,
    is_live: Callable[[Spotted], bool],
) -> Found:
    """Look something up.

    :param text: as it was typed: with exact phrases in quotation marks, and words behind a minus.
    :param shelves: where to look; the first one's words complete what is being typed.
    :param read: have what is shown read, and ordered by that; it takes some ten times as long.
    """
    typed = read_typed(text)
    if not typed.words or not shelves:
        return Found(typed, "", (), acronyms.explain(text), read)
    searched = _searched(typed, reader, shelves[0].body)
    found: list[Spotted] = []
    for shelf in shelves:
        among = shelf.body.among(typed, shelf.keep)
        finder = shelf.body.finder
        if read:
            hits = finder.find(searched, most=_SEARCHED, among=among, read=SHOWN)
        else:
            hits = finder.search(searched, most=_SEARCHED, among=among)
        for hit in hits:
            placed, others = shelf.body.placed(hit, shelf.keep)
            found.append(Spotted(placed, others, shelf.withdrawn))
    found.sort(key=lambda one: -one.hit.score)
    groups = fold_alike(found, is_live)[:SHOWN]
    return Found(typed, searched, groups, acronyms.explain(text), read)


def _searched(typed: Typed, reader: MessageReader, body: Body) -> str:
    """Give the words to look for: those outside quotation marks mended and made whole."""
    if not typed.loose:
        return typed.words
    loose = body.completion.complete(reader.read(typed.loose).mended)
    return " ".join((loose, *typed.phrases))

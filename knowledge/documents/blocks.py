"""What every reader gives: a draft of a document, made of blocks, and what was left out and why."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

BlockKind = Literal["heading", "paragraph", "item", "caption", "row", "quote", "note", "definition"]
LeftOutKind = Literal[
    "menu", "banner", "form", "script", "running header", "about the page", "related", "comments",
    "pointer", "struck", "hidden", "comment", "tracked deletion", "tracked move", "picture", "code",
    "repeated", "empty heading", "field", "embedded object", "macro",
    "outside the main part", "note mark",
]  # fmt: skip
KeptKind = Literal["tracked insertion"]
PlaceUnit = Literal["line", "paragraph"]


@dataclass(frozen=True)
class Place:
    """Where something begins in a source without pages.

    :param unit: lines of a text, of Markdown and of a web page's source; of a Word file the
        paragraphs that are not empty, as Word counts them.
    :param number: from 1.
    """

    unit: PlaceUnit
    number: int

    def __str__(self) -> str:
        return f"{self.unit} {self.number}"


@dataclass(frozen=True)
class Block:
    """One block of a document, in the order of reading.

    A table is a caption, if it has one, and its rows; merged cells are spread over every row and
    column that they cover, so that each row reads alone. A note is a footnote or an admonition; a
    definition is a term with its meaning.

    :param level: 1 to 6 for a heading, the depth of its list from 1 for an item, otherwise 0.
    :param text: the words, white space made normal; a row is "Column: value; Column: value". A
        heading without words ends what stands under the headings of its level and deeper ones, as
        the end of an accordion does.
    :param mark: an item's own mark as its source shows it, such as "3." or "(b)"; empty for a dot.
    :param page: the page on which the block begins, from 1; None where the source has no pages.
    :param place: where it begins in a source without pages, so far as that is known. Blocks that
        differ in it alone are equal.
    """

    kind: BlockKind
    level: int
    text: str
    mark: str = ""
    page: int | None = None
    place: Place | None = field(default=None, compare=False)

    def left_out(self, kind: "LeftOutKind") -> "LeftOut":
        """Give the block as something that is no part of the guidance."""
        return LeftOut(kind, self.text, self.page, self.place)


@dataclass(frozen=True)
class LeftOut:
    """Something of the source that is no part of the guidance.

    :param text: its words, or what describes it when it has none.
    :param page: the page on which it stands, from 1; None where the source has no pages.
    :param place: where it begins in a source without pages, so far as that is known.
    """

    kind: LeftOutKind
    text: str
    page: int | None = None
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Kept:
    """Something that is in the blocks although it may not be final, so that an editor looks at it.

    :param text: its words.
    :param place: where it begins in the source, so far as that is known.
    """

    kind: KeptKind
    text: str
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Draft:
    """A document as read from a file, before anyone has checked it.

    :param id: a suggestion, from the title or the file name.
    :param metadata: what the file itself says, as `parse_metadata` takes it; the rest is missing.
    :param left_out: everything of the source that is not in the blocks, in its order.
    :param kept: what is in the blocks and may not be final, in its order.
    :param saved: when the file was last saved, as it says itself: no date of publication.
    :param language: what the file says of it, such as "cy-GB"; empty when it says nothing.
    """

    id: str
    metadata: dict[str, Any]
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = ()
    kept: tuple[Kept, ...] = ()
    saved: dt.date | None = None
    language: str = ""

    @property
    def title(self) -> str:
        """The title, or an empty text when the file has none."""
        return str(self.metadata.get("title") or "")


def left(kind: LeftOutKind, texts: Iterable[str]) -> tuple[LeftOut, ...]:
    """Give texts that were left out for one reason."""
    return tuple(LeftOut(kind, text) for text in texts)


def placed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of a part that `asdict` made plain, with its place as it was."""
    return {**values, "place": Place(**values["place"]) if values["place"] else None}

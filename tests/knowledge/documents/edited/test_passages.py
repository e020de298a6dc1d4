"""A published document becomes text again without its source."""

from pathlib import Path

import pytest

from knowledge.documents.document import Passage
from knowledge.documents.edited import read_edited, write_edited
from knowledge.documents.edited.passages import blocks_of_passages
from knowledge.documents.passages import Piece, split
from knowledge.documents.readers import read
from knowledge.settings import GUIDANCE_FOLDER
from tests.knowledge.documents.edited.test_round_trip import FIXTURES

LONG_LIST = "Ask first. Bring these:\n" + "\n".join(
    f"- thing {number} with {' '.join(['more'] * 12)} words" for number in range(30)
)


def again(pieces: tuple[Piece, ...], title: str) -> tuple[Piece, ...]:
    passages = [
        Passage(f"a#{piece.anchor}", "a", piece.headings, piece.text, piece.page)
        for piece in pieces
    ]
    text = write_edited(blocks_of_passages(passages))
    return split(read_edited(text).blocks, title)


@pytest.mark.parametrize(
    "path", [*sorted(GUIDANCE_FOLDER.glob("*.md")), *FIXTURES], ids=lambda path: path.name
)
def test_passages_give_the_same_passages_again(path: Path) -> None:
    for draft in read(path):
        pieces = split(draft.blocks, draft.title)
        assert again(pieces, draft.title) == pieces


def test_a_long_list_gets_its_lead_in_once() -> None:
    pieces = split(read_edited(LONG_LIST).blocks, "")
    assert len(pieces) > 1
    assert all("Bring these:" in piece.text for piece in pieces)
    assert again(pieces, "") == pieces


def test_text_after_a_deeper_section_stays_outside_it() -> None:
    words = " ".join(["word"] * 45)
    pieces = split(read_edited(f"## A\n\n### B\n\n{words}.\n\n###\n\n{words} more.").blocks, "")
    assert [piece.headings for piece in pieces] == [("A", "B"), ("A",)]
    assert again(pieces, "") == pieces

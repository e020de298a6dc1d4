"""What is written as the text of a draft reads as the same passages again."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.blocks import Block
from knowledge.documents.edited import read_edited, write_edited
from knowledge.documents.passages import split
from knowledge.documents.readers import read
from knowledge.documents.readers.plain import normal
from knowledge.settings import GUIDANCE_FOLDER

FIXTURES = sorted(
    path
    for path in Path(__file__).parents[1].rglob("*")
    if path.suffix in (".md", ".html", ".txt", ".docx", ".pdf")
)
SIGNS = "ab1. *_~[]()|\\#>-+•!`<&:;\"'é£½²"
WORDS = st.text(SIGNS, min_size=1, max_size=24).map(normal).filter(bool)
PAGES = st.sampled_from([None, 1, 2, 17])
MARKS = st.sampled_from(["", "", "1.", "2)", "(b)", "iv.", "3.1"])
ROWS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3).map(
    lambda cells: "; ".join(f"{name}: {value}" for name, value in cells)
)
TEXTS = ("paragraph", "quote", "note", "caption", "definition")
BLOCKS = st.lists(
    st.one_of(
        st.builds(Block, st.sampled_from(TEXTS), st.just(0), WORDS, page=PAGES),
        st.builds(Block, st.just("heading"), st.integers(1, 6), WORDS | st.just(""), page=PAGES),
        st.builds(Block, st.just("item"), st.integers(1, 3), WORDS, MARKS, PAGES),
        st.builds(Block, st.just("row"), st.just(0), WORDS | ROWS, page=PAGES),
    ),
    max_size=12,
)


def plain(block: Block) -> Block:
    """Give a block as a passage shows it: with its mark in its words, two depths of lists."""
    return replace(
        block, text=f"{block.mark} {block.text}".strip(), mark="", level=min(block.level, 2)
        if block.kind == "item" else block.level,
    )  # fmt: skip


@given(BLOCKS)
def test_any_blocks_read_as_they_were(blocks: list[Block]) -> None:
    edited = read_edited(write_edited(blocks))
    assert list(map(plain, edited.blocks)) == list(map(plain, blocks))
    assert edited.left_out == ()
    assert split(edited.blocks, "A title") == split(blocks, "A title")


@pytest.mark.parametrize(
    "path", [*sorted(GUIDANCE_FOLDER.glob("*.md")), *FIXTURES], ids=lambda path: path.name
)
def test_guidance_of_every_kind_of_file_gives_the_same_passages(path: Path) -> None:
    for draft in read(path):
        edited = read_edited(write_edited(draft.blocks))
        assert split(edited.blocks, draft.title) == split(draft.blocks, draft.title)


def test_what_is_written_again_is_the_same_text() -> None:
    for path in GUIDANCE_FOLDER.glob("*.md"):
        for draft in read(path):
            text = write_edited(draft.blocks)
            assert write_edited(read_edited(text).blocks) == text

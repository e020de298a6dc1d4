import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.blocks import Block
from knowledge.documents.passages import MOST_WORDS, Piece, split
from knowledge.language.sentences import split_sentences


def heading(text: str, level: int = 2) -> Block:
    return Block("heading", level, text)


def paragraph(text: str) -> Block:
    return Block("paragraph", 0, text)


def item(text: str, level: int = 1) -> Block:
    return Block("item", level, text)


def words(count: int, name: str = "word") -> str:
    return f"Every {' '.join(f'{name}{n}' for n in range(count - 2))} counts."


def by_anchor(pieces: tuple[Piece, ...]) -> dict[str, str]:
    return {piece.anchor: piece.text for piece in pieces}


def test_a_passage_keeps_its_heading_trail() -> None:
    blocks = [heading("Leave", 1), heading("Sick leave"), heading("Pay", 3), paragraph(words(20))]
    (piece,) = split(blocks, "Another title")
    assert piece.headings == ("Leave", "Sick leave", "Pay")


def test_the_title_is_left_out_of_the_heading_trail() -> None:
    (piece,) = split([heading("Sick leave", 1), heading("Pay"), paragraph(words(20))], "Sick leave")
    assert piece.headings == ("Pay",)


def test_a_section_that_fits_is_one_passage() -> None:
    blocks = [heading("Pay"), paragraph(words(70, "a")), paragraph(words(80, "b"))]
    (piece,) = split(blocks, "Title")
    assert piece.text == f"{blocks[1].text}\n{blocks[2].text}"


def test_a_long_section_is_cut_between_paragraphs() -> None:
    texts = [words(90, name) for name in "abc"]
    pieces = split([heading("Pay"), *map(paragraph, texts)], "Title")
    assert [piece.text for piece in pieces] == texts


def test_a_long_list_is_cut_between_items_and_repeats_its_lead_in() -> None:
    items = [words(40, f"i{n}x") for n in range(6)]
    blocks = [paragraph("It is fair. You must bring:"), *map(item, items)]
    pieces = split(blocks, "Title")
    assert len(pieces) > 1
    assert pieces[0].text.startswith("It is fair. You must bring:\n• ")
    assert all(piece.text.startswith("You must bring:\n• ") for piece in pieces[1:])
    assert re.findall(r"• (.*)", "\n".join(piece.text for piece in pieces)) == items


def test_a_list_inside_a_list_has_its_own_mark() -> None:
    (piece,) = split([paragraph("Bring:"), item("letters from:"), item("the trust", 2)], "Title")
    assert piece.text == "Bring:\n• letters from:\n◦ the trust"


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    sentences = [words(50, name) for name in "abcd"]
    pieces = split([paragraph(" ".join(sentences))], "Title")
    assert len(pieces) > 1
    assert [s.text for p in pieces for s in split_sentences(p.text)] == sentences


def test_a_lead_in_right_above_headings_joins_their_trails() -> None:
    blocks = [
        paragraph("Members agreed it. We campaign to:"),
        heading("Cut workload"),
        item("ask for funding"),
        heading("Raise pay"),
        item("ask the review body"),
    ]
    pieces = split(blocks, "Title")
    assert pieces[0].text == "Members agreed it."
    assert [piece.headings for piece in pieces[1:]] == [
        ("We campaign to:", "Cut workload"),
        ("We campaign to:", "Raise pay"),
    ]


def test_a_section_that_is_useless_alone_joins_the_next_one() -> None:
    blocks = [heading("Note"), paragraph("Read this first."), heading("Pay"), paragraph(words(30))]
    (piece,) = split(blocks, "Title")
    assert piece.headings == ("Pay",)
    assert piece.text == f"Note\nRead this first.\n{words(30)}"


def test_a_short_section_with_a_telephone_number_stays_alone() -> None:
    blocks = [
        heading("Call"),
        paragraph("Phone 020 7946 0100."),
        heading("Pay"),
        paragraph(words(30)),
    ]
    assert list(by_anchor(split(blocks, "Title"))) == ["call", "pay"]


def test_an_anchor_stays_when_other_sections_change() -> None:
    pay = [heading("Your pay"), paragraph(words(30, "pay"))]
    before = [heading("Leave"), paragraph(words(30, "leave")), *pay]
    after = [heading("Hours"), paragraph(words(200, "hours")), *pay]
    assert by_anchor(split(before, "T"))["your-pay"] == by_anchor(split(after, "T"))["your-pay"]


def test_two_headings_with_the_same_text_get_different_anchors() -> None:
    blocks = [
        heading("Heads"), heading("Pay", 3), paragraph(words(20)),
        heading("Teachers"), heading("Pay", 3), paragraph(words(20)),
    ]  # fmt: skip
    assert [piece.anchor for piece in split(blocks, "Title")] == ["pay", "teachers-pay"]


TEXTS = st.lists(
    st.sampled_from(["pay", "Leave", "ends.", "0300", "ask:", "why?"]), min_size=1, max_size=60
)
BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from(["heading", "paragraph", "item"]),
        st.integers(1, 4),
        TEXTS.map(" ".join),
    ),
    max_size=25,
)


@given(BLOCKS)
def test_every_text_of_the_document_is_in_a_passage_or_a_trail(blocks: list[Block]) -> None:
    pieces = split(blocks, "Title")
    everything = " ".join(" ".join([*piece.headings, piece.text]) for piece in pieces)
    for block in blocks:
        if block.kind == "item":
            assert block.text in everything
        elif block.kind == "paragraph":
            found = " ".join(everything.replace("\n", " ").split())
            assert all(s.text in found for s in split_sentences(block.text))


@given(BLOCKS)
def test_anchors_are_unique_and_only_one_sentence_is_longer_than_a_passage(
    blocks: list[Block],
) -> None:
    pieces = split(blocks, "Title")
    assert len({piece.anchor for piece in pieces}) == len(pieces)
    for piece in pieces:
        longest = max(len(line.split()) for line in piece.text.split("\n"))
        assert piece.text.strip()
        assert len(piece.text.split()) <= MOST_WORDS + longest


def test_a_lead_in_that_leads_into_nothing_is_kept() -> None:
    blocks = [
        Block("heading", 1, "Pay"),
        Block("paragraph", 0, "Before you ask:"),
        Block("heading", 1, "Leave"),
    ]

    assert [piece.text for piece in split(blocks, "Work")] == ["Before you ask:"]


def row(text: str) -> Block:
    return Block("row", 0, text)


def test_an_item_keeps_its_own_mark() -> None:
    (piece,) = split([paragraph("Do this:"), Block("item", 1, "Write", "3.")], "Title")
    assert piece.text == "Do this:\n• 3. Write"


def test_a_caption_leads_into_its_rows() -> None:
    blocks = [
        paragraph("Days off."),
        Block("caption", 0, "Small schools"),
        row("Years: 1; Days: 5"),
    ]
    (piece,) = split(blocks, "Title")
    sentences = split_sentences(piece.text)
    assert sentences[sentences[-1].lead_in or 0].text == "Small schools"


def test_a_caption_is_repeated_where_its_table_is_cut() -> None:
    rows = [row(words(40, f"r{n}x")) for n in range(6)]
    pieces = split([Block("caption", 0, "Small schools"), *rows], "Title")
    assert len(pieces) > 1
    assert all(piece.text.startswith("Small schools\n• ") for piece in pieces)


def test_the_caption_of_a_picture_leads_into_nothing() -> None:
    items = [item(words(40, f"i{n}x")) for n in range(6)]
    pieces = split([Block("caption", 0, "Our office"), *items], "Title")
    assert sum("Our office" in piece.text for piece in pieces) == 1


def test_the_title_of_a_note_stays_with_the_note() -> None:
    note = [Block("note", 0, "In Wales"), Block("note", 0, words(60, "n"))]
    pieces = split([paragraph(words(100, "a")), *note, paragraph(words(100, "b"))], "Title")
    assert any(f"In Wales\n{note[1].text}" in piece.text for piece in pieces)


def test_a_heading_without_words_ends_what_stands_under_the_one_before() -> None:
    blocks = [
        heading("Leave"),
        heading("Wales", 3),
        paragraph(words(20, "w")),
        heading("", 3),
        paragraph(words(20, "all")),
    ]
    assert [piece.headings for piece in split(blocks, "T")] == [("Leave", "Wales"), ("Leave",)]


def test_a_piece_says_on_which_page_it_begins() -> None:
    blocks = [
        Block("heading", 2, "Pay", page=3),
        Block("paragraph", 0, words(100, "a"), page=4),
        Block("paragraph", 0, words(100, "b"), page=5),
    ]
    assert [piece.page for piece in split(blocks, "T")] == [4, 5]


def test_a_list_that_goes_on_over_pages_says_where_each_piece_begins() -> None:
    items = [Block("item", 1, words(40, f"i{n}x"), page=n + 1) for n in range(6)]
    pages = [piece.page for piece in split(items, "T")]
    assert pages[0] == 1
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert len(set(pages)) == len(pages)


def test_a_source_without_pages_gives_none() -> None:
    assert split([paragraph(words(20))], "T")[0].page is None

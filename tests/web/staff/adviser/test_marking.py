"""Marked text: nothing of it is lost, and lists stay lists."""

from hypothesis import given
from hypothesis import strategies as st

from web.staff.adviser.marking import marked_lines, spans_of


def marked(text: str, *phrases: str) -> list[str]:
    lines = marked_lines(text, spans_of(text, phrases))
    return [
        ("- " if line.item else "")
        + "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in line.pieces)
        for line in lines
    ]


def test_phrases_are_marked_whatever_their_case() -> None:
    assert marked("Keys: ask for keys.", "keys") == ["[Keys]: ask for [keys]."]


def test_a_mark_over_several_lines_leaves_paragraphs_and_items_as_they_are() -> None:
    text = "Bring:\n• a form\n• a pen\n\nThen wait."
    spans = [(0, text.index("\n\nThen"))]
    lines = marked_lines(text, spans)
    assert [line.item for line in lines] == [False, True, True, False]
    assert ["".join(p.text for p in line.pieces if p.marked) for line in lines] == [
        "Bring:",
        "a form",
        "a pen",
        "",
    ]


def test_phrases_that_overlap_are_one_mark() -> None:
    assert marked("sick pay day", "sick pay", "pay day") == ["[sick pay day]"]


@given(st.text(alphabet="ab \n•İ"), st.lists(st.text(alphabet="abİ", max_size=3), max_size=3))
def test_no_letter_is_lost_or_doubled(text: str, phrases: list[str]) -> None:
    lines = marked_lines(text, spans_of(text, phrases))
    shown = "".join(piece.text for line in lines for piece in line.pieces)
    kept = [line.removeprefix("• ") for line in text.split("\n") if line.strip()]
    assert shown == "".join(kept)

import time

import pytest

from knowledge.editions.differences import Piece, differences

BEFORE = "You may ask for leave.\n• Write to your head\n• Wait ten days\nKeep a copy."
AFTER = "You may ask for paid leave.\n• Write to your governors\n• Wait ten days\nKeep a copy."


def after_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "removed")


def before_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "added")


def test_words_that_came_and_went_are_told_apart() -> None:
    pieces = differences(BEFORE, AFTER)

    assert [(piece.kind, piece.text.strip()) for piece in pieces] == [
        ("same", "You may ask for"),
        ("added", "paid"),
        ("same", "leave.\n• Write to your"),
        ("removed", "head"),
        ("added", "governors"),
        ("same", "• Wait ten days\nKeep a copy."),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE, AFTER),
        (AFTER, BEFORE),
        ("", AFTER),
        (BEFORE, ""),
        ("", ""),
        ("one two", "one  two"),
        ("one\n\n\ntwo ", " one\ntwo"),
        ("a b c d e f g", "h b i d j f k"),
        ("All in one line. And more.", "All in one line.\nAnd more."),
    ],
)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = differences(before, after)

    assert after_of(pieces) == after
    assert "".join(before_of(pieces).split()) == "".join(before.split())


def test_equal_texts_are_one_piece() -> None:
    assert differences(BEFORE, BEFORE) == (Piece("same", BEFORE),)
    assert differences("", "") == ()


def test_other_spaces_are_no_difference_but_other_lines_are() -> None:
    assert {piece.kind for piece in differences("one  two", "one two")} == {"same"}
    assert {piece.kind for piece in differences("one two", "one\ntwo")} != {"same"}


def test_a_few_words_alike_by_chance_do_not_tear_two_sentences_apart() -> None:
    before = "Ring the duty officer of the union before noon today."
    after = "Send a letter to the secretary of the trust within a fortnight please."

    assert [piece.kind for piece in differences(before, after)] == ["removed", "added"]


def test_a_figure_that_changed_is_all_that_is_marked() -> None:
    pieces = differences("It is 14 days from the day.", "It is 28 days from the day.")

    changed = [(piece.kind, piece.text.strip()) for piece in pieces if piece.kind != "same"]
    assert changed == [("removed", "14"), ("added", "28")]


def test_a_word_that_is_in_every_line_is_compared_all_the_same() -> None:
    before = "\n".join(f"the rule {number} of the school" for number in range(400))
    after = before.replace("rule 200 of the school", "rule 200 of a school")

    changed = [piece for piece in differences(before, after) if piece.kind != "same"]

    assert [(piece.kind, piece.text.strip()) for piece in changed] == [
        ("removed", "the"),
        ("added", "a"),
    ]


def test_one_change_in_a_long_document_takes_no_time() -> None:
    before = "\n".join(f"Paragraph {number} says the same of the leave." for number in range(6000))
    after = before.replace("Paragraph 3000 says", "Paragraph 3000 once said")

    began = time.perf_counter()
    pieces = differences(before, after)

    assert [piece.kind for piece in pieces] == ["same", "removed", "added", "same"]
    assert time.perf_counter() - began < 2


def test_a_document_written_anew_is_shown_whole_instead_of_keeping_the_page_waiting() -> None:
    before = " ".join(f"old{number} the" for number in range(5000))
    after = " ".join(f"new{number} the" for number in range(5000))

    began = time.perf_counter()

    assert differences(before, after) == (Piece("removed", before), Piece("added", after))
    assert time.perf_counter() - began < 2

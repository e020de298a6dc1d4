from hypothesis import given
from hypothesis import strategies as st

from knowledge.lookup.typed import fold, read_typed


def test_words_phrases_and_what_must_not_be_there_are_told_apart() -> None:
    typed = read_typed('notice "by 30  April" for a head -maternity -"sick pay"')
    assert typed.words == "notice by 30 April for a head"
    assert typed.loose == "notice for a head"
    assert typed.phrases == ("by 30 april",)
    assert typed.without == ("maternity", "sick pay")


def test_a_hyphen_inside_a_word_or_by_itself_leaves_nothing_out() -> None:
    typed = read_typed("off-rolling - co-ordinator 2-4")
    assert typed.without == ()
    assert typed.words == "off-rolling co-ordinator 2-4"


def test_curly_marks_are_as_good_as_straight_ones() -> None:
    assert read_typed("“head’s notice”").phrases == ("head's notice",)


def test_a_phrase_that_is_not_closed_yet_counts_as_words() -> None:
    assert read_typed('"directed ti').words == "directed ti"
    assert read_typed('"directed ti').phrases == ()


def test_a_phrase_is_found_as_whole_words_whatever_the_case_and_line_ends() -> None:
    typed = read_typed('"the head"')
    assert typed.allows(fold("Ask The\nHead first."))
    assert not typed.allows(fold("Ask the headteacher first."))


def test_what_must_not_be_there_keeps_a_passage_out() -> None:
    typed = read_typed("leave -pay")
    assert not typed.allows(fold("Leave without pay."))
    assert typed.allows(fold("Leave for repayments."))


@given(st.text())
def test_whatever_is_typed_is_read(text: str) -> None:
    typed = read_typed(text)
    assert '"' not in typed.words
    typed.allows(fold(text))

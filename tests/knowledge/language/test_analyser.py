import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import EditionError
from knowledge.language.analyser import Analyser, AnalyserSettings


def test_forms_of_a_word_become_the_same_word() -> None:
    words = Analyser().words("resigning resigned resigns")
    assert len(set(words)) == 1


def test_a_possessive_is_its_word() -> None:
    assert Analyser().words("the school's governor’s") == Analyser().words("school governor")


def test_words_without_a_subject_are_left_out() -> None:
    assert Analyser().words("What is the notice?") == ["notic"]


def test_words_that_change_the_meaning_stay() -> None:
    assert Analyser().words("not before after") == ["not", "befor", "after"]


def test_accents_do_not_matter() -> None:
    assert Analyser().words("café résumé") == Analyser().words("cafe resume")


def test_an_analyser_of_another_release_is_refused() -> None:
    with pytest.raises(EditionError, match="advice rebuild"):
        Analyser(AnalyserSettings(version=99))


def test_the_saved_settings_make_the_same_analyser() -> None:
    analyser = Analyser()
    assert Analyser(AnalyserSettings(**analyser.saved())).saved() == analyser.saved()  # type: ignore[arg-type]


@given(st.text())
def test_capital_letters_do_not_matter_in_any_ascii_text(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert Analyser().words(plain.upper()) == Analyser().words(plain.lower())

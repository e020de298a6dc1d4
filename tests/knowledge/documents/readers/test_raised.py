"""Which raised figures are exponents, whatever notes a document has."""

import pytest

from knowledge.documents.readers.raised import is_exponent


@pytest.mark.parametrize(
    ("before", "figure"),
    [("90 m", "2"), ("90m", "3"), ("a square foot", "2"), ("2 × 10", "6"), ("25 kg/m", "3")],
)
def test_a_figure_after_a_unit_or_a_power_of_ten_is_an_exponent(before: str, figure: str) -> None:
    assert is_exponent(figure, before)


@pytest.mark.parametrize(
    ("before", "figure"),
    [("within 10", "2"), ("all teams", "2"), ("the exam", "2"), ("90 m", "1"), ("", "2")],
)
def test_a_figure_after_a_word_or_a_plain_number_need_not_be(before: str, figure: str) -> None:
    assert not is_exponent(figure, before)

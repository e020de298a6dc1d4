import pytest

from knowledge.documents.blocks import Block, Draft, LeftOut
from knowledge.documents.readers.loss import lost_share


def draft(*left_out: LeftOut) -> Draft:
    return Draft("leave", {}, (Block("paragraph", 0, "Ask your governors early."),), left_out)


def test_a_page_that_loses_nothing_has_no_lost_share() -> None:
    assert lost_share(draft()) == 0


def test_menus_and_struck_words_are_no_loss() -> None:
    menu = LeftOut("menu", "Home News Jobs Contact")
    assert lost_share(draft(menu, LeftOut("struck", "28 days"))) == 0


def test_words_that_fell_out_for_other_reasons_are_counted() -> None:
    lost = LeftOut("outside the main part", "Ring us at once please")
    assert lost_share(draft(lost)) == pytest.approx(5 / 9)


def test_a_page_of_which_nothing_is_left_has_lost_everything() -> None:
    assert lost_share(Draft("leave", {}, (), (LeftOut("pointer", "Click here."),))) == 1


def test_an_empty_page_has_lost_nothing() -> None:
    assert lost_share(Draft("leave", {}, ())) == 0

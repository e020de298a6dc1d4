from pathlib import Path

import pytest

from knowledge.errors import RulesError
from knowledge.language.synonyms import Synonyms, load_synonyms

FORMS = {"multi-academy trust": ["mat"], "maternity leave": ["mat leave"], "dismissed": ["sacked"]}


def test_a_members_word_gives_the_guidances() -> None:
    assert Synonyms(FORMS).meanings("I was SACKED") == ("dismissed",)


def test_the_longest_form_wins() -> None:
    assert Synonyms(FORMS).meanings("when does mat leave start") == ("maternity leave",)


def test_a_form_inside_a_word_is_not_a_form() -> None:
    assert Synonyms(FORMS).meanings("a format for mates") == ()


def test_what_the_question_says_already_is_not_added() -> None:
    assert Synonyms(FORMS).meanings("sacked, that is dismissed") == ()


def test_without_synonyms_nothing_is_added() -> None:
    assert Synonyms({}).meanings("sacked") == ()


def test_the_product_knows_the_short_forms_of_schools() -> None:
    assert "requires improvement" in load_synonyms().meanings("we are an RI school")


def test_no_form_has_two_meanings_in_the_products_file() -> None:
    synonyms = load_synonyms()
    assert [form for form, meanings in synonyms.forms.items() if len(meanings) > 1] == []


def test_a_broken_file_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.yml"
    path.write_text("synonyms:\n  dismissed: sacked\n", encoding="utf-8")
    with pytest.raises(RulesError, match="dismissed"):
        load_synonyms(path)

from pathlib import Path

import pytest

from knowledge.errors import RulesError
from knowledge.language.acronyms import load_acronyms


def shorts(text: str) -> list[str]:
    return [acronym.short for acronym in load_acronyms().explain(text)]


def test_acronyms_are_explained_once_and_in_order() -> None:
    (first, second) = load_acronyms().explain("Can a SENCO be an ECT? SENCO!")
    assert (first.short, first.meanings) == ("SENCO", ("special educational needs co-ordinator",))
    assert second.meanings == ("early career teacher",)


def test_every_acronym_that_advisers_named_is_known() -> None:
    named = "SEND SENCO AP EHE TLR PPA MAT URN ECT STPCD"
    assert shorts(named) == named.split()


def test_small_letters_count_too_unless_they_make_a_word() -> None:
    assert shorts("our senco, mat and tlr") == ["SENCO", "MAT", "TLR"]
    assert shorts("send the kit to the pan") == []
    assert shorts("SEND KIT") == ["SEND", "KIT"]


def test_several_of_one_are_explained_and_an_acronym_that_ends_like_that_is_itself() -> None:
    assert shorts("SENCOs ects") == ["SENCO", "ECT"]
    assert shorts("SATs") == ["SATS"]


def test_an_acronym_may_mean_several_things() -> None:
    (ap,) = load_acronyms().explain("AP")
    assert ap.meanings == ("alternative provision", "assistant principal")


def test_a_file_without_a_list_of_meanings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "acronyms.yml"
    path.write_text("acronyms: {EHE: home education}\nwords: [EHE]\n")
    with pytest.raises(RulesError, match="EHE"):
        load_acronyms(path)

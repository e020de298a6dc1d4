import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.sentences import ITEM_MARKS, split_sentences

GUIDANCE_TEXT = st.text(alphabet="Aab1 .?!:;,\n•◦“”’()£\u00a0é-", max_size=80) | st.text()


def texts(passage: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(passage)]


def test_a_paragraph_is_split_at_its_full_stops() -> None:
    assert texts("Keep a copy. Who told you? Ask today!") == [
        "Keep a copy.",
        "Who told you?",
        "Ask today!",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The right is in s.10 of the Act and in s. 12 too.",
        "Form No. 4 must go to Mr. Patel and Dr. J. Lowe.",
        "Bring papers, e.g. Your contract or i.e. Payslips.",
        "Be there between 9 a.m. and 4.30 p.m. on 4-6 May.",
        "Pay rose by 2.5 per cent, see para. 7 and reg. 3.",
        "Phone 020 7946 0100 or email help.desk@example.org.uk today.",
        "The U.K. Government pays.",
        "1. Write to the governors",
    ],
)
def test_abbreviations_numbers_and_addresses_do_not_end_a_sentence(sentence: str) -> None:
    assert texts(sentence) == [sentence]


def test_a_short_answer_is_a_sentence_of_its_own() -> None:
    assert texts("No. GOV.UK. You must ask first.") == ["No.", "GOV.UK.", "You must ask first."]


def test_closing_quotes_and_brackets_stay_with_their_sentence() -> None:
    assert texts("She said: “We act for children.” (It was late.) Then she left.") == [
        "She said: “We act for children.”",
        "(It was late.)",
        "Then she left.",
    ]


def test_a_question_inside_a_sentence_does_not_end_it() -> None:
    assert texts("Asking “why me?” is normal.") == ["Asking “why me?” is normal."]


def test_a_list_item_is_one_sentence_without_its_mark() -> None:
    (item,) = split_sentences("• Tell the chair. Then tell the trust")
    assert (item.kind, item.text) == ("item", "Tell the chair. Then tell the trust")


def test_an_item_knows_the_sentence_that_leads_into_its_list() -> None:
    found = split_sentences("Plan ahead. Bring these:\n• your letter\n• your notes")
    assert [sentence.lead_in for sentence in found] == [None, None, 1, 1]


def test_an_inner_item_is_led_in_by_the_item_around_it() -> None:
    found = split_sentences("Bring:\n• letters from:\n◦ the school\n◦ the trust\n• notes")
    assert [sentence.lead_in for sentence in found] == [None, 0, 1, 1, 0]


def test_a_list_after_a_full_stop_has_no_lead_in() -> None:
    assert [s.lead_in for s in split_sentences("That is all.\n• notes")] == [None, None]


@given(GUIDANCE_TEXT)
def test_every_sentence_is_the_exact_text_at_its_place(text: str) -> None:
    assert all(text[s.start : s.end] == s.text and s.text for s in split_sentences(text))


@given(GUIDANCE_TEXT)
def test_sentences_follow_each_other_and_leave_out_only_space_and_marks(text: str) -> None:
    end = 0
    for sentence in split_sentences(text):
        assert sentence.start >= end
        assert text[end : sentence.start].strip() in ("", *(mark.strip() for mark in ITEM_MARKS))
        end = sentence.end
    assert text[end:].strip() in ("", *(mark.strip() for mark in ITEM_MARKS))


@given(GUIDANCE_TEXT)
def test_a_lead_in_stands_before_its_item(text: str) -> None:
    for place, sentence in enumerate(split_sentences(text)):
        assert sentence.lead_in is None or 0 <= sentence.lead_in < place

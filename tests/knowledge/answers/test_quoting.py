from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from knowledge.answers import quoting
from knowledge.answers.quoting import Quote
from knowledge.documents.document import Document, Passage
from knowledge.language.sentences import split_sentences
from knowledge.search.searcher import Hit
from knowledge.tuning import load_tuning

LIST = "You may bring:\n• a colleague\n• a union official\n• a friend from work."

LIMITS = replace(load_tuning().quoting, drop=0.4)


def quote(found: Hit) -> Quote:
    return quoting.quote(found, LIMITS)


def choose_quotes(hits: Sequence[Hit]) -> tuple[Quote, ...]:
    return quoting.choose_quotes(hits, LIMITS)


def hit(text: str, scores: Sequence[float], score: float = 1.0, document: str = "pets") -> Hit:
    """A hit whose sentences have these scores; further sentences have the last one."""
    sentences = split_sentences(text)
    every = [*scores, *[scores[-1]] * len(sentences)][: len(sentences)]
    return Hit(
        passage=Passage(f"{document}#{len(text)}", document, (), text),
        document=Document(document, document),
        sentences=sentences,
        score=score,
        dense=score,
        best_sentence=max(every, default=0.0),
        words=0.0,
        sentence_scores=tuple(every),
    )


def words(number: int, start: str = "Word") -> str:
    return " ".join([start, *["word"] * (number - 1)]) + "."


def test_the_best_sentence_is_quoted_as_it_stands() -> None:
    assert quote(hit("Cats sleep. Dogs  bark. Cows eat.", [0.1, 0.9, 0.1])).text == "Dogs  bark."


def test_sentences_between_which_nothing_is_left_out_stay_joined() -> None:
    assert quote(hit("Cats sleep.\nDogs bark.", [0.9, 0.8])).text == "Cats sleep.\nDogs bark."


def test_a_gap_is_marked() -> None:
    text = quote(hit("Cats sleep. Dogs bark. Cows eat.", [0.9, 0.1, 0.9])).text
    assert text == "Cats sleep.\n[…]\nCows eat."


def test_a_sentence_that_leans_on_the_one_before_brings_it() -> None:
    found = hit("Cats sleep all day. They hunt at night. Cows eat.", [0.2, 0.9, 0.1])
    assert quote(found).text == "Cats sleep all day. They hunt at night."


def test_a_list_item_brings_its_lead_in() -> None:
    text = quote(hit(LIST, [0.1, 0.1, 0.9, 0.1])).text
    assert text.startswith("You may bring:")
    assert "• a union official" in text


def test_a_lead_in_brings_its_list() -> None:
    assert quote(hit(LIST, [0.9, 0.1, 0.1, 0.1])).text == LIST


def test_a_list_is_made_whole_before_other_sentences_take_its_words() -> None:
    items = "\n".join(f"• {words(20)}" for _ in range(3))
    found = hit(f"You may bring:\n{items}\n{words(30)}", [0.1, 0.9, 0.1, 0.1, 0.8])
    assert quote(found).text == f"You may bring:\n{items}"


def test_a_list_may_take_a_few_words_more_to_be_whole() -> None:
    items = "\n".join(f"• {words(19)}" for _ in range(4))
    assert not quote(hit(f"You may bring:\n{items}", [0.1, 0.9])).cuts_a_list


def test_a_list_that_is_too_long_is_cut_and_marked() -> None:
    items = "\n".join(f"• {words(30)}" for _ in range(4))
    found = quote(hit(f"You may bring:\n{items}", [0.1, 0.1, 0.1, 0.9]))
    assert found.cuts_a_list
    assert "[…]" in found.text


def test_words_are_not_shared_when_that_would_cut_a_list() -> None:
    items = "\n".join(f"• {words(20)}" for _ in range(3))
    best = hit(f"You may bring:\n{items}", [0.1, 0.9], 1.0)
    quotes = choose_quotes([best, hit(words(10), [0.9], 0.99)])
    assert [each.words for each in quotes] == [66, 10]


def test_a_second_passage_is_not_quoted_with_half_of_its_list() -> None:
    items = "\n".join(f"• {words(20)}" for _ in range(3))
    other = hit(f"You may bring:\n{items}", [0.1, 0.9], 0.9)
    assert len(choose_quotes([hit(words(40), [0.9], 1.0), other])) == 1


def test_a_quote_keeps_to_its_words() -> None:
    found = hit(" ".join([words(30)] * 5), [0.9])
    assert quote(found).words == 60


def test_a_longer_sentence_is_never_cut() -> None:
    assert quote(hit(words(100), [0.9])).words == 100


def test_a_second_passage_of_the_document_is_quoted_with_the_words_left() -> None:
    quotes = choose_quotes([hit(words(50), [0.9], 1.0), hit(words(20), [0.9], 0.9)])
    assert [each.words for each in quotes] == [50, 20]


def test_two_passages_that_score_the_same_share_the_words() -> None:
    long = " ".join([words(20)] * 4)
    quotes = choose_quotes([hit(long, [0.9], 1.0), hit(long, [0.9], 0.99)])
    assert [each.words for each in quotes] == [40, 40]


def test_a_passage_of_another_document_is_not_quoted_beside() -> None:
    quotes = choose_quotes([hit(words(9), [0.9]), hit(words(9), [0.9], document="farms")])
    assert len(quotes) == 1


def test_a_second_passage_far_below_is_not_quoted() -> None:
    assert len(choose_quotes([hit(words(9), [0.9], 1.0), hit(words(9), [0.9], 0.5)])) == 1


def test_a_second_passage_that_does_not_fit_leaves_the_first_whole() -> None:
    long = " ".join([words(20)] * 4)
    quotes = choose_quotes([hit(long, [0.9], 1.0), hit(words(70), [0.9], 0.99)])
    assert [each.words for each in quotes] == [80]


def test_without_hits_there_is_nothing_to_quote() -> None:
    assert choose_quotes([]) == ()


@given(
    st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=8).map("\n".join),
    st.lists(st.floats(-1, 1), min_size=1, max_size=8),
)
def test_every_quoted_run_is_in_the_passage_as_it_stands(text: str, scores: list[float]) -> None:
    found = hit(text, scores)
    for start, end in quote(found).spans:
        assert 0 <= start < end <= len(text)
    runs = [text[start:end] for start, end in quote(found).spans]
    assert quote(found).text == "\n[…]\n".join(runs)

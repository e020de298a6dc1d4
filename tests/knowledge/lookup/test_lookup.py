"""Looking up in three small documents and one that shares a text, with the real models."""

from collections.abc import Callable, Sequence

import pytest

from knowledge.documents.document import Document, Passage
from knowledge.editions.edition import StoredPassage, Version
from knowledge.language.acronyms import Acronyms
from knowledge.language.sentences import split_sentences
from knowledge.language.text import Words
from knowledge.lookup.body import Body
from knowledge.lookup.lookup import Found, Shelf, look_up
from knowledge.messages.message import MessageReader
from knowledge.reading.finder import Finder
from knowledge.reading.reader_model import ReaderModel
from knowledge.search.embedding import Embedder
from knowledge.search.index import Entry, embed_index
from knowledge.search.query import spelling_of
from knowledge.search.searcher import Searcher
from knowledge.tuning import load_tuning

TEXTS = {
    "leave": ("Leaders can take two days of travel leave before a school trip.",
              "Ask the governing board for travel leave four weeks before the trip."),
    "keys": ("The site manager keeps the keys and writes down who borrows them.",),
    "bells": ("The bell rings at the start and the end of every lesson.",),
    "shared": ("The site manager keeps the keys and writes down who borrows them.",),
}  # fmt: skip
ACRONYMS = Acronyms({"ECT": ["early career teacher"]}, [])
TUNING = load_tuning()
Find = Callable[..., Found]


def versions() -> list[Version]:
    made = []
    for name, texts in TEXTS.items():
        passages = [
            StoredPassage(Passage(f"{name}#{number}", name, (), text), split_sentences(text))
            for number, text in enumerate(texts)
        ]
        made.append(Version(Document(name, name.title()), tuple(passages), ()))
    return made


@pytest.fixture(scope="module")
def body(embedder: Embedder, reader_model: ReaderModel) -> Body:
    seen: dict[str, Entry] = {}
    for version in versions():
        for one in version.passages:
            seen.setdefault(one.passage.text, Entry(one.passage, version.document, one.sentences))
    searcher = Searcher(embed_index(list(seen.values()), embedder), embedder, TUNING.search)
    return Body(Finder(searcher, reader_model, TUNING.finding), versions())


@pytest.fixture(scope="module")
def find(body: Body) -> Find:
    words = Words.load()
    reader = MessageReader(words, spelling_of(words, TUNING.spelling, body.finder.index))

    def ask(text: str, keep: Sequence[str] = tuple(TEXTS), read: bool = False) -> Found:
        shelf = Shelf(body, lambda document: document.id in keep)
        return look_up(text, [shelf], reader, ACRONYMS, read, lambda _: True)

    return ask


def ids(found: Found) -> list[str]:
    return [group.first.hit.passage.id for group in found.groups]


def test_the_passage_that_answers_comes_first_read_or_not(find: Find) -> None:
    for read in (False, True):
        found = find("who has the keys of the building", read=read)
        assert ids(found)[0] == "keys#0"
        assert (found.groups[0].first.hit.answers is not None) is read


def test_a_text_that_two_documents_share_names_both(find: Find) -> None:
    (group, *_) = find("who has the keys").groups
    assert [place.passage.id for place in group.others] == ["shared#0"]


def test_a_shared_text_is_found_under_the_name_of_the_document_that_was_chosen(find: Find) -> None:
    (group,) = find("who has the keys", keep=["shared"]).groups
    assert group.first.hit.passage.id == "shared#0"
    assert group.first.hit.document.title == "Shared"
    assert group.others == ()


def test_an_exact_phrase_leaves_only_the_passages_that_hold_it(find: Find) -> None:
    assert ids(find('leave "governing board"')) == ["leave#1"]
    assert ids(find('"no such words"')) == []


def test_a_minus_word_leaves_passages_out(find: Find) -> None:
    assert "leave#1" not in ids(find("travel leave -board"))
    assert "leave#0" in ids(find("travel leave -board"))


def test_a_misspelt_word_is_mended_and_a_quoted_one_is_not(find: Find) -> None:
    found = find("govrning board")
    assert found.searched == "governing board"
    assert found.mended
    assert find('"govrning" board').searched == "board govrning"


def test_a_word_that_is_being_typed_is_made_whole(find: Find) -> None:
    found = find("who is the mana")
    assert found.searched == "who is the manager"
    assert ids(found)[0] == "keys#0"


def test_acronyms_are_explained_and_nothing_is_looked_for_without_a_word(find: Find) -> None:
    found = find("-ECT")
    assert [one.short for one in found.acronyms] == ["ECT"]
    assert found.searched == ""
    assert found.groups == ()


def test_with_no_document_left_nothing_is_found(find: Find) -> None:
    assert find("keys", keep=[]).groups == ()
    assert find("keys", keep=[], read=True).groups == ()

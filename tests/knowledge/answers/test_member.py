import pytest

from knowledge.answers.conversation import Conversation
from knowledge.answers.member import AUDIENCE, NATION, ROLE, MemberRules
from knowledge.documents.document import Document, Passage
from knowledge.search.searcher import Hit
from tests.reading import read_message

RULES = MemberRules.load()


def hit(name: str, audience: tuple[str, ...] = (), nations: tuple[str, ...] = ()) -> Hit:
    document = Document(name, name, audience=audience, nations=nations)
    return Hit(Passage(f"{name}#a", name, (), "Text."), document, (), 1.0, 1.0, 1.0, 1.0, ())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("how much notice for my own job", {AUDIENCE: "own-job"}),
        ("one of my staff is leaving", {AUDIENCE: "managing-staff"}),
        ("what is the rule in Wales", {NATION: "Wales"}),
        ("is it the same in England and in Wales", {}),
        ("how much notice must I give", {}),
    ],
)
def test_a_message_says_something_of_the_member_only_when_it_is_plain(
    text: str, named: dict[str, str]
) -> None:
    assert RULES.named(read_message(text)) == named


def test_what_the_member_chose_is_remembered() -> None:
    conversation = Conversation(nation="Wales", audience="own-job")
    assert RULES.remembered(conversation) == {NATION: "Wales", AUDIENCE: "own-job"}
    assert RULES.remembered(Conversation()) == {}


def test_a_document_for_another_nation_does_not_fit() -> None:
    english = Document("a", "A", nations=("England",))
    assert RULES.fits(english, {NATION: "England"})
    assert not RULES.fits(english, {NATION: "Wales"})
    assert RULES.fits(english, {})
    assert RULES.fits(Document("b", "B"), {NATION: "Wales"})


def test_a_document_about_pupils_fits_every_member() -> None:
    pupils = Document("a", "A", audience=("pupils",))
    assert RULES.fits(pupils, {AUDIENCE: "own-job"})


def test_documents_for_different_audiences_are_a_choice() -> None:
    hits = [hit("own", ("own-job",)), hit("staff", ("managing-staff",))]
    assert RULES.differ(hits, AUDIENCE, {}) == ("own-job", "managing-staff")
    assert RULES.differ(hits, AUDIENCE, {AUDIENCE: "own-job"}) == ()


def test_documents_for_the_same_people_or_for_everyone_are_no_choice() -> None:
    both = ("own-job", "managing-staff")
    assert RULES.differ([hit("a", both), hit("b", ("own-job",))], AUDIENCE, {}) == ()
    assert RULES.differ([hit("a"), hit("b", ("own-job",))], AUDIENCE, {}) == ()
    assert RULES.differ([hit("a", ("own-job",)), hit("b")], AUDIENCE, {}) == ()
    assert RULES.differ([], AUDIENCE, {}) == ()


def test_nations_differ_when_they_share_none() -> None:
    hits = [hit("a", nations=("England",)), hit("b", nations=("Wales",))]
    assert RULES.differ(hits, NATION, {}) == ("England", "Wales")
    shared = [hit("a", nations=("England", "Wales")), hit("b", nations=("Wales",))]
    assert RULES.differ(shared, NATION, {}) == ()


def test_every_choice_has_values() -> None:
    for name in (AUDIENCE, NATION, ROLE):
        assert len(RULES.values(name)) > 1

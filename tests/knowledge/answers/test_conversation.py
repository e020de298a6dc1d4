import json

from hypothesis import given
from hypothesis import strategies as st

from knowledge.answers.conversation import Conversation, read_conversation

NAMES = tuple(Conversation().saved())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner),
    max_leaves=12,
)
TEXT = st.text(max_size=2000)
CONVERSATIONS = st.builds(
    Conversation,
    question=TEXT,
    documents=st.lists(TEXT, max_size=10).map(tuple),
    audience=TEXT,
    nation=TEXT,
    role=TEXT,
    awaiting=st.sampled_from(["", "audience", "nation", "role", "eligibility"]),
    asked=TEXT,
    not_helped=st.integers(min_value=0, max_value=9),
)


@given(CONVERSATIONS)
def test_what_was_saved_is_read_back(conversation: Conversation) -> None:
    assert read_conversation(conversation.saved()) == conversation
    assert read_conversation(json.dumps(conversation.saved())) == conversation


@given(JSON | st.dictionaries(st.sampled_from(NAMES), JSON))
def test_anything_in_the_slot_is_read_as_a_conversation(saved: object) -> None:
    conversation = read_conversation(saved)
    assert all(isinstance(document, str) for document in conversation.documents)
    assert conversation.not_helped >= 0
    assert read_conversation(json.loads(json.dumps(conversation.saved()))) == conversation


def test_text_that_is_no_json_is_a_new_conversation() -> None:
    for saved in ("", "{", "[1]", "[" * 100_000, "null", '{"question": '):
        assert read_conversation(saved) == Conversation()


def test_a_field_of_a_wrong_type_does_not_lose_the_others() -> None:
    saved = {"question": "how long", "documents": "keys", "not_helped": "1", "older_field": 1}
    assert read_conversation(saved) == Conversation(question="how long")


def test_a_long_memory_is_cut() -> None:
    saved = {"question": "a" * 10_000, "documents": ["a"] * 50, "not_helped": -3}
    conversation = read_conversation(saved)
    assert (len(conversation.question), len(conversation.documents)) == (2000, 10)
    assert conversation.not_helped == 0


def test_nothing_that_we_do_not_ask_is_awaited() -> None:
    assert read_conversation({"awaiting": "favourite_colour"}).awaiting == ""


def test_a_choice_is_remembered_and_no_longer_awaited() -> None:
    before = Conversation(question="notice", awaiting="nation", asked="how much notice?")
    after = before.told("nation", "Wales")
    assert (after.nation, after.awaiting, after.asked) == ("Wales", "", "how much notice?")

"""Each action, run as rasa-sdk runs it."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from starlette.testclient import TestClient

from actions.base import MemberAction
from actions.member import (
    ActionAnswer,
    ActionChat,
    ActionEligibility,
    ActionFeedback,
    ActionHandOff,
    member_actions,
)
from actions.server import create_action_app
from knowledge.answers.conversation import Conversation
from knowledge.answers.dialogue import Dialogue, Turn
from knowledge.answers.wording import load_wording
from knowledge.service import Service
from knowledge.settings import Settings

# One intent for each action.
INTENTS: dict[type[MemberAction], str] = {
    ActionAnswer: "ask_guidance",
    ActionEligibility: "ask_eligibility",
    ActionHandOff: "ask_person",
    ActionChat: "greet",
    ActionFeedback: "feedback_no",
}
QUESTION = "What notice does a head have to give to leave at the end of the summer term?"
URGENT = "I want to kill myself"

Run = tuple[list[dict[str, Any]], dict[str, Any]]


def tracker(text: str, intent: str, saved: object = None) -> Tracker:
    """Make what Rasa sends of a conversation after a message."""
    return Tracker(
        "a conversation",
        {"conversation": saved, "outcome": "pending"},
        {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": []},
        [],
        False,
        None,
        {},
        None,
    )


def run(action: MemberAction, text: str, intent: str, saved: object = None) -> Run:
    """Run an action; give its replies and the slots it sets."""
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, tracker(text, intent, saved), {}))
    assert all(event["event"] == "slot" for event in events)
    replies = [message["custom"] for message in dispatcher.messages]
    return replies, {event["name"]: event["value"] for event in events}


@pytest.mark.parametrize("kind", INTENTS, ids=lambda kind: kind.action_name)
def test_every_action_replies_and_says_that_it_ran(
    service: Service, kind: type[MemberAction]
) -> None:
    replies, slots = run(kind(service), "hello", INTENTS[kind])
    assert replies
    assert all(reply["text"] and reply["status"] for reply in replies)
    assert slots["outcome"] == "done"
    assert set(slots["conversation"]) == set(Conversation().saved())


@pytest.mark.parametrize("kind", INTENTS, ids=lambda kind: kind.action_name)
def test_an_urgent_message_is_seen_whatever_the_action(
    service: Service, kind: type[MemberAction]
) -> None:
    replies, slots = run(kind(service), URGENT, INTENTS[kind])
    assert replies[0]["status"] == "urgent"
    assert replies[0]["contact"]["id"] == "samaritans"
    assert slots["outcome"] == "done"


def test_a_question_is_answered_from_the_guidance_and_remembered(service: Service) -> None:
    replies, slots = run(ActionAnswer(service), QUESTION, "ask_guidance")
    assert replies[0]["status"] == "answered"
    cited = [source["passage_id"].partition("#")[0] for source in replies[0]["sources"]]
    assert "employment-resignation-dates" in cited
    assert slots["conversation"]["question"]
    assert "employment-resignation-dates" in slots["conversation"]["documents"]


def test_who_asks_for_a_person_gets_the_advice_line(service: Service) -> None:
    replies, _ = run(ActionHandOff(service), "can I talk to someone", "ask_person")
    assert replies[0]["status"] == "handoff"
    assert replies[0]["contact"]["id"] == "advice_line"
    assert replies[0]["contact"]["prepare"]


def test_who_asks_about_joining_is_asked_for_their_role(service: Service) -> None:
    replies, slots = run(ActionEligibility(service), "can I join?", "ask_eligibility")
    assert replies[0]["buttons"]
    assert slots["conversation"]["awaiting"] == "eligibility"


def test_the_role_that_was_asked_for_is_taken_from_the_next_message(service: Service) -> None:
    _, slots = run(ActionEligibility(service), "can I join?", "ask_eligibility")
    replies, slots = run(ActionAnswer(service), "I'm a SENCO", "give_role", slots["conversation"])
    assert replies[0]["status"] == "answered"
    assert slots["conversation"]["awaiting"] == ""


@pytest.mark.parametrize("text", ["😭", "👍", "❤️", "👋🏽", "???", "…", ":-(", "😭 😭!"])
@pytest.mark.parametrize("kind", INTENTS, ids=lambda kind: kind.action_name)
def test_a_message_without_words_is_asked_what_happened_whatever_the_action(
    service: Service, kind: type[MemberAction], text: str
) -> None:
    saved = Conversation(question="What is off-rolling?", documents=("a",)).saved()
    replies, slots = run(kind(service), text, INTENTS[kind], saved)
    assert [reply["reason"] for reply in replies] == ["wordless"]
    assert "What has happened" in replies[0]["text"]
    assert replies[0]["contact"]["id"] == "advice_line"
    assert slots["conversation"] == saved


def test_who_asks_to_delete_their_data_is_told_how_by_the_pages_own_words(
    service: Service,
) -> None:
    replies, _ = run(ActionChat(service), "can you please delete all of my data?", "ask_deletion")
    widget = load_wording().section("widget")
    assert [reply["status"] for reply in replies] == ["chat"]
    assert widget["options"] in replies[0]["text"]
    assert widget["clear"] in replies[0]["text"]


SMALL_TALK = ["greet", "goodbye", "thank", "ask_capabilities", "ask_if_bot", "ask_deletion"]


@pytest.mark.parametrize("intent", SMALL_TALK)
def test_small_talk_has_words_of_its_own_and_quotes_nothing(service: Service, intent: str) -> None:
    replies, _ = run(ActionChat(service), "hi", intent)
    assert [reply["status"] for reply in replies] == ["chat"]
    assert replies[0]["sources"] == []


def test_after_two_answers_that_did_not_help_people_take_over(service: Service) -> None:
    action = ActionFeedback(service)
    _, slots = run(ActionAnswer(service), QUESTION, "ask_guidance")
    first, slots = run(action, "no", "feedback_no", slots["conversation"])
    second, _ = run(action, "no", "feedback_no", slots["conversation"])
    assert first[0]["status"] == "chat"
    assert second[0]["status"] == "handoff"


@pytest.mark.parametrize("saved", [None, "rubbish", 5, [], {"documents": 7, "other": {}}])
def test_a_memory_that_cannot_be_read_is_a_new_conversation(
    service: Service, saved: object
) -> None:
    replies, slots = run(ActionChat(service), "hi", "greet", saved)
    assert replies[0]["status"] == "chat"
    assert slots["conversation"] == Conversation().saved()


class Faulty(MemberAction):
    """An action with a fault, whose error holds what the member typed."""

    action_name = "action_faulty"

    def turn(self, dialogue: Dialogue, text: str, intent: str, conversation: Conversation) -> Turn:
        """Fail."""
        raise ValueError(text)


def test_a_fault_of_ours_becomes_contact_details_and_the_memory_is_kept(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    before = Conversation(question="notice", nation="Wales").saved()
    replies, slots = run(Faulty(service), "my private matter", "ask_guidance", before)
    assert [reply["status"] for reply in replies] == ["unavailable"]
    assert replies[0]["contact"]["phone"]
    assert slots == {"conversation": before, "outcome": "done"}
    assert "action_faulty failed: ValueError" in caplog.text
    assert "private" not in caplog.text


def test_without_guidance_every_action_gives_contact_details(tmp_path: Path) -> None:
    empty = Service(Settings(home=tmp_path))
    actions = member_actions(empty)
    assert {type(action) for action in actions} == set(INTENTS)
    for action in actions:
        replies, _ = run(action, "hello", INTENTS[type(action)])
        assert [reply["status"] for reply in replies] == ["unavailable"]
    empty.close()


def call(name: str) -> dict[str, Any]:
    """Make Rasa's call for an action: without the domain, as enable_selective_domain sends it."""
    state = tracker("hello", "greet").current_state()
    return {"next_action": name, "sender_id": "a conversation", "tracker": state, "version": "3.6"}


def test_rasas_call_is_answered_with_events_and_responses(service: Service) -> None:
    client = TestClient(create_action_app(service))
    result = client.post("/webhook", json=call("action_chat")).json()
    assert {event["name"] for event in result["events"]} == {"conversation", "outcome"}
    assert result["responses"][0]["custom"]["status"] == "chat"


def test_an_action_we_do_not_have_is_refused(service: Service) -> None:
    client = TestClient(create_action_app(service))
    assert client.post("/webhook", json=call("action_unknown")).status_code == 404

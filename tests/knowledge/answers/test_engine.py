"""Questions put to the engine and the dialogue over the real bundled guidance."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.answers.conversation import Conversation, read_conversation
from knowledge.answers.dialogue import Dialogue, Turn
from knowledge.answers.member import AUDIENCE
from knowledge.evaluation.evaluate import Result
from knowledge.service import Service
from tests.small import SmallService, documents, say

STATUSES = {
    "answered", "not_covered", "ambiguous", "urgent", "out_of_scope", "handoff", "chat",
}  # fmt: skip


@pytest.fixture(scope="module")
def tuned(golden: dict[str, Result]) -> Result:
    """Give what the engine replied to every golden question for tuning."""
    result = golden["tune"]
    shown = {outcome.replies[0]["status"] for outcome in result.outcomes}
    # What holds for every golden question is tested on every status; Rasa answers greetings, and
    # no bundled document differs from another by nation or role alone.
    assert shown | {"chat", "ambiguous"} == STATUSES
    return result


def contact(turn: Turn) -> str | None:
    card = turn.replies[0].contact
    return None if card is None else str(card["id"])


def later(service: Service, *day: int) -> SmallService:
    """Give the same guidance on another day."""
    now = dt.datetime(*day, 12, tzinfo=dt.UTC)  # type: ignore[arg-type, misc]
    return SmallService(service.settings.home, service, lambda: now)


# --- every golden question


def test_every_quotation_is_a_verbatim_part_of_a_published_passage(
    service: Service, tuned: Result
) -> None:
    passages = {
        stored.passage.id: stored.passage.text
        for version in service.edition().versions
        for stored in version.passages
    }
    quoted = 0
    for outcome in tuned.outcomes:
        for reply in outcome.replies:
            quotes = [source["quote"] for source in reply["sources"]]
            if reply["sources"]:
                assert reply["text"] == "\n\n".join(quotes)
            for source in reply["sources"]:
                text = passages[source["passage_id"]]
                for part in source["quote"].split("\n[…]\n"):
                    assert part
                    assert part in text
                quoted += 1
    assert quoted > 100


def test_nothing_but_an_answer_or_what_comes_nearest_quotes_or_cites(tuned: Result) -> None:
    for outcome in tuned.outcomes:
        for reply in outcome.replies:
            assert reply["status"] in STATUSES
            nearest = reply["reason"] == "nearest" and reply["contact"] is None
            assert bool(reply["sources"]) is (reply["status"] == "answered" or nearest)
            assert reply["text"].strip()
            assert "{" not in reply["text"]


def test_what_comes_nearest_says_before_the_quotation_that_it_may_not_answer(
    tuned: Result,
) -> None:
    shown = [o.replies for o in tuned.outcomes if o.replies[0]["reason"] == "nearest"]
    assert shown
    for told, quoted in shown:
        assert told["status"] == quoted["status"] == "not_covered"
        assert told["contact"]["id"]
        assert quoted["notice"].startswith("This comes nearest")


def test_whoever_is_not_answered_is_given_people_or_a_next_step(tuned: Result) -> None:
    for outcome in tuned.outcomes:
        reply = outcome.replies[0]
        if reply["status"] in ("not_covered", "urgent", "handoff"):
            assert reply["contact"] is not None, outcome.expected.question
        if reply["status"] == "ambiguous":
            assert reply["buttons"], outcome.expected.question


# --- each status


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("What is off-rolling?", "off-rolling-meaning"),
        ("What were the interim SEND visits?", "send-interim-visits"),
        ("How long is maternity leave?", "employment-maternity"),
    ],
)
def test_a_covered_question_is_answered_from_its_document(
    dialogue: Dialogue, question: str, document: str
) -> None:
    turn = say(dialogue, question)
    assert turn.replies[0].status == "answered"
    assert document in documents(turn)
    assert turn.conversation.documents[0] == document


@pytest.mark.parametrize(
    ("message", "reason", "first"),
    [
        ("I feel suicidal", "urgent.self_harm", "samaritans"),
        ("I have been suspended from my school today", "urgent.suspension", "advice_line"),
        ("I've been arrested", "urgent.arrest", "advice_line"),
    ],
)
def test_an_urgent_message_gets_the_right_contact_and_no_quotation(
    dialogue: Dialogue, message: str, reason: str, first: str
) -> None:
    turn = say(dialogue, message)
    assert (turn.replies[0].status, turn.replies[0].reason) == ("urgent", reason)
    assert contact(turn) == first
    assert documents(turn) == []


def test_an_urgent_message_goes_before_what_the_bot_has_asked(dialogue: Dialogue) -> None:
    asking = dialogue.can_join(dialogue.check("can I join?"), Conversation()).conversation
    turn = dialogue.urgent(dialogue.check("I feel suicidal"), asking)
    assert turn is not None
    assert turn.replies[0].status == "urgent"
    assert turn.conversation.awaiting == ""


def test_a_question_about_an_urgent_subject_is_answered_with_the_line_beside_it(
    dialogue: Dialogue,
) -> None:
    turn = say(dialogue, "what does a settlement agreement need to be valid")
    assert turn.replies[0].status == "answered"
    assert "employment-settlement-agreements" in documents(turn)
    assert contact(turn) == "advice_line"


@pytest.mark.parametrize(
    "message", ["Can I talk to a real person?", "I'd like to speak to an adviser"]
)
def test_whoever_asks_for_a_person_gets_the_advice_line(dialogue: Dialogue, message: str) -> None:
    turn = say(dialogue, message)
    assert (turn.replies[0].status, contact(turn)) == ("handoff", "advice_line")
    assert turn.replies[0].contact is not None
    assert turn.replies[0].contact["prepare"]
    assert "0300 30 30 333" in turn.replies[0].text


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("asdfghjkl", "gibberish"),
        ("whats the weather like in birmingham tomorrow", "out_of_scope"),
        ("Write a python function that reverses a string", "out_of_scope"),
    ],
)
def test_what_is_out_of_scope_is_refused_in_a_friendly_way(
    dialogue: Dialogue, message: str, reason: str
) -> None:
    turn = say(dialogue, message)
    assert (turn.replies[0].status, turn.replies[0].reason) == ("out_of_scope", reason)
    assert documents(turn) == []


def test_a_question_that_guidance_does_not_cover_is_not_answered(dialogue: Dialogue) -> None:
    turn = say(dialogue, "How do we split shared parental leave between two parents?")
    assert turn.replies[0].status in ("not_covered", "ambiguous", "handoff")


# --- what guidance is shown


def test_guidance_past_its_review_is_not_shown_to_members(service: Service) -> None:
    old = later(service, 2035, 1, 1)
    turn = say(old.dialogue(), "What is off-rolling?")
    old.close()
    assert turn.replies[0].status == "not_covered"
    assert (documents(turn), turn.replies[0].buttons) == ([], ())
    assert contact(turn) == "advice_line"


def test_the_notice_of_an_answer_changes_on_the_day_the_law_does(service: Service) -> None:
    question = "How much service does a claim of unfair dismissal need?"
    notices = []
    for day in ((2026, 12, 31), (2027, 1, 1)):
        then = later(service, *day)
        (reply,) = say(then.dialogue(), question).replies
        then.close()
        assert reply.status == "answered"
        notices.append(reply.notice or "")
    assert notices[0].startswith("From 1 January 2027")
    assert notices[1].startswith("The rule changed on 1 January 2027")


def test_what_is_over_says_so_before_the_quotation(dialogue: Dialogue) -> None:
    (reply,) = say(dialogue, "What were the interim SEND visits?").replies
    assert "over" in (reply.notice or "")


def test_a_source_leads_to_the_passage_and_says_when_it_was_checked(dialogue: Dialogue) -> None:
    source = say(dialogue, "What is off-rolling?").replies[0].sources[0]
    document, _, anchor = source.passage_id.partition("#")
    assert source.url == f"/guidance/{document}#{anchor}"
    assert dt.date.fromisoformat(source.reviewed or "") <= dt.date.today()


# --- conversations


def test_who_can_join_is_answered_for_the_role_in_the_message(dialogue: Dialogue) -> None:
    turn = dialogue.can_join(dialogue.check("Can a SENCO join?"), Conversation())
    assert [reply.status for reply in turn.replies] == ["answered"]
    assert documents(turn)[0].startswith("membership-")


def test_without_a_role_the_bot_asks_for_it_and_then_answers(dialogue: Dialogue) -> None:
    asked = dialogue.can_join(dialogue.check("can I join?"), Conversation())
    assert [button.title for button in asked.replies[0].buttons][:2] == ["SENCO", "ALENCO"]
    turn = dialogue.answer(dialogue.check("SENCO"), read_conversation(asked.conversation.saved()))
    assert turn.replies[0].status == "answered"
    assert turn.conversation.awaiting == ""


def test_a_role_that_the_union_does_not_name_goes_to_the_membership_team(
    dialogue: Dialogue,
) -> None:
    turn = dialogue.can_join(dialogue.check("can a teaching assistant join?"), Conversation())
    assert turn.replies[-1].status == "handoff"
    assert (turn.replies[-1].contact or {})["id"] == "joinus"


def test_a_question_instead_of_a_role_is_answered(dialogue: Dialogue) -> None:
    asked = dialogue.can_join(dialogue.check("can I join?"), Conversation()).conversation
    turn = dialogue.answer(dialogue.check("What is off-rolling?"), asked)
    assert "off-rolling-meaning" in documents(turn)
    assert turn.conversation.awaiting == ""


def test_after_two_answers_that_did_not_help_people_take_over(dialogue: Dialogue) -> None:
    answered = say(dialogue, "What is off-rolling?").conversation
    first = dialogue.feedback(False, dialogue.check("no"), answered)
    assert first.replies[0].status == "chat"
    after = read_conversation(first.conversation.saved())
    second = dialogue.feedback(False, dialogue.check("no"), after)
    assert (second.replies[0].status, second.replies[0].reason) == ("handoff", "not_helped")
    assert second.conversation.not_helped == 0


def test_an_answer_that_helped_starts_the_count_again(dialogue: Dialogue) -> None:
    answered = say(dialogue, "What is off-rolling?").conversation
    once = dialogue.feedback(False, dialogue.check("no"), answered).conversation
    helped = dialogue.feedback(True, dialogue.check("yes"), once)
    assert helped.replies[0].reason == "feedback_yes"
    again = dialogue.feedback(False, dialogue.check("no"), helped.conversation)
    assert again.replies[0].status == "chat"


def test_feedback_on_nothing_asks_what_to_look_up(dialogue: Dialogue) -> None:
    reply = dialogue.feedback(False, dialogue.check("no"), Conversation()).replies[0]
    assert reply.reason == "feedback_no_answer"


def test_a_question_within_small_talk_is_answered(dialogue: Dialogue) -> None:
    turn = dialogue.chat("greet", dialogue.check("hello, what is off-rolling?"), Conversation())
    assert "off-rolling-meaning" in documents(turn)
    hello = dialogue.chat("greet", dialogue.check("hello"), Conversation())
    assert hello.replies[0].reason == "greet"


def test_an_answer_memory_of_another_release_is_read_safely(dialogue: Dialogue) -> None:
    saved: dict[str, Any] = {"awaiting": "favourite_colour", "asked": "x", "question": 3}
    turn = dialogue.answer(dialogue.check("What is off-rolling?"), read_conversation(saved))
    assert turn.replies[0].status == "answered"


# --- small guidance of our own


OWN = "---\ntitle: {title}\npublisher: The union\naudience: [{audience}]\n---\n# {title}\n{text}\n"


def two_audiences(small: SmallService, folder: Path) -> None:
    """Publish what the same question means to members and to the staff they manage."""
    text = "The travel bonus for school trips is paid {when} by the governing board."
    for name, audience, when in (
        ("bonus-own", "own-job", "in March"),
        ("bonus-staff", "managing-staff", "in July"),
    ):
        values = {"title": "Travel bonus", "audience": audience, "text": text.format(when=when)}
        (folder / f"{name}.md").write_text(OWN.format(**values))
    small.library.add([folder])


def test_when_it_matters_whose_job_it_is_the_bot_asks_and_remembers(
    small: SmallService, folder: Path
) -> None:
    two_audiences(small, folder)
    dialogue = small.dialogue()
    asked = say(dialogue, "When is the travel bonus for school trips paid?")
    assert (asked.replies[0].status, asked.replies[0].reason) == ("ambiguous", f"which_{AUDIENCE}")
    assert {b.title for b in asked.replies[0].buttons} == {"My own job", "Staff I manage"}
    before = read_conversation(asked.conversation.saved())
    chosen = dialogue.answer(dialogue.check("staff i manage"), before)
    assert documents(chosen) == ["bonus-staff"]
    same = dialogue.check("When is the travel bonus for school trips paid?")
    again = dialogue.answer(same, chosen.conversation)
    assert documents(again) == ["bonus-staff"]


def test_an_edition_without_documents_answers_nothing(small: SmallService, folder: Path) -> None:
    small.library.add([folder / "keys.md"])
    small.library.remove("keys")
    turn = say(small.dialogue(), "What is off-rolling?")
    assert turn.replies[0].status == "not_covered"
    assert contact(turn) == "advice_line"


def test_a_new_edition_answers_at_once(small: SmallService, folder: Path) -> None:
    small.library.add([folder / "bells.md"])
    before = small.dialogue()
    assert small.dialogue() is before
    small.library.add([folder / "keys.md"])
    assert small.dialogue() is not before
    assert set(small.edition().documents) == {"bells", "keys"}
    assert {entry.document.id for entry in small.dialogue().engine.index.entries} == {
        "bells",
        "keys",
    }


def test_a_reply_is_plain_json(dialogue: Dialogue) -> None:
    values = say(dialogue, "What is off-rolling?").replies[0].to_json()
    assert json.loads(json.dumps(values)) == values


def test_every_reason_for_a_reply_has_its_wording(service: Service) -> None:
    composer = service.composer
    for name in composer.wording.section("replies.chat"):
        assert composer.chat(name).text
    for reason in ("asked", "own_case", "not_helped"):
        assert composer.hand_off(reason).contact
    assert "joinus@naht.org.uk" in composer.eligibility_unsure().text
    assert "0300 30 30 333" in composer.unavailable().text
    assert composer.choice_title("role", "assistant-head") == "Assistant head"
    assert composer.choice_title("nation", "Wales") == "Wales"


NATION = "---\ntitle: {title}\npublisher: The union\nnations: [{nation}]\n---\n# {title}\n{text}\n"


@pytest.mark.parametrize(
    ("nation", "document"), [("Scotland", "bonus-scotland"), ("England", "bonus-england")]
)
def test_the_engine_never_shows_a_document_for_another_nation(
    small: SmallService, folder: Path, nation: str, document: str
) -> None:
    text = "The travel bonus for school trips is paid {when} by the governing board."
    for name, country, when in (
        ("bonus-england", "England", "in March"),
        ("bonus-scotland", "Scotland", "in July"),
    ):
        values = {"title": "Travel bonus", "nation": country, "text": text.format(when=when)}
        (folder / f"{name}.md").write_text(NATION.format(**values))
    small.library.add([folder])
    turn = say(small.dialogue(), f"When is the travel bonus for school trips paid in {nation}?")
    assert documents(turn) == [document]


def test_a_question_about_a_nation_that_no_document_is_for_quotes_none_of_another(
    small: SmallService, folder: Path
) -> None:
    for path in folder.iterdir():
        path.unlink()
    text = "The travel bonus for school trips is paid in March by the governing board."
    values = {"title": "Travel bonus", "nation": "England", "text": text}
    (folder / "bonus-england.md").write_text(NATION.format(**values))
    small.library.add([folder])
    question = "When is the travel bonus for school trips paid in {}?"
    assert documents(say(small.dialogue(), question.format("England"))) == ["bonus-england"]
    assert documents(say(small.dialogue(), question.format("Wales"))) == []

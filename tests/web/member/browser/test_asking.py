"""A member asks and reads answers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.web.member.browser.member import ANSWERED, HANDED_OVER, URGENT, Chat

pytestmark = [pytest.mark.servers, pytest.mark.browser]


def test_a_question_gets_quoted_sentences_with_their_source_and_dates(chat: Chat) -> None:
    answer = chat.ask(ANSWERED).locator(".bot")
    expect(answer.locator("blockquote").first).to_contain_text("roll")
    source = answer.locator(".source").first
    expect(source.locator("cite")).not_to_be_empty()
    expect(source).to_contain_text(chat.words["published"].split("{")[0])
    expect(source).to_contain_text(chat.words["reviewed"].split("{")[0])


def test_a_follow_up_question_is_answered_in_the_same_conversation(chat: Chat) -> None:
    chat.ask(ANSWERED)
    conversation = chat.conversation()
    chat.ask("Is it against the law?")
    assert chat.conversation() == conversation
    assert [turn["message"] for turn in chat.on_server()] == [ANSWERED, "Is it against the law?"]


def test_read_in_context_opens_the_passage_with_the_quoted_words_marked(chat: Chat) -> None:
    answer = chat.ask(ANSWERED).locator(".bot")
    chat.press("read_in_context", answer.locator(".source").first)
    expect(chat.sheet.locator("mark").first).to_be_visible()
    quoted = " ".join(answer.locator("blockquote").first.inner_text().split())
    for mark in chat.sheet.locator("mark").all_inner_texts():
        assert " ".join(mark.split()) in quoted
    expect(chat.sheet.get_by_role("link", name=chat.words["whole_document"])).to_be_visible()


def test_a_passage_that_stands_before_all_headings_shows_no_empty_heading(chat: Chat) -> None:
    answer = chat.ask(ANSWERED).locator(".bot")  # the first quotation is of an introduction
    chat.press("read_in_context", answer.locator(".source").first)
    expect(chat.sheet.locator("mark").first).to_be_visible()
    expect(chat.sheet.locator("h4")).to_have_count(0)
    expect(answer.locator(".source").first.locator("p:empty")).to_have_count(0)


def test_the_passage_closes_with_escape_and_gives_the_focus_back(chat: Chat) -> None:
    answer = chat.ask(ANSWERED).locator(".bot")
    opener = chat.button("read_in_context", answer.locator(".source").first)
    opener.press("Enter")
    expect(chat.sheet).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(chat.sheet).to_have_count(0)
    expect(chat.panel).to_be_visible()
    expect(opener).to_be_focused()


def test_a_suggested_first_question_is_asked_with_one_press(chat: Chat) -> None:
    first = chat.page.locator(".choices button").first
    question = first.inner_text()
    first.click()
    expect(chat.page.locator(".me")).to_contain_text(question)
    expect(chat.replies).not_to_have_count(0)
    chat_start = chat.page.get_by_text(chat.words["questions_title"])
    expect(chat_start).to_be_hidden()


def test_shift_and_enter_makes_a_new_line_instead_of_sending(chat: Chat) -> None:
    chat.input.fill("One")
    chat.input.press("Shift+Enter")
    chat.input.press_sequentially("Two")
    assert chat.input.input_value() == "One\nTwo"
    expect(chat.turns).to_have_count(0)


def test_a_message_that_is_too_long_stays_to_be_shortened(chat: Chat) -> None:
    chat.input.fill("a" * 1023)
    chat.input.press("Enter")
    expect(chat.page.locator("#problem")).to_contain_text("23")
    assert len(chat.input.input_value()) == 1023
    expect(chat.turns).to_have_count(0)


def test_an_empty_message_is_not_sent(chat: Chat) -> None:
    chat.input.press("Enter")
    expect(chat.page.locator("#problem")).to_have_text(chat.words["empty"])
    expect(chat.turns).to_have_count(0)


def test_a_message_is_shown_as_text_and_never_as_html(chat: Chat) -> None:
    chat.ask("<img src=x onerror=document.title='broken'> what is off-rolling?")
    expect(chat.page.locator(".me")).to_contain_text("<img src=x")
    assert chat.page.title() == "A website"


def test_an_urgent_message_shows_whom_to_ring_first(chat: Chat) -> None:
    reply = chat.ask(URGENT).locator(".bot.urgent")
    expect(reply.locator(".contact a").first).to_have_attribute("href", "tel:116123")


def test_a_helpful_vote_and_a_comment_reach_the_server(chat: Chat) -> None:
    sent = []
    chat.page.on("request", lambda one: "/feedback" in one.url and sent.append(one.post_data_json))
    answer = chat.ask(ANSWERED)
    chat.press("no", answer)
    answer.get_by_label(chat.words["comment"]).fill("I needed to know about Wales.")
    chat.press("send_comment", answer)
    chat.sees("comment_thanks")
    assert [vote["helpful"] for vote in sent if vote] == [False, False]
    assert sent[-1]["comment"] == "I needed to know about Wales."
    assert sent[-1]["passage_ids"]


def test_a_vote_that_cannot_be_stored_is_said_and_can_be_repeated(chat: Chat) -> None:
    answer = chat.ask(ANSWERED)
    chat.page.route("**/feedback", lambda route: route.abort())
    chat.press("yes", answer)
    chat.sees("feedback_failed")
    chat.page.unroute("**/feedback")
    chat.press("yes", answer)
    chat.sees("thanks")


def test_an_answer_is_copied_with_its_source(
    embedded: Callable[..., Chat],
) -> None:
    chat = embedded(permissions=["clipboard-read", "clipboard-write"]).open()
    answer = chat.ask(ANSWERED)
    chat.press("copy_answer", answer)
    chat.hears(chat.words["copied"])
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert answer.locator("cite").first.inner_text() in copied
    assert answer.locator("blockquote p, blockquote li").first.inner_text() in copied


def test_the_whole_conversation_is_copied(embedded: Callable[..., Chat]) -> None:
    chat = embedded(permissions=["clipboard-read", "clipboard-write"]).open()
    chat.ask(ANSWERED)
    chat.ask("Thank you")
    chat.press("options")
    chat.press("copy_all")
    chat.hears(chat.words["copied"])
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert copied.count(chat.words["you_said"]) == 2
    assert ANSWERED in copied


def test_the_conversation_prints_from_a_page_of_its_own(chat: Chat) -> None:
    chat.ask(ANSWERED)
    chat.press("options")
    with chat.page.expect_popup() as popup:
        chat.press("print_all")
    expect(popup.value.get_by_text(ANSWERED)).to_be_visible()


def test_the_conversation_goes_into_a_short_email(chat: Chat) -> None:
    for _ in range(4):
        chat.ask(ANSWERED)
    chat.page.evaluate(
        "() => { HTMLAnchorElement.prototype.click = function () { window.mail = this.href; } }"
    )
    chat.press("options")
    chat.press("email_all")
    link = chat.page.evaluate("window.mail")
    assert link.startswith("mailto:?subject=")
    assert len(link) < 2500


def test_asking_for_a_person_gives_the_advice_line_and_what_to_have_ready(chat: Chat) -> None:
    reply = chat.ask(HANDED_OVER).locator(".bot")
    expect(reply.locator("a[href='tel:03003030333']")).to_be_visible()
    expect(reply.locator("a[href='mailto:info@naht.org.uk']")).to_be_visible()
    expect(reply.get_by_text(chat.words["prepare"])).to_be_visible()

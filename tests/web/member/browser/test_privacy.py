"""The member knows what happens with their words before they leave the browser."""

import pytest
from playwright.sync_api import Request, expect

from tests.web.member.browser.member import ANSWERED, Chat

pytestmark = [pytest.mark.servers, pytest.mark.browser]

PERSONAL = "My pupil's mother is jo.bloggs@example.com, is taking her off the roll off-rolling?"


def test_the_privacy_notice_is_there_before_the_first_message(chat: Chat) -> None:
    expect(chat.page.locator(".privacy")).to_be_in_viewport()
    expect(chat.page.locator(".privacy p")).not_to_be_empty()


def test_opening_the_chat_sends_nothing_of_the_member(chat: Chat) -> None:
    asked: list[Request] = []
    chat.page.on("request", lambda request: asked.append(request))
    chat.input.fill("I have not decided yet whether to send this")
    chat.press("close")
    chat.open()
    assert asked == []


def test_a_message_with_personal_details_can_be_edited_first(chat: Chat) -> None:
    chat.input.fill(PERSONAL)
    chat.input.press("Enter")
    expect(chat.sheet).to_contain_text("jo.bloggs@example.com")
    chat.press("edit_message", chat.sheet)
    expect(chat.turns).to_have_count(0)
    expect(chat.input).to_be_focused()
    expect(chat.input).to_have_value(PERSONAL)


def test_a_message_with_personal_details_can_be_sent_anyway(chat: Chat) -> None:
    chat.input.fill(PERSONAL)
    chat.input.press("Enter")
    chat.press("send_anyway", chat.sheet)
    expect(chat.page.locator(".me")).to_contain_text("jo.bloggs@example.com")
    expect(chat.replies).not_to_have_count(0)


def test_escape_at_the_warning_means_not_sent(chat: Chat) -> None:
    chat.input.fill(PERSONAL)
    chat.input.press("Enter")
    expect(chat.sheet).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(chat.sheet).to_have_count(0)
    expect(chat.panel).to_be_visible()
    expect(chat.turns).to_have_count(0)


def test_an_ordinary_question_is_not_held_up(chat: Chat) -> None:
    chat.ask(ANSWERED)
    expect(chat.sheet).to_have_count(0)

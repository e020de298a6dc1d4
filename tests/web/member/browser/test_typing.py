"""What a member types: unfinished words, other directions of writing, emoji."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.web.member.browser.member import ANSWERED, HANDED_OVER, URGENT, Chat

pytestmark = [pytest.mark.servers, pytest.mark.browser]

ARABIC = "هل يمكنني أخذ إجازة؟"


def press_in_input_method(chat: Chat, key: str) -> None:
    """Press a key that an input method takes: browsers give it the code 229."""
    devtools = chat.page.context.new_cdp_session(chat.page)
    pressed: dict[str, Any] = {"type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": 229}
    devtools.send("Input.dispatchKeyEvent", pressed)


def compose(chat: Chat, text: str) -> None:
    """Begin a word with an input method, and leave it unfinished."""
    chat.input.focus()
    devtools = chat.page.context.new_cdp_session(chat.page)
    at_end = {"selectionStart": len(text), "selectionEnd": len(text)}
    devtools.send("Input.imeSetComposition", {"text": text, **at_end})


def test_enter_in_an_unfinished_word_sends_nothing(chat: Chat) -> None:
    compose(chat, "にほん")
    press_in_input_method(chat, "Enter")
    chat.page.wait_for_timeout(300)
    expect(chat.turns).to_have_count(0)
    expect(chat.input).to_have_value("にほん")


def test_enter_that_a_browser_marks_by_its_code_alone_sends_nothing(chat: Chat) -> None:
    chat.input.fill("にほん")
    press_in_input_method(chat, "Enter")
    chat.page.wait_for_timeout(300)
    expect(chat.turns).to_have_count(0)
    chat.input.press("Enter")
    expect(chat.turns).to_have_count(1)


def test_escape_in_an_unfinished_word_leaves_the_chat_open(chat: Chat) -> None:
    compose(chat, "にほん")
    press_in_input_method(chat, "Escape")
    chat.page.wait_for_timeout(300)
    expect(chat.panel).to_be_visible()


def test_a_message_in_arabic_is_written_and_shown_from_right_to_left(chat: Chat) -> None:
    chat.input.fill(ARABIC)
    expect(chat.input).to_have_css("direction", "rtl")
    message = chat.ask(ARABIC).locator(".me")
    expect(message).to_have_css("direction", "rtl")
    expect(message).to_contain_text(ARABIC)


def test_a_message_in_english_is_shown_from_left_to_right(chat: Chat) -> None:
    expect(chat.ask(ANSWERED).locator(".me")).to_have_css("direction", "ltr")


def test_the_fields_of_a_call_back_follow_the_direction_of_what_is_typed(chat: Chat) -> None:
    chat.press("call_back", chat.ask(HANDED_OVER))
    for key in ("name", "case_question", "when"):
        field = chat.sheet.get_by_label(chat.words[key], exact=True)
        field.fill(ARABIC)
        expect(field).to_have_css("direction", "rtl")


def test_an_emoji_counts_as_one_character_as_on_the_server(chat: Chat) -> None:
    longest = ANSWERED + "😀" * (1000 - len(ANSWERED))
    chat.input.fill(longest + "😀")
    chat.input.press("Enter")
    expect(chat.page.locator("#problem")).to_have_text(chat.words["too_long"].format(count=1))
    chat.ask(longest)
    assert [turn["message"] for turn in chat.on_server()] == [longest]


def test_a_message_that_is_too_long_gets_its_contacts_where_it_is_urgent(chat: Chat) -> None:
    story = "The timetable was changed again and we had a long staff meeting. " * 18
    turn = chat.ask(f"{story}{URGENT}")
    contact = turn.locator(".bot.urgent .contact a").first
    expect(contact).to_have_attribute("href", "tel:116123")
    expect(chat.page.locator("#problem")).to_be_hidden()
    expect(chat.input).to_have_value("")


def test_a_message_that_is_too_long_comes_back_into_the_box_where_it_is_not(chat: Chat) -> None:
    message = "a" * 1023
    chat.input.fill(message)
    with chat.page.expect_response(f"{chat.url}/chat") as refused:
        chat.input.press("Enter")
    assert refused.value.status == 413
    expect(chat.page.locator("#problem")).to_have_text(chat.words["too_long"].format(count=23))
    expect(chat.input).to_have_value(message)
    expect(chat.input).to_be_focused()
    expect(chat.turns).to_have_count(0)
    assert chat.kept()["draft"] == message

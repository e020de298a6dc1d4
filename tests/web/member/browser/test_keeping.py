"""The conversation is kept, shared between tabs, and really deleted."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.web.member.browser.member import ANSWERED, Chat

pytestmark = [pytest.mark.servers, pytest.mark.browser]


def test_the_conversation_survives_a_reload(chat: Chat) -> None:
    chat.ask(ANSWERED)
    conversation = chat.conversation()
    chat.page.reload()
    expect(chat.replies.locator(".tools")).to_have_count(1)
    chat.ask("Is it against the law?")
    assert chat.conversation() == conversation


def test_the_panel_stays_open_on_the_next_page(chat: Chat) -> None:
    chat.page.reload()
    expect(chat.panel).to_be_visible()
    chat.press("close")
    chat.page.reload()
    expect(chat.launcher).to_be_visible()
    expect(chat.panel).to_be_hidden()


def test_a_draft_survives_a_reload(chat: Chat) -> None:
    chat.input.fill("I was going to ask")
    chat.page.reload()
    expect(chat.input).to_have_value("I was going to ask")


def test_a_message_on_its_way_during_a_reload_is_answered_once(chat: Chat) -> None:
    chat.ask("Hello")
    held: list[Route] = []
    chat.page.route("**/chat", lambda route: held.append(route))
    chat.ask(ANSWERED, wait=False)
    chat.sees("thinking")
    chat.page.unroute("**/chat")
    chat.page.reload()
    expect(chat.replies.locator(".tools")).to_have_count(1)
    assert [turn["message"] for turn in chat.on_server()] == ["Hello", ANSWERED]


def test_a_second_tab_shows_the_same_conversation(
    chat: Chat, embedded: Callable[..., Chat]
) -> None:
    other = embedded(context=chat.page.context).open()
    chat.ask(ANSWERED)
    expect(other.page.locator(".me")).to_have_count(1)
    expect(other.replies.locator(".tools")).to_have_count(1)
    other.ask("Is it against the law?")
    expect(chat.page.locator(".me")).to_have_count(2)


def test_clearing_deletes_the_conversation_everywhere_and_says_so(
    chat: Chat, embedded: Callable[..., Chat]
) -> None:
    chat.ask(ANSWERED)
    chat.input.fill("a draft")
    session = chat.kept()["session"]
    other = embedded(context=chat.page.context).open()
    chat.press("options")
    chat.press("clear")
    chat.press("clear_yes")
    chat.sees("cleared")
    chat.hears(chat.words["cleared"])
    expect(chat.turns).to_have_count(0)
    expect(other.turns).to_have_count(0)
    expect(chat.input).to_have_value("")
    assert chat.kept() == {}
    assert not chat.on_server(session)


def test_clearing_asks_first(chat: Chat) -> None:
    chat.ask(ANSWERED)
    chat.press("options")
    chat.press("clear")
    chat.press("clear_no")
    expect(chat.turns).to_have_count(1)
    assert chat.on_server()


def test_a_conversation_that_could_not_be_deleted_is_not_called_deleted(chat: Chat) -> None:
    chat.ask(ANSWERED)
    chat.page.route("**/conversation", lambda route: route.abort())
    chat.press("options")
    chat.press("clear")
    chat.press("clear_yes")
    chat.sees("clear_failed", phone="0300 30 30 333")
    expect(chat.turns).to_have_count(1)


def test_an_answer_that_arrives_after_clearing_is_deleted_too(chat: Chat) -> None:
    held: list[Route] = []
    chat.page.route("**/chat", lambda route: held.append(route))
    chat.ask(ANSWERED, wait=False)
    chat.sees("thinking")
    chat.press("options")
    chat.press("clear")
    chat.press("clear_yes")
    chat.sees("cleared")
    with chat.page.expect_response("**/conversation") as deleted:
        held[0].continue_()
    assert deleted.value.request.method == "DELETE"
    expect(chat.turns).to_have_count(0)
    assert chat.kept() == {}


def until_expiry_is_known(chat: Chat) -> None:
    """Wait until the server has told the page how long it keeps the conversation."""
    chat.page.wait_for_function(
        "key => JSON.parse(localStorage.getItem(key)).expires", arg=f"advice:{chat.url}/"
    )


def test_an_expired_conversation_is_deleted_and_the_member_is_told(chat: Chat) -> None:
    chat.ask(ANSWERED)
    until_expiry_is_known(chat)
    chat.keep(expires="2020-01-01T00:00:00+00:00")
    chat.page.reload()
    chat.sees("expired")
    expect(chat.turns).to_have_count(0)
    assert chat.kept() == {}


def test_the_browser_learns_until_when_the_conversation_is_kept(chat: Chat) -> None:
    chat.ask(ANSWERED)
    until_expiry_is_known(chat)
    assert dt.datetime.fromisoformat(chat.kept()["expires"]) > dt.datetime.now(dt.UTC)


def test_a_browser_without_storage_can_still_ask(embedded: Callable[..., Chat]) -> None:
    closed = """<script>for (const area of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, area, { get() { throw new Error("denied"); } });</script>"""
    chat = embedded(head=closed).open()
    chat.ask(ANSWERED)
    expect(chat.replies.last.locator("blockquote").first).to_be_visible()


FULL = (
    """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }"""
)


@pytest.mark.parametrize(
    "broken", [FULL, FULL.replace("setItem", "getItem")], ids=["full", "unreadable"]
)
def test_a_store_that_is_broken_from_the_start_loses_no_message(
    embedded: Callable[..., Chat], broken: str
) -> None:
    chat = embedded(head=f"<script>{broken}</script>").open()
    chat.ask("Hello")
    chat.ask(ANSWERED)
    expect(chat.page.locator(".me")).to_have_count(2)
    expect(chat.replies.locator(".tools")).to_have_count(1)


def test_a_store_that_fills_up_in_the_middle_loses_no_message(chat: Chat) -> None:
    chat.ask("Hello")
    chat.page.evaluate(f"() => {{ {FULL} }}")
    chat.ask(ANSWERED)
    expect(chat.page.locator(".me")).to_have_count(2)
    expect(chat.replies.locator(".tools")).to_have_count(1)


def test_a_store_with_room_again_keeps_the_whole_conversation(chat: Chat) -> None:
    chat.page.evaluate(f"() => {{ window.whole = Storage.prototype.setItem; {FULL} }}")
    chat.ask("Hello")
    chat.page.evaluate("() => { Storage.prototype.setItem = window.whole; }")
    chat.ask(ANSWERED)
    chat.page.reload()
    expect(chat.page.locator(".me")).to_have_count(2)


@pytest.mark.parametrize(
    "garbage",
    ["{", "5", "null", "[1]", '{"turns": 5}', '{"turns": [null]}', '{"turns": [{"id": "a"}]}',
     '{"turns": [{"id": "a", "message": "b", "replies": 5}]}', '{"session": {}, "draft": null}'],
)  # fmt: skip
def test_a_store_that_holds_garbage_loses_no_message(chat: Chat, garbage: str) -> None:
    chat.page.evaluate(
        "([key, garbage]) => localStorage.setItem(key, garbage)",
        [f"advice:{chat.url}/", garbage],
    )
    chat.page.reload()
    chat.ask(ANSWERED)
    expect(chat.page.locator(".me")).to_have_count(1)
    expect(chat.replies.locator(".tools")).to_have_count(1)

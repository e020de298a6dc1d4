"""The network fails: slow, lost, offline, a dead or a restarted server."""

from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.web.member.browser.member import ANSWERED, Chat

pytestmark = [pytest.mark.servers, pytest.mark.browser]


def sent_to_chat(page: Page) -> list[dict[str, Any]]:
    """A list that fills with what the page sends to /chat."""
    sent: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/chat"):
            sent.append(request.post_data_json)

    page.on("request", note)
    return sent


class LosesTheFirst:
    """Lets the server answer, and loses its first answer on the way back."""

    def __init__(self) -> None:
        self.lost = False

    def __call__(self, route: Route) -> None:
        if self.lost:
            route.continue_()
            return
        self.lost = True
        route.fetch()
        route.abort("connectionreset")


def test_a_lost_answer_is_fetched_again_and_the_message_counts_once(chat: Chat) -> None:
    chat.ask("Hello")
    sent = sent_to_chat(chat.page)
    chat.page.route("**/chat", LosesTheFirst())
    chat.ask(ANSWERED)
    assert len(sent) == 2
    assert sent[0]["message_id"] == sent[1]["message_id"]
    expect(chat.page.locator(".me")).to_have_count(2)
    assert [turn["message"] for turn in chat.on_server()] == ["Hello", ANSWERED]


def test_a_lost_answer_to_the_very_first_message_is_recovered(chat: Chat) -> None:
    chat.page.route("**/chat", LosesTheFirst())
    chat.ask(ANSWERED)
    expect(chat.replies.locator(".tools")).to_have_count(1)
    assert [turn["message"] for turn in chat.on_server()] == [ANSWERED]


def test_waiting_is_shown_and_a_long_wait_gives_the_phone_number(chat: Chat) -> None:
    held: list[Route] = []
    chat.page.route("**/chat", lambda route: held.append(route))
    chat.ask(ANSWERED, wait=False)
    chat.sees("thinking")
    chat.sees("slow", phone="0300 30 30 333")
    chat.hears("0300 30 30 333")
    held[0].continue_()
    expect(chat.replies.last.locator("blockquote").first).to_be_visible()
    expect(chat.page.locator(".thinking")).to_have_count(0)


def test_a_second_question_waits_for_the_answer_to_the_first(chat: Chat) -> None:
    held: list[Route] = []
    chat.page.route("**/chat", lambda route: held.append(route))
    chat.ask(ANSWERED, wait=False)
    chat.input.fill("And another")
    chat.input.press("Enter")
    expect(chat.page.locator("#problem")).to_have_text(chat.words["one_at_a_time"])
    assert chat.input.input_value() == "And another"
    held[0].continue_()
    expect(chat.replies.last.locator("blockquote").first).to_be_visible()
    assert chat.input.input_value() == "And another"


def test_a_dead_server_is_said_with_the_phone_number_and_the_message_is_kept(chat: Chat) -> None:
    sent = sent_to_chat(chat.page)
    chat.page.route("**/chat", lambda route: route.abort("connectionrefused"))
    chat.ask(ANSWERED)
    expect(chat.replies.locator("a[href='tel:03003030333']")).to_be_visible()
    chat.hears("0300 30 30 333")
    assert len(sent) == 2  # tried again once, not for ever
    chat.page.reload()
    expect(chat.page.locator(".me")).to_contain_text(ANSWERED)
    chat.page.unroute("**/chat")
    chat.press("try_again")
    expect(chat.replies.last.locator("blockquote").first).to_be_visible()
    assert [turn["message"] for turn in chat.on_server()] == [ANSWERED]


def test_a_message_without_an_answer_can_be_edited(chat: Chat) -> None:
    chat.page.route("**/chat", lambda route: route.abort())
    chat.ask(ANSWERED)
    chat.press("edit_message")
    expect(chat.input).to_have_value(ANSWERED)
    expect(chat.turns).to_have_count(0)


def test_the_words_of_a_refusal_are_shown(chat: Chat) -> None:
    refusal = {"error": {"code": "too_many", "message": "Please wait a minute."}, "contact": None}
    chat.page.route("**/chat", lambda route: route.fulfill(status=429, json=refusal))
    chat.ask(ANSWERED)
    expect(chat.replies).to_contain_text("Please wait a minute.")


def test_an_answer_that_is_cut_short_counts_as_lost(chat: Chat) -> None:
    answers = iter(['{"session": "abc", "rep'])

    def cut(route: Route) -> None:
        body = next(answers, None)
        if body is None:
            route.continue_()
        else:
            route.fulfill(content_type="application/json", body=body)

    chat.page.route("**/chat", cut)
    chat.ask(ANSWERED)
    expect(chat.replies.last.locator("blockquote").first).to_be_visible()


def test_a_message_written_offline_is_sent_when_the_connection_is_back(chat: Chat) -> None:
    chat.page.context.set_offline(True)
    turn = chat.ask(ANSWERED, wait=False)
    chat.sees("offline")
    chat.page.context.set_offline(False)
    expect(turn.locator("blockquote").first).to_be_visible()
    assert [one["message"] for one in chat.on_server()] == [ANSWERED]


def test_a_session_that_the_server_no_longer_knows_is_replaced(chat: Chat) -> None:
    chat.ask("Hello")
    chat.keep(session="not-a-session-of-this-server")
    chat.ask(ANSWERED)
    expect(chat.replies.last.locator("blockquote").first).to_be_visible()
    expect(chat.page.locator(".me")).to_have_count(2)
    assert chat.kept()["session"] != "not-a-session-of-this-server"


def test_a_server_that_is_starting_again_is_asked_once_more(chat: Chat) -> None:
    busy = {"error": {"code": "unavailable", "message": "Starting."}, "contact": None}
    answers = iter([busy])

    def start(route: Route) -> None:
        body = next(answers, None)
        if body is None:
            route.continue_()
        else:
            route.fulfill(status=503, json=body)

    chat.page.route("**/chat", start)
    chat.ask(ANSWERED)
    expect(chat.replies.last.locator("blockquote").first).to_be_visible()


def test_a_check_that_does_not_answer_does_not_hold_the_message(chat: Chat) -> None:
    chat.page.route("**/check", lambda route: route.abort())
    chat.ask(ANSWERED)
    expect(chat.replies.last.locator("blockquote").first).to_be_visible()

"""A website that puts a new body in the page instead of loading it (Turbo) keeps its chat."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.product import Running
from tests.web.chromium import PHONE
from tests.web.member.browser.member import ANSWERED, Chat

pytestmark = [pytest.mark.servers, pytest.mark.browser]

NEXT = """const next = document.createElement("body");
    next.append(Object.assign(document.createElement("h1"), {textContent: "Next page"}));"""
WAYS = {
    "assigned": NEXT + "document.body = next;",
    "replaced": NEXT + "document.body.replaceWith(next);",
    "later": NEXT + "document.body.remove();"
    "setTimeout(() => document.documentElement.append(next), 100);",
    "emptied": NEXT + "document.body.replaceChildren(...next.childNodes);",
    "morphed": NEXT + "document.body.prepend(...next.childNodes);"
    "for (let at = document.body.children[1]; at;)"
    "{ const gone = at; at = at.nextSibling; gone.remove(); }",
    "restored": NEXT + "next.append(...document.body.cloneNode(true).childNodes);"
    "document.body = next;",
}


def go(page: Page, way: str) -> None:
    """Go to the next page as such websites do."""
    page.evaluate(f"() => {{ {WAYS[way]} }}")
    expect(page.get_by_role("heading", name="Next page")).to_be_visible()


@pytest.mark.parametrize("way", WAYS)
def test_the_conversation_goes_on_in_a_page_with_a_new_body(chat: Chat, way: str) -> None:
    chat.ask(ANSWERED)
    conversation = chat.conversation()
    chat.input.fill("I was going to ask")
    go(chat.page, way)
    expect(chat.page.locator("advice-chat")).to_have_count(1)
    expect(chat.panel).to_be_visible()
    expect(chat.input).to_have_value("I was going to ask")
    expect(chat.turns).to_have_count(1)
    chat.ask("Is it against the law?")
    assert chat.conversation() == conversation


def test_a_closed_chat_stays_closed_in_a_page_with_a_new_body(chat: Chat) -> None:
    chat.press("close")
    go(chat.page, "assigned")
    expect(chat.launcher).to_be_visible()
    expect(chat.panel).to_be_hidden()
    chat.open()


def test_on_a_phone_the_new_page_is_out_of_reach_too(embedded: Callable[..., Chat]) -> None:
    chat = embedded(viewport=PHONE).open()
    chat.page.evaluate(f"() => {{ {WAYS['replaced']} }}")
    expect(chat.panel).to_be_visible()
    chat.page.wait_for_function(
        "document.querySelector('advice-chat').shadowRoot.querySelector('.panel:modal')"
    )
    chat.press("close")
    expect(chat.page.get_by_role("heading", name="Next page")).to_be_visible()


def test_a_message_on_its_way_is_answered_in_the_new_page(chat: Chat) -> None:
    chat.ask(ANSWERED, wait=False)
    go(chat.page, "assigned")
    expect(chat.replies.locator(".tools")).to_have_count(1)


def test_the_script_run_again_by_the_new_page_makes_no_second_chat(chat: Chat) -> None:
    chat.ask(ANSWERED)
    go(chat.page, "assigned")
    chat.page.evaluate(
        """url => new Promise(done => document.body.append(Object.assign(
            document.createElement("script"), {src: url, onload: done})))""",
        f"{chat.url}/widget.js",
    )
    chat.page.wait_for_timeout(300)
    expect(chat.page.locator("advice-chat")).to_have_count(1)
    expect(chat.turns).to_have_count(1)


def test_the_full_page_is_filled_again_in_a_new_body(
    running: Running, new_context: Callable[..., BrowserContext], words: dict[str, str]
) -> None:
    page = new_context().new_page()
    page.goto(running.url)
    chat = Chat(page, running.url, words)
    chat.ask(ANSWERED)
    page.evaluate(
        """async () => {
            const text = await (await fetch("/")).text();
            document.body = new DOMParser().parseFromString(text, "text/html").body;
        }"""
    )
    expect(page.locator("#message")).to_have_count(0)
    expect(chat.turns).to_have_count(1)

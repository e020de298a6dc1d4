"""The product is stopped and started again under a conversation."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.product import free_ports, started
from tests.web.member.browser.member import ANSWERED, Chat

pytestmark = [pytest.mark.servers, pytest.mark.browser]


def test_a_conversation_goes_on_after_both_processes_were_started_again(
    own_home: Path,
    words: dict[str, str],
    new_context: Callable[..., BrowserContext],
) -> None:
    (port,) = free_ports(1)
    with started(own_home, {}, port) as product:
        page = new_context().new_page()
        page.goto(product.url)
        chat = Chat(page, product.url, words)
        chat.ask(ANSWERED)
        conversation = chat.conversation()

    chat.ask("Is it against the law?", wait=False)
    expect(page.locator("a[href^='tel:']").first).to_be_visible()

    with started(own_home, {}, port):
        page.reload()
        expect(chat.turns.first).to_contain_text(ANSWERED)
        chat.press("try_again")
        expect(chat.turns.nth(1).locator(".bot blockquote").first).to_be_visible()
        assert chat.conversation() == conversation
        heard = [turn["message"] for turn in chat.on_server()]
        assert heard == [ANSWERED, "Is it against the law?"]

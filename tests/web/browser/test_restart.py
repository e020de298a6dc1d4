"""The product is stopped and started again under a conversation."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from knowledge.service import Service
from knowledge.settings import Settings
from tests.product import free_ports, started
from tests.web.browser.member import ANSWERED, Chat

pytestmark = [pytest.mark.servers, pytest.mark.browser]


def test_a_conversation_goes_on_after_both_processes_were_started_again(
    tmp_path: Path,
    home: Path,
    service: Service,
    words: dict[str, str],
    new_context: Callable[..., BrowserContext],
) -> None:
    data = Settings(home=tmp_path / "home")
    shutil.copytree(home, data.home, ignore=shutil.ignore_patterns("conversations.db*", "*.log"))
    (port,) = free_ports(1)
    with started(data.home, {}, port) as product:
        page = new_context().new_page()
        page.goto(product.url)
        chat = Chat(page, product.url, words)
        chat.ask(ANSWERED)
        conversation = chat.conversation()

    chat.ask("Is it against the law?", wait=False)
    expect(page.locator("a[href^='tel:']").first).to_be_visible()

    with started(data.home, {}, port):
        page.reload()
        expect(chat.turns.first).to_contain_text(ANSWERED)
        chat.press("try_again")
        expect(chat.turns.nth(1).locator(".bot blockquote").first).to_be_visible()
        assert chat.conversation() == conversation
        heard = [turn["message"] for turn in chat.on_server()]
        assert heard == [ANSWERED, "Is it against the law?"]

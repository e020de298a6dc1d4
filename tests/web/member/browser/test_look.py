"""Screenshots of a whole visit, for people to look at: test-output/*.png."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.product import Running
from tests.web.chromium import DESKTOP, PHONE
from tests.web.member.browser.member import ANSWERED, HANDED_OVER, URGENT, Chat

pytestmark = [pytest.mark.servers, pytest.mark.browser]

SIZES: dict[str, dict[str, Any]] = {"phone": PHONE, "desktop": DESKTOP}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_a_whole_visit_works(
    embedded: Callable[..., Chat], output: Path, size: str, scheme: str
) -> None:
    chat = embedded(viewport=SIZES[size], color_scheme=scheme)
    shots = []

    def shot(name: str) -> None:
        path = output / f"{size}-{scheme}-{len(shots)}-{name}.png"
        chat.page.screenshot(path=path, animations="disabled")
        shots.append(path)

    expect(chat.launcher).to_be_visible()
    shot("closed")
    chat.open()
    shot("open")
    turn = chat.ask(ANSWERED)
    shot("answer")
    chat.press("read_in_context", turn)
    expect(chat.sheet).to_be_visible()
    shot("context")
    chat.page.keyboard.press("Escape")
    chat.ask("When were the interim SEND visits?")
    shot("notice")
    chat.ask(URGENT)
    shot("urgent")
    chat.press("call_back", chat.ask(HANDED_OVER))
    expect(chat.sheet).to_be_visible()
    shot("call-back")
    assert all(path.stat().st_size > 5_000 for path in shots)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_pages_are_shown(
    running: Running,
    new_context: Callable[..., BrowserContext],
    words: dict[str, str],
    output: Path,
    size: str,
    scheme: str,
) -> None:
    look = {"viewport": SIZES[size], "color_scheme": scheme}
    page = new_context(**look).new_page()
    page.goto(running.url)
    Chat(page, running.url, words).ask(ANSWERED)
    page.screenshot(path=output / f"{size}-{scheme}-page.png")
    page.goto(f"{running.url}/guidance/off-rolling-meaning")
    page.screenshot(path=output / f"{size}-{scheme}-document.png", full_page=True)
    plain = new_context(**look, java_script_enabled=False).new_page()
    plain.goto(running.url)
    plain.screenshot(path=output / f"{size}-{scheme}-plain.png", full_page=True)
    expect(plain.locator("#message")).to_be_visible()
